// SPDX-License-Identifier: BSL-1.0
/// \file Mazur's tutorial with biases that learn, proved by the compiler.
#include "mazur.hpp"

namespace {
using namespace tutorials::mazur;

constexpr auto after_1 = ctnn::train<initial_with_trained_biases, samples, rate>;
constexpr auto after_10000 = ctnn::train<initial_with_trained_biases, samples, rate, ctnn::epochs{10'000}>;
static_assert(figures_of_trained_biases(tutorials::proof{}, samples[0], after_1, after_10000));
}  // namespace
