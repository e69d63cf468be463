// SPDX-License-Identifier: BSL-1.0
/// \file Mazur's example (2-2-2, logistic, one bias a layer that is kept), written by hand on raw arrays: what
/// somebody would write who needs this one network and knows what compilers are slow at.
#pragma once
#include <ctnn/math/logistic.hpp>

namespace by_hand {

struct weights {
  double hidden[4];
  double output[4];
};

constexpr weights initial{{.15, .20, .25, .30}, {.40, .45, .50, .55}};

/// Some rounds of gradient descent; hidden errors from the original output weights.
constexpr weights train(weights const& before, int rounds) {
  constexpr double x[2]{.05, .10}, target[2]{.01, .99}, hidden_bias = .35, output_bias = .60, rate = .5;
  double v[4], w[4], h[2], out[2], output_delta[2], hidden_delta[2];
  for (int i = 0; i < 4; ++i) {
    v[i] = before.hidden[i];
    w[i] = before.output[i];
  }
  for (int round = 0; round < rounds; ++round) {
    for (int j = 0; j < 2; ++j) h[j] = ctnn::math::logistic(hidden_bias + v[2 * j] * x[0] + v[2 * j + 1] * x[1]);
    for (int o = 0; o < 2; ++o) {
      out[o] = ctnn::math::logistic(output_bias + w[2 * o] * h[0] + w[2 * o + 1] * h[1]);
      output_delta[o] = (out[o] - target[o]) * (out[o] * (1 - out[o]));
    }
    for (int j = 0; j < 2; ++j)
      hidden_delta[j] = (w[j] * output_delta[0] + w[2 + j] * output_delta[1]) * (h[j] * (1 - h[j]));
    for (int o = 0; o < 2; ++o)
      for (int j = 0; j < 2; ++j) w[2 * o + j] -= rate * (output_delta[o] * h[j]);
    for (int j = 0; j < 2; ++j)
      for (int i = 0; i < 2; ++i) v[2 * j + i] -= rate * (hidden_delta[j] * x[i]);
  }
  weights after{};
  for (int i = 0; i < 4; ++i) {
    after.hidden[i] = v[i];
    after.output[i] = w[i];
  }
  return after;
}

// In five parts, each below the compilers' limits.
constexpr weights after_2000 = train(initial, 2000);
constexpr weights after_4000 = train(after_2000, 2000);
constexpr weights after_6000 = train(after_4000, 2000);
constexpr weights after_8000 = train(after_6000, 2000);
constexpr weights trained = train(after_8000, 2000);

}  // namespace by_hand
