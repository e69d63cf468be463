// SPDX-License-Identifier: BSL-1.0
// IN-FLASH: weights
// EXPECT: no variable is called weights
int main() {}
