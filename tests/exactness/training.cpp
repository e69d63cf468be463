// SPDX-License-Identifier: BSL-1.0
/// \file 200 steps of each optimizer.
#include <ctnn.hpp>

#include "hash.hpp"
#include "workload.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace exactness {
namespace {

constexpr int steps = 200;

/// Steps from single samples for the most part, and every fifth from a batch of three.
template <class T, auto Optimizer, auto Schedule = ctnn::constant_rate{},
          ctnn::update_order Order = ctnn::update_order::original_weights>
std::uint64_t training() {
  using net_type = ctnn::network<T, ctnn::input<6>, ctnn::dense<17, ctnn::tanh>,
                                 ctnn::dense<9, ctnn::gelu, ctnn::bias::frozen>, ctnn::dense<3, ctnn::softmax>>;
  using optimizer = std::remove_const_t<decltype(Optimizer)>;
  using schedule = std::remove_const_t<decltype(Schedule)>;
  ctnn::trainer<net_type, ctnn::cross_entropy, optimizer, schedule, Order> trainer{
      ctnn::initialize<net_type>(ctnn::glorot{.seed = 3}), Optimizer, Schedule};

  std::array<ctnn::sample<net_type>, 12> samples{};
  ctnn::math::rng random{11};
  for (std::size_t i = 0; i < samples.size(); ++i) {
    for (T& x : samples[i].input) x = T(2) * random.uniform<T>() - T(1);
    samples[i].target[i % 3] = T(1);
  }
  hash h;
  for (int step = 0; step < steps; ++step) {
    auto const& one = samples[static_cast<std::size_t>(step) % samples.size()];
    auto const state = Order == ctnn::update_order::original_weights && step % 5 == 4
                           ? trainer.step({samples.data() + step % 10, 3})
                           : trainer.step(one.input, one.target);
    h.add(std::uint64_t{static_cast<unsigned char>(state)});
    h.add(trainer.loss());
    if (step % 20 == 19) h.add(trainer.network().parameters);
  }
  return h.value();
}

constexpr ctnn::sgd plain{.learning_rate = .1, .weight_decay = 1e-3};
constexpr ctnn::sgd_momentum momentum{.learning_rate = .05, .momentum = .8};
constexpr ctnn::sgd_momentum nesterov{.learning_rate = .05, .momentum = .8, .nesterov = true, .weight_decay = 1e-3};
constexpr ctnn::rmsprop rms{};
constexpr ctnn::adam adam{.learning_rate = .01};
constexpr ctnn::adamw adamw{.learning_rate = .01};
constexpr ctnn::clipped<ctnn::adam> clipped_adam{.optimizer = {.learning_rate = .01}, .max_norm = .2};
constexpr ctnn::clipped<ctnn::sgd> clipped_sgd{.optimizer = {.learning_rate = .5}, .max_norm = .2};
constexpr ctnn::cosine cosine{.steps = 180, .last = .05};
constexpr ctnn::step_decay decay{.every = 30, .decay = .7};
constexpr ctnn::warm_up<ctnn::cosine> warm_up{.steps = 25, .after = {.steps = 150, .last = .1}};

constexpr part parts[] = {
    {"sgd, float", training<float, plain>},
    {"sgd, double", training<double, plain>},
    {"sgd with updated weights, float",
     training<float, plain, ctnn::constant_rate{}, ctnn::update_order::updated_weights>},
    {"sgd_momentum, float", training<float, momentum>},
    {"sgd_momentum, double", training<double, momentum>},
    {"nesterov, float", training<float, nesterov>},
    {"nesterov, double", training<double, nesterov>},
    {"rmsprop, float", training<float, rms>},
    {"rmsprop, double", training<double, rms>},
    {"adam, float", training<float, adam>},
    {"adam, double", training<double, adam>},
    {"adamw with warm-up, float", training<float, adamw, warm_up>},
    {"adamw with cosine, double", training<double, adamw, cosine>},
    {"clipped adam, float", training<float, clipped_adam>},
    {"clipped adam, double", training<double, clipped_adam>},
    {"clipped sgd with step decay, float", training<float, clipped_sgd, decay>},
    {"clipped sgd with step decay, double", training<double, clipped_sgd, decay>},
};

}  // namespace

part_list training_parts() { return {parts, sizeof parts / sizeof *parts}; }

}  // namespace exactness
