// SPDX-License-Identifier: BSL-1.0
/// \file Mazur's tutorial up to the first update, proved by the compiler.
#include "mazur.hpp"

namespace {
using namespace tutorials;
static_assert(mazur::figures(proof{}, mazur::initial, mazur::samples[0], mazur::rate));
}  // namespace
