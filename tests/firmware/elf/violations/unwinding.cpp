// SPDX-License-Identifier: BSL-1.0
// FLAGS: -funwind-tables
// EXPECT: tables of exceptions
#include "device.hpp"

[[gnu::noinline]] int twice(int const& x) {
  device::print("unwound\n");
  return x + x;
}

int main() { return twice(device::opaque(2)) + twice(device::opaque(3)); }
