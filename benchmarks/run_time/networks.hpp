// SPDX-License-Identifier: BSL-1.0
/// \file The networks that are measured, as types, and their weights. Knows no contestant.
///
/// Parameters are layer by layer: weights[outputs][inputs] row by row, then biases.
#pragma once
#include <array>
#include <cstddef>

namespace bench {

enum class activation { linear, relu, logistic, tanh, softmax };

struct layer {
  std::size_t outputs;
  activation f;
};

/// What a contestant needs to know of a layer.
struct layer_shape {
  std::size_t inputs, outputs;
  activation f;
  std::size_t weights_at, biases_at;
};

/// The loss is half the squared error, or the cross entropy where the last layer is a softmax: the error before the
/// activation is y - t in both cases, times the derivative of the activation if it is a logistic function.
template <std::size_t In, layer... Layers> struct spec {
  static constexpr std::size_t inputs = In, depth = sizeof...(Layers);
  static constexpr std::array<layer_shape, depth> layers = [] {
    std::array<layer, depth> const given{Layers...};
    std::array<layer_shape, depth> result{};
    std::size_t from = In, at = 0;
    for (std::size_t l = 0; l < depth; ++l) {
      auto const out = given[l].outputs;
      result[l] = {from, out, given[l].f, at, at + from * out};
      at += from * out + out;
      from = out;
    }
    return result;
  }();
  static constexpr std::size_t outputs = layers[depth - 1].outputs;
  static constexpr std::size_t parameters = layers[depth - 1].biases_at + outputs;
  static constexpr std::size_t widest = [] {
    std::size_t most = In;
    for (auto const& l : layers) most = most < l.outputs ? l.outputs : most;
    return most;
  }();
};

inline constexpr auto relu = activation::relu;
inline constexpr auto linear = activation::linear;
inline constexpr auto softmax = activation::softmax;

struct tutorial : spec<2, layer{2, activation::logistic}, layer{2, activation::logistic}> {
  static constexpr char const* name = "2-2-2 logistic";
};
struct iris : spec<4, layer{16, activation::tanh}, layer{16, activation::tanh}, layer{3, linear}> {
  static constexpr char const* name = "4-16-16-3 tanh";
};
struct regression : spec<13, layer{64, relu}, layer{64, relu}, layer{4, linear}> {
  static constexpr char const* name = "13-64-64-4 ReLU";
};
struct small_digits : spec<64, layer{32, relu}, layer{10, softmax}> {
  static constexpr char const* name = "64-32-10 softmax";
};
struct digits : spec<784, layer{128, relu}, layer{10, softmax}> {
  static constexpr char const* name = "784-128-10 softmax";
};
struct autoencoder : spec<640, layer{128, relu}, layer{128, relu}, layer{128, relu}, layer{128, relu}, layer{8, relu},
                          layer{128, relu}, layer{128, relu}, layer{128, relu}, layer{128, relu}, layer{640, linear}> {
  static constexpr char const* name = "640-128x4-8-128x4-640 ReLU";
};

template <class...> struct list {};
using inference_networks = list<tutorial, iris, regression, small_digits, digits, autoencoder>;
using training_networks = list<tutorial, regression, digits>;
inline constexpr std::size_t batch_size = 32;
inline constexpr float learning_rate = .01F;

/// Numbers from -1 to 1; the same everywhere.
class uniform {
public:
  explicit constexpr uniform(unsigned seed) : state_{seed * 2654435761U + 1U} {}
  constexpr float operator()() {
    state_ = state_ * 1664525U + 1013904223U;
    return static_cast<float>(static_cast<int>(state_ >> 8U) - 0x800000) * 0x1p-23F;
  }

private:
  unsigned state_;
};

constexpr double square_root(double x) {
  double root = x < 1 ? 1 : x;
  for (int i = 0; i < 40; ++i) root = (root + x / root) / 2;
  return root;
}

/// Weights that keep the size of the numbers from layer to layer (He; LeCun), and small biases.
template <class Spec> constexpr std::array<float, Spec::parameters> weights() {
  std::array<float, Spec::parameters> result{};
  uniform random{42};
  float* at = result.data();
  for (auto const& l : Spec::layers) {
    auto const limit = static_cast<float>(square_root((l.f == relu ? 6. : 3.) / static_cast<double>(l.inputs)));
    for (std::size_t o = 0; o < l.outputs; ++o)
      for (std::size_t i = 0; i < l.inputs; ++i) *at++ = limit * random();
    for (std::size_t o = 0; o < l.outputs; ++o) *at++ = .1F * random();
  }
  return result;
}

}  // namespace bench
