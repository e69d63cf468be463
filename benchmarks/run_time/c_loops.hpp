// SPDX-License-Identifier: BSL-1.0
/// \file Hand-written loops in the manner of C, with sizes that the compiler knows. Built twice: as the language says,
/// and with -ffast-math (CTNN_BENCH_FAST), which lets a compiler add in any order and take vector functions of libmvec.
///
/// rows:     W[outputs][inputs], a dot product for each output, as one writes it down
/// columns:  W[inputs][outputs], so that the inner loop runs over outputs and vectorises without reordering a sum
#pragma once
#include "contestants.hpp"

#include <cmath>
#include <cstddef>
#include <type_traits>
#include <utility>

#ifdef CTNN_BENCH_FAST
#define CTNN_BENCH_NAME(STORAGE) "C, " STORAGE ", -ffast-math"
#else
#define CTNN_BENCH_NAME(STORAGE) "C, " STORAGE
#endif

namespace bench {
namespace {

template <std::size_t Out, activation F> void activate(float* y) {
  if constexpr (F == activation::relu)
    for (std::size_t o = 0; o < Out; ++o) y[o] = y[o] > 0 ? y[o] : 0;
  if constexpr (F == activation::logistic)
    for (std::size_t o = 0; o < Out; ++o) y[o] = 1 / (1 + expf(-y[o]));
  if constexpr (F == activation::tanh)
    for (std::size_t o = 0; o < Out; ++o) y[o] = tanhf(y[o]);
  if constexpr (F == activation::softmax) {
    float most = y[0], sum = 0;
    for (std::size_t o = 1; o < Out; ++o) most = y[o] > most ? y[o] : most;
    for (std::size_t o = 0; o < Out; ++o) y[o] = expf(y[o] - most);
    for (std::size_t o = 0; o < Out; ++o) sum += y[o];
    for (std::size_t o = 0; o < Out; ++o) y[o] /= sum;
  }
}

struct rows {
  static constexpr char const* name = CTNN_BENCH_NAME("rows");
  template <std::size_t In, std::size_t> static constexpr std::size_t at(std::size_t o, std::size_t i) {
    return o * In + i;
  }
  template <std::size_t In, std::size_t Out>
  static void affine(float const* __restrict w, float const* __restrict b, float const* __restrict x,
                     float* __restrict y) {
    for (std::size_t o = 0; o < Out; ++o) {
      float sum = b[o];
      for (std::size_t i = 0; i < In; ++i) sum += w[o * In + i] * x[i];
      y[o] = sum;
    }
  }
  template <std::size_t In, std::size_t Out>
  static void transposed(float const* __restrict w, float const* __restrict d, float* __restrict dx) {
    for (std::size_t i = 0; i < In; ++i) dx[i] = 0;
    for (std::size_t o = 0; o < Out; ++o)
      for (std::size_t i = 0; i < In; ++i) dx[i] += w[o * In + i] * d[o];
  }
  template <std::size_t In, std::size_t Out>
  static void add_outer(float scale, float const* __restrict d, float const* __restrict x, float* __restrict w) {
    for (std::size_t o = 0; o < Out; ++o) {
      float const factor = scale * d[o];
      for (std::size_t i = 0; i < In; ++i) w[o * In + i] += factor * x[i];
    }
  }
};

struct columns {
  static constexpr char const* name = CTNN_BENCH_NAME("columns");
  template <std::size_t, std::size_t Out> static constexpr std::size_t at(std::size_t o, std::size_t i) {
    return i * Out + o;
  }
  template <std::size_t In, std::size_t Out>
  static void affine(float const* __restrict w, float const* __restrict b, float const* __restrict x,
                     float* __restrict y) {
    for (std::size_t o = 0; o < Out; ++o) y[o] = b[o];
    for (std::size_t i = 0; i < In; ++i)
      for (std::size_t o = 0; o < Out; ++o) y[o] += w[i * Out + o] * x[i];
  }
  template <std::size_t In, std::size_t Out>
  static void transposed(float const* __restrict w, float const* __restrict d, float* __restrict dx) {
    for (std::size_t i = 0; i < In; ++i) {
      float sum = 0;
      for (std::size_t o = 0; o < Out; ++o) sum += w[i * Out + o] * d[o];
      dx[i] = sum;
    }
  }
  template <std::size_t In, std::size_t Out>
  static void add_outer(float scale, float const* __restrict d, float const* __restrict x, float* __restrict w) {
    for (std::size_t i = 0; i < In; ++i) {
      float const factor = scale * x[i];
      for (std::size_t o = 0; o < Out; ++o) w[i * Out + o] += factor * d[o];
    }
  }
};

template <class Spec, class Storage> struct model {
  static inline float parameters[Spec::parameters];
  static inline float gradient[Spec::parameters];
  static inline float trace[Spec::depth + 1][Spec::widest];

  template <class F> static void each_layer(F f) {
    [&]<std::size_t... L>(std::index_sequence<L...>) { (f(std::integral_constant<std::size_t, L>{}), ...); }
    (std::make_index_sequence<Spec::depth>{});
  }

  /// Converts between the storage of a problem and this one, for one layer.
  template <std::size_t L, class F> static void each_weight(F f) {
    constexpr auto l = Spec::layers[L];
    for (std::size_t o = 0; o < l.outputs; ++o)
      for (std::size_t i = 0; i < l.inputs; ++i)
        f(l.weights_at + o * l.inputs + i, l.weights_at + Storage::template at<l.inputs, l.outputs>(o, i));
    for (std::size_t o = 0; o < l.outputs; ++o) f(l.biases_at + o, l.biases_at + o);
  }
  static void prepare(problem const& p) {
    each_layer([&](auto l) {
      each_weight<l()>([&](std::size_t theirs, std::size_t at) { parameters[at] = p.parameters[theirs]; });
    });
  }
  static void read(float* result) {
    each_layer([&](auto l) {
      each_weight<l()>([&](std::size_t theirs, std::size_t at) { result[theirs] = parameters[at]; });
    });
  }

  template <std::size_t L> static void forward(float const* x, float* y) {
    constexpr auto l = Spec::layers[L];
    Storage::template affine<l.inputs, l.outputs>(parameters + l.weights_at, parameters + l.biases_at, x, y);
    activate<l.outputs, l.f>(y);
  }
  static void infer(float const* x, float* y) {
    float hidden[2][Spec::widest];
    each_layer(
        [&](auto l) { forward<l()>(l == 0 ? x : hidden[(l + 1) % 2], l + 1 == Spec::depth ? y : hidden[l % 2]); });
  }
  static void infer_chained(problem const& p, long repeats) {
    float x[Spec::inputs], y[Spec::outputs]{};
    for (std::size_t i = 0; i < Spec::inputs; ++i) x[i] = p.inputs[i];
    for (long r = 0; r < repeats; ++r) {
      infer(x, y);
      for (std::size_t i = 0; i < Spec::inputs; ++i) x[i] = y[i];
    }
    for (std::size_t i = 0; i < Spec::outputs; ++i) p.outputs[i] = y[i];
  }

  /// target += scale times the gradient of one sample.
  static void add_gradient(float scale, float const* x, float const* t, float* target) {
    each_layer([&](auto l) { forward<l()>(l == 0 ? x : trace[l], trace[l + 1]); });
    float delta[2][Spec::widest];
    float const* y = trace[Spec::depth];
    for (std::size_t o = 0; o < Spec::outputs; ++o) delta[(Spec::depth - 1) % 2][o] = y[o] - t[o];
    each_layer([&](auto up) {
      constexpr std::size_t L = Spec::depth - 1 - up;
      constexpr auto l = Spec::layers[L];
      float* const d = delta[L % 2];
      float const* const out = trace[L + 1];
      if constexpr (l.f == activation::logistic)
        for (std::size_t o = 0; o < l.outputs; ++o) d[o] *= out[o] * (1 - out[o]);
      if constexpr (l.f == activation::relu)
        for (std::size_t o = 0; o < l.outputs; ++o) d[o] = out[o] > 0 ? d[o] : 0;
      if constexpr (L != 0)
        Storage::template transposed<l.inputs, l.outputs>(parameters + l.weights_at, d, delta[(L + 1) % 2]);
      Storage::template add_outer<l.inputs, l.outputs>(scale, d, L == 0 ? x : trace[L], target + l.weights_at);
      for (std::size_t o = 0; o < l.outputs; ++o) target[l.biases_at + o] += scale * d[o];
    });
  }
  static void step(float const* x, float const* t) { add_gradient(-learning_rate, x, t, parameters); }
  static void batch_step(float const* x, float const* t) { learn(batch_size, x, t); }
  static void learn(std::size_t count, float const* x, float const* t) {
    for (std::size_t i = 0; i < Spec::parameters; ++i) gradient[i] = 0;
    for (std::size_t s = 0; s < count; ++s) add_gradient(1, x + s * Spec::inputs, t + s * Spec::outputs, gradient);
    float const rate = learning_rate / static_cast<float>(count);
    for (std::size_t i = 0; i < Spec::parameters; ++i) parameters[i] -= rate * gradient[i];
  }
};

}  // namespace
}  // namespace bench
