// SPDX-License-Identifier: BSL-1.0
/// \file The networks of the page: the tutorials', and further shapes. A network's topology is a type, so this list is
/// all that the page can show.
#pragma once
#include "lesson.hpp"

#include <array>
#include <cstddef>

namespace web {

// --- tutorials -------------------------------------------------------------------------------------------------------

/// hmkcode, "Backpropagation Step by Step" (2018), and "Assignment 2A/2B" (2019).
using linear_net = ctnn::network<double, ctnn::input<2>, ctnn::dense<2, ctnn::linear, ctnn::bias::none>,
                                 ctnn::dense<1, ctnn::linear, ctnn::bias::none>>;
inline constexpr std::array linear_samples{ctnn::sample<linear_net>{{2, 3}, {1}}};
inline constexpr linear_net hmkcode{{.11, .21, .12, .08, .14, .15}};
inline constexpr linear_net assignment{{.19, .41, .23, .14, .32, .78}};
inline constexpr ctnn::sgd linear_rate{.learning_rate = .05};

/// Mazur, "A Step by Step Backpropagation Example" (2015).
template <ctnn::bias Biases>
using mazur_net = ctnn::network<double, ctnn::input<2>, ctnn::dense<2, ctnn::logistic, Biases>,
                                ctnn::dense<2, ctnn::logistic, Biases>>;
using mazur_kept = mazur_net<ctnn::bias::frozen>;
using mazur_trained = mazur_net<ctnn::bias::trained>;
inline constexpr std::array mazur_samples{ctnn::sample<mazur_kept>{{.05, .10}, {.01, .99}}};
inline constexpr mazur_kept mazur{{.15, .20, .25, .30, .35, .35, .40, .45, .50, .55, .60, .60}};
inline constexpr mazur_trained mazur_biases{mazur.parameters};
inline constexpr ctnn::sgd rate{.learning_rate = .5};

/// XOR as Mazur's program learns it.
using xor_net = ctnn::network<double, ctnn::input<2>, ctnn::dense<5, ctnn::logistic>, ctnn::dense<1, ctnn::logistic>>;
inline constexpr std::array xor_samples{ctnn::sample<xor_net>{{0, 0}, {0}}, ctnn::sample<xor_net>{{0, 1}, {1}},
                                        ctnn::sample<xor_net>{{1, 0}, {1}}, ctnn::sample<xor_net>{{1, 1}, {0}}};
inline constexpr auto xor_initial = ctnn::initialize<xor_net>(ctnn::uniform{.low = -1, .high = 1, .seed = 1});

// --- ten thousand rounds, computed by the compiler -------------------------------------------------------------------
using ctnn::update_order;
inline constexpr ctnn::epochs ten_thousand{10'000};
inline constexpr linear_net hmkcode_compiled = ctnn::train<hmkcode, linear_samples, linear_rate, ten_thousand>;
inline constexpr linear_net assignment_compiled = ctnn::train<assignment, linear_samples, linear_rate, ten_thousand>;
inline constexpr mazur_kept mazur_compiled = ctnn::train<mazur, mazur_samples, rate, ten_thousand>;
inline constexpr mazur_kept mazur_updated_compiled =
    ctnn::train<mazur, mazur_samples, rate, ten_thousand, update_order::updated_weights>;
inline constexpr mazur_trained mazur_biases_compiled = ctnn::train<mazur_biases, mazur_samples, rate, ten_thousand>;
inline constexpr xor_net xor_compiled = ctnn::train<xor_initial, xor_samples, rate, draws, ctnn::epochs{2'500}>;

// --- further shapes --------------------------------------------------------------------------------------------------
template <std::size_t Inputs, std::size_t... Neurons>
using logistic_net = ctnn::network<double, ctnn::input<Inputs>, ctnn::dense<Neurons, ctnn::logistic>...>;

// What each sort learns from.
inline constexpr std::array<double, 8> xor_inputs{0, 0, 0, 1, 1, 0, 1, 1};
inline constexpr std::array<double, 4> xor_targets{0, 1, 1, 0};
/// The only 1 of each sample moves along.
template <std::size_t N>
inline constexpr auto one_hot = [] {
  std::array<double, N * N> rows{};
  for (std::size_t i = 0; i < N; ++i) rows[i * N + i] = 1;
  return rows;
}();
inline constexpr std::array<double, 8> some_inputs{.05, .10, .15, .20, .25, .30, .35, .40};
inline constexpr std::array<double, 8> some_targets{.01, .99, .01, .99, .01, .99, .01, .99};

template <class Net> constexpr lesson xor_lesson(char const* key, char const* title) {
  return lesson_of<Net>(key, title, nullptr, nullptr, 4, xor_inputs.data(), xor_targets.data(), .5);
}
template <class Net> constexpr lesson code_lesson(char const* key, char const* title) {
  constexpr auto count = Net::input_count;
  return lesson_of<Net>(key, title, nullptr, nullptr, count, one_hot<count>.data(), one_hot<count>.data(), .5);
}
template <class Net> constexpr lesson free_lesson(char const* key, char const* title) {
  return lesson_of<Net>(key, title, nullptr, nullptr, 1, some_inputs.data(), some_targets.data(), .5);
}

inline constexpr lesson lessons[]{
    lesson_of<linear_net>("hmkcode", "hmkcode: 2-2-1, linear", hmkcode.parameters.data(),
                          hmkcode_compiled.parameters.data(), 1, linear_samples[0].input.data(),
                          linear_samples[0].target.data(), .05),
    lesson_of<linear_net>("assignment", "Assignment 2A/2B: 2-2-1, linear", assignment.parameters.data(),
                          assignment_compiled.parameters.data(), 1, linear_samples[0].input.data(),
                          linear_samples[0].target.data(), .05),
    lesson_of<mazur_kept>("mazur", "Mazur: 2-2-2", mazur.parameters.data(), mazur_compiled.parameters.data(), 1,
                          mazur_samples[0].input.data(), mazur_samples[0].target.data(), .5),
    lesson_of<mazur_kept, update_order::updated_weights>(
        "mazur-updated", "Mazur, errors carried back by updated weights", mazur.parameters.data(),
        mazur_updated_compiled.parameters.data(), 1, mazur_samples[0].input.data(), mazur_samples[0].target.data(), .5),
    lesson_of<mazur_trained>("mazur-biases", "Mazur, biases trained too", mazur.parameters.data(),
                             mazur_biases_compiled.parameters.data(), 1, mazur_samples[0].input.data(),
                             mazur_samples[0].target.data(), .5),
    lesson_of<xor_net>("xor", "XOR: 2-5-1, samples drawn at random", xor_initial.parameters.data(),
                       xor_compiled.parameters.data(), 4, xor_inputs.data(), xor_targets.data(), .5),
    xor_lesson<logistic_net<2, 2, 1>>("2-2-1", "XOR"),
    xor_lesson<logistic_net<2, 8, 1>>("2-8-1", "XOR"),
    xor_lesson<logistic_net<2, 4, 4, 1>>("2-4-4-1", "XOR"),
    xor_lesson<logistic_net<2, 8, 8, 1>>("2-8-8-1", "XOR"),
    xor_lesson<logistic_net<2, 4, 4, 4, 1>>("2-4-4-4-1", "XOR"),
    free_lesson<logistic_net<1, 1>>("1-1", "one sample"),
    free_lesson<logistic_net<3, 4, 2>>("3-4-2", "one sample"),
    free_lesson<logistic_net<8, 8, 8, 8, 8>>("8-8-8-8-8", "one sample"),
    code_lesson<logistic_net<4, 2, 4>>("4-2-4", "4 samples"),
    code_lesson<logistic_net<8, 3, 8>>("8-3-8", "8 samples"),
};
inline constexpr std::size_t lesson_count = sizeof lessons / sizeof *lessons;

}  // namespace web
