// SPDX-License-Identifier: BSL-1.0
// EXPECT: guarded local variables
#include "device.hpp"

int main() {
  static int const at_first_call = device::opaque(1);
  return at_first_call;
}
