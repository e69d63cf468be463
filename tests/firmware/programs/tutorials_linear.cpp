// SPDX-License-Identifier: BSL-1.0
// The linear tutorials on the device.
#include "tutorials.hpp"

int main() { return tutorials::run_all<tutorials::hmkcode, tutorials::assignment>(); }
