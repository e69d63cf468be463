// SPDX-License-Identifier: BSL-1.0
// EXPECT: constructors before main
#include "device.hpp"

int before_main = device::opaque(1);

int main() { return before_main; }
