// SPDX-License-Identifier: BSL-1.0
// EXPECT: functions of libm
#include "device.hpp"

#include <cmath>

int main() { return std::exp(device::opaque(1.F)) > 2 ? 0 : 1; }
