// SPDX-License-Identifier: BSL-1.0
// FLAGS: -frtti
// EXPECT: run-time type information
#include "device.hpp"

struct animal {
  virtual int legs() const { return 4; }
};
struct bird : animal {
  int legs() const override { return 2; }
};

int main() {
  bird const b;
  return static_cast<animal const&>(device::opaque(b)).legs();
}
