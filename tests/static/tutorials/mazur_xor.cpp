// SPDX-License-Identifier: BSL-1.0
/// \file XOR, learned by the compiler.
#include "mazur_xor.hpp"

namespace {
using namespace tutorials::mazur_xor;
constexpr auto learned = ctnn::train<initial, samples, rate, draws, ctnn::epochs{rounds}>;
static_assert(figures(tutorials::proof{}, initial, learned, samples));
}  // namespace
