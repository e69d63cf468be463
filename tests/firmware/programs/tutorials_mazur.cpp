// SPDX-License-Identifier: BSL-1.0
// Mazur's tutorial on the device, by both of its rules.
#include "tutorials.hpp"

int main() { return tutorials::run_all<tutorials::mazur, tutorials::mazur_program>(); }
