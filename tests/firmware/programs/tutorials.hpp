// SPDX-License-Identifier: BSL-1.0
/// \file The tutorials on the device: forward, one step and 100 rounds give the bits that the compiler got.
#pragma once
#include <ctnn.hpp>

#include "device.hpp"
#include "report.hpp"

#include <array>
#include <cstddef>

namespace tutorials {

using ctnn::bias;
using ctnn::dense;
using ctnn::linear;
using ctnn::logistic;
using ctnn::update_order;
using report::check;
using report::same_bits_in;

/// hmkcode, "Backpropagation Step by Step" (2018).
template <class T> struct hmkcode {
  using network = ctnn::network<T, ctnn::input<2>, dense<2, linear, bias::none>, dense<1, linear, bias::none>>;
  static constexpr network initial{{T(.11), T(.21), T(.12), T(.08), T(.14), T(.15)}};
  static constexpr std::array samples{ctnn::sample<network>{{T(2), T(3)}, {T(1)}}};
  static constexpr ctnn::sgd rate{.learning_rate = .05};
  static constexpr auto order = update_order::original_weights;
  static constexpr ctnn::shuffle draws{};
};

/// "Assignment 2A/2B" (2019).
template <class T> struct assignment : hmkcode<T> {
  static constexpr typename hmkcode<T>::network initial{{T(.19), T(.41), T(.23), T(.14), T(.32), T(.78)}};
};

/// Mazur, "A Step by Step Backpropagation Example" (2015), by the rule of its text.
template <class T> struct mazur {
  using layer = dense<2, logistic, bias::frozen>;
  using network = ctnn::network<T, ctnn::input<2>, layer, layer>;
  static constexpr network initial{
      {T(.15), T(.20), T(.25), T(.30), T(.35), T(.35), T(.40), T(.45), T(.50), T(.55), T(.60), T(.60)}};
  static constexpr std::array samples{ctnn::sample<network>{{T(.05), T(.10)}, {T(.01), T(.99)}}};
  static constexpr ctnn::sgd rate{.learning_rate = .5};
  static constexpr auto order = update_order::original_weights;
  static constexpr ctnn::shuffle draws{};
};

/// The same by the rule of its author's older program.
template <class T> struct mazur_program : mazur<T> { static constexpr auto order = update_order::updated_weights; };

/// XOR, as Mazur's program learns it: 2-5-1, random initial weights, samples drawn at random.
template <class T> struct mazur_xor {
  using network = ctnn::network<T, ctnn::input<2>, dense<5, logistic>, dense<1, logistic>>;
  static constexpr network initial = ctnn::initialize<network>(ctnn::uniform{.low = -1, .high = 1, .seed = 1});
  static constexpr std::array samples{
      ctnn::sample<network>{{T(0), T(0)}, {T(0)}}, ctnn::sample<network>{{T(0), T(1)}, {T(1)}},
      ctnn::sample<network>{{T(1), T(0)}, {T(1)}}, ctnn::sample<network>{{T(1), T(1)}, {T(0)}}};
  static constexpr ctnn::sgd rate{.learning_rate = .5};
  static constexpr auto order = update_order::original_weights;
  static constexpr ctnn::shuffle draws{.seed = 1, .replacement = true};
};

template <class Tutorial> struct by_the_compiler {
  using network = typename Tutorial::network;
  static constexpr auto output = Tutorial::initial(Tutorial::samples[0].input);
  static constexpr auto after_step = [] {
    ctnn::trainer<network, ctnn::half_squared_error, ctnn::sgd, ctnn::constant_rate, Tutorial::order> trainer{
        Tutorial::initial, Tutorial::rate};
    (void)trainer.step(Tutorial::samples[0].input, Tutorial::samples[0].target);
    return trainer.network();
  }();
  static constexpr network after_rounds = ctnn::train<Tutorial::initial, Tutorial::samples, Tutorial::rate,
                                                      ctnn::epochs{100}, Tutorial::draws, Tutorial::order>;
};

template <class Tutorial> [[gnu::noinline]] void run() {
  using network = typename Tutorial::network;
  using expected = by_the_compiler<Tutorial>;
  using trainer_type =
      ctnn::trainer<network, ctnn::half_squared_error, ctnn::sgd, ctnn::constant_rate, Tutorial::order>;

  network const& initial = device::opaque(Tutorial::initial);
  auto const& samples = device::opaque(Tutorial::samples);
  check(same_bits_in(initial(samples[0].input), expected::output), "forward");

  trainer_type trainer{initial, device::opaque(Tutorial::rate)};
  check(trainer.step(samples[0].input, samples[0].target) == ctnn::status::ok, "status of the step");
  check(same_bits_in(trainer.network().parameters, expected::after_step.parameters), "one step");

  trainer.restart(initial);
  auto const fitted = trainer.fit(
      samples, {.epochs = 100, .shuffle_seed = Tutorial::draws.seed, .replacement = Tutorial::draws.replacement});
  check(fitted.state == ctnn::status::ok && fitted.epochs == 100, "status of 100 rounds");
  check(same_bits_in(trainer.network().parameters, expected::after_rounds.parameters), "100 rounds");
}

/// Runs tutorials in float, and in double where it is wider.
template <template <class> class... Tutorial> [[nodiscard]] int run_all() {
  (run<Tutorial<float>>(), ...);
  if constexpr (sizeof(double) != sizeof(float)) (run<Tutorial<double>>(), ...);
  return report::finish();
}

}  // namespace tutorials
