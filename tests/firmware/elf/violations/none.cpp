// SPDX-License-Identifier: BSL-1.0
// IN-FLASH: weights
// A program that violates nothing, built as the others are.
#include "device.hpp"

constexpr float weights[4] = {1, 2, 3, 4};

int main() { return device::opaque(weights)[2] > 2 ? 0 : 1; }
