// SPDX-License-Identifier: BSL-1.0
// EXPECT: a heap
#include "device.hpp"

int main() {
  int const* volatile p = new int[device::opaque(3U)];
  delete[] p;
}
