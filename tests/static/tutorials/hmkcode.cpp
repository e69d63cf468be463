// SPDX-License-Identifier: BSL-1.0
/// \file hmkcode's tutorial, proved by the compiler.
#include "hmkcode.hpp"

namespace {
using namespace tutorials;
static_assert(hmkcode::figures(proof{}, hmkcode::initial, linear_sample, linear_rate, hmkcode::printed_weights));
}  // namespace
