// SPDX-License-Identifier: BSL-1.0
// EXPECT: stdio
#include "device.hpp"

#include <cstdio>

int main() {
  char text[20];
  return std::snprintf(text, sizeof text, "%d", device::opaque(1));
}
