// SPDX-License-Identifier: BSL-1.0
// EXPECT: assertions or abort
#include "device.hpp"

#include <cassert>

int main() { assert(device::opaque(1) == 1); }
