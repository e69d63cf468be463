// SPDX-License-Identifier: BSL-1.0
// IN-FLASH: weights
// EXPECT: constants in RAM: weights
#include "device.hpp"

float weights[4] = {1, 2, 3, 4};  // as firmware would have it that forgot constexpr

int main() { return device::opaque(weights)[2] > 2 ? 0 : 1; }
