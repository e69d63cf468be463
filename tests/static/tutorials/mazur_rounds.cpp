// SPDX-License-Identifier: BSL-1.0
/// \file Mazur's tutorial after 1, 9,999 and 10,000 rounds, in both update orders, proved by the compiler.
#include "mazur.hpp"

namespace {
using namespace tutorials::mazur;
using tutorials::proof;

// The last round goes on from the 9,999 before it: a second run of 10,000 would cost seconds.
template <auto Initial, auto... Rule> constexpr auto after_1 = ctnn::train<Initial, samples, rate, Rule...>;
template <auto Initial, auto... Rule>
constexpr auto after_9999 = ctnn::train<Initial, samples, rate, ctnn::epochs{9'999}, Rule...>;
template <auto Initial, auto... Rule>
constexpr auto after_10000 = ctnn::train<after_9999<Initial, Rule...>, samples, rate, Rule...>;

static_assert(figures_of_original_weights(proof{}, samples[0], after_1<initial>, after_9999<initial>,
                                          after_10000<initial>));

constexpr auto updated = ctnn::update_order::updated_weights;
static_assert(figures_of_updated_weights(proof{}, samples[0], after_1<initial, updated>, after_9999<initial, updated>,
                                         after_10000<initial, updated>));
}  // namespace
