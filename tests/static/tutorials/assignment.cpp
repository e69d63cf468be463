// SPDX-License-Identifier: BSL-1.0
/// \file Assignment 2A/2B, proved by the compiler.
#include "assignment.hpp"

namespace {
using namespace tutorials;
static_assert(assignment::figures(proof{}, assignment::initial, linear_sample, linear_rate));
static_assert(assignment::figures_by_hand(proof{}, assignment::initial, linear_sample, linear_rate));
}  // namespace
