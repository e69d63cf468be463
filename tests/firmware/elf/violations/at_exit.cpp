// SPDX-License-Identifier: BSL-1.0
// FLAGS: -fuse-cxa-atexit
// EXPECT: destructors at exit
#include "device.hpp"

struct noisy {
  ~noisy() { device::print("gone\n"); }
} at_exit;

int main() {}
