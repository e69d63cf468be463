// SPDX-License-Identifier: BSL-1.0
/// \file Which options of optimizers and schedules are in range, and which one is named if not.
#include <ctnn.hpp>

#include <limits>
#include <string_view>

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

constexpr std::string_view refused(auto const& options) {
  auto const error = options.check();
  return error ? error.option : "";
}

static_assert(refused(ctnn::sgd{}) == "" && refused(ctnn::sgd_momentum{}) == "" && refused(ctnn::rmsprop{}) == "");
static_assert(refused(ctnn::adam{}) == "" && refused(ctnn::adamw{}) == "" &&
              refused(ctnn::clipped<ctnn::adam>{}) == "");
static_assert(refused(ctnn::sgd{.learning_rate = 0}) == "learning_rate");
static_assert(refused(ctnn::sgd{.learning_rate = not_a_number}) == "learning_rate");
static_assert(refused(ctnn::sgd{.learning_rate = infinity}) == "learning_rate");
static_assert(refused(ctnn::sgd{.weight_decay = -1}) == "weight_decay");
static_assert(refused(ctnn::sgd{.learning_rate = -1, .weight_decay = -1}) == "learning_rate");
static_assert(refused(ctnn::sgd_momentum{.momentum = 0}) == "" &&
              refused(ctnn::sgd_momentum{.momentum = 1}) == "momentum");
static_assert(refused(ctnn::rmsprop{.smoothing = -.1}) == "smoothing" &&
              refused(ctnn::rmsprop{.epsilon = 0}) == "epsilon");
static_assert(refused(ctnn::adam{.beta1 = 1}) == "beta1" && refused(ctnn::adam{.beta2 = not_a_number}) == "beta2");
static_assert(refused(ctnn::adamw{.epsilon = -1}) == "epsilon" &&
              refused(ctnn::adamw{.weight_decay = -1}) == "weight_decay");
static_assert(refused(ctnn::clipped<ctnn::sgd>{.max_norm = 0}) == "max_norm");
static_assert(refused(ctnn::clipped<ctnn::sgd>{.optimizer = {.learning_rate = 0}}) == "learning_rate");

static_assert(refused(ctnn::constant_rate{}) == "" && refused(ctnn::step_decay{}) == "" &&
              refused(ctnn::cosine{}) == "");
static_assert(refused(ctnn::step_decay{.every = 0}) == "every" && refused(ctnn::step_decay{.decay = 0}) == "decay");
static_assert(refused(ctnn::step_decay{.decay = 1.5}) == "decay" && refused(ctnn::step_decay{.decay = 1}) == "");
static_assert(refused(ctnn::cosine{.steps = 0}) == "steps" && refused(ctnn::cosine{.last = 2}) == "last");
static_assert(refused(ctnn::warm_up<>{.steps = 0}) == "steps");
static_assert(refused(ctnn::warm_up<ctnn::cosine>{.after = {.steps = 0}}) == "steps");

static_assert(ctnn::optimizer<ctnn::adam> && ctnn::optimizer<ctnn::clipped<ctnn::adamw>> &&
              !ctnn::optimizer<ctnn::cosine>);
static_assert(ctnn::schedule<ctnn::cosine> && ctnn::schedule<ctnn::warm_up<ctnn::step_decay>> &&
              !ctnn::schedule<ctnn::sgd>);

// How many numbers each remembers for a parameter.
static_assert(ctnn::sgd::rule<float>::moments == 0 && ctnn::sgd_momentum::rule<float>::moments == 1);
static_assert(ctnn::rmsprop::rule<float>::moments == 1 && ctnn::adam::rule<float>::moments == 2);
static_assert(ctnn::clipped<ctnn::adamw>::rule<float>::moments == 2);

}  // namespace
