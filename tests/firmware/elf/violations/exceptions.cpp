// SPDX-License-Identifier: BSL-1.0
// FLAGS: -fexceptions -frtti
// EXPECT: exceptions
// EXPECT: tables of exceptions
// EXPECT: run-time type information
#include "device.hpp"

int main() {
  try {
    if (device::opaque(1) == 1) throw 1;
  } catch (int) {
    return 1;
  }
}
