// SPDX-License-Identifier: BSL-1.0
// XOR as Mazur's program learns it, on the device.
#include "tutorials.hpp"

int main() { return tutorials::run_all<tutorials::mazur_xor>(); }
