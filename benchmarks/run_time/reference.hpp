// SPDX-License-Identifier: BSL-1.0
/// \file The measured networks computed in double, in the plainest way. What contestants are checked against.
#pragma once
#include "contestants.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace bench {

/// A network as the driver knows it: at run time.
struct description {
  std::string name;
  std::size_t inputs, outputs;
  std::vector<layer_shape> layers;
  std::vector<float> weights;
};

template <class Spec> description describe() {
  auto const w = weights<Spec>();
  return {Spec::name, Spec::inputs, Spec::outputs, {Spec::layers.begin(), Spec::layers.end()}, {w.begin(), w.end()}};
}

class reference {
public:
  explicit reference(description const& of) : net_{of}, parameters_(of.weights.begin(), of.weights.end()) {}

  std::vector<double> infer(std::vector<double> x) {
    trace_.assign(1, x);
    for (auto const& l : net_.layers) {
      std::vector<double> y(l.outputs);
      for (std::size_t o = 0; o < l.outputs; ++o) {
        y[o] = parameters_[l.biases_at + o];
        for (std::size_t i = 0; i < l.inputs; ++i) y[o] += parameters_[l.weights_at + o * l.inputs + i] * x[i];
      }
      activate(l.f, y);
      trace_.push_back(y);
      x = y;
    }
    return x;
  }

  /// One step of stochastic gradient descent with the mean gradient of so many samples.
  void step(float const* inputs, float const* targets, std::size_t count) {
    std::vector<double> gradient(parameters_.size());
    for (std::size_t s = 0; s < count; ++s) {
      float const* const x = inputs + s * net_.inputs;
      auto d = infer({x, x + net_.inputs});
      for (std::size_t o = 0; o < net_.outputs; ++o) d[o] -= static_cast<double>(targets[s * net_.outputs + o]);
      for (std::size_t k = net_.layers.size(); k-- != 0;) d = propagate(k, d, gradient);
    }
    for (std::size_t i = 0; i < gradient.size(); ++i)
      parameters_[i] -= static_cast<double>(learning_rate) / static_cast<double>(count) * gradient[i];
  }

  [[nodiscard]] std::vector<double> const& parameters() const { return parameters_; }

private:
  static void activate(activation f, std::vector<double>& y) {
    double const most = *std::max_element(y.begin(), y.end());
    double sum = 0;
    for (double& v : y) {
      if (f == activation::relu) v = std::max(v, 0.);
      if (f == activation::logistic) v = 1 / (1 + std::exp(-v));
      if (f == activation::tanh) v = std::tanh(v);
      if (f == activation::softmax) sum += v = std::exp(v - most);
    }
    if (f == activation::softmax)
      for (double& v : y) v /= sum;
  }
  /// Errors of layer k's outputs to those of its inputs.
  std::vector<double> propagate(std::size_t k, std::vector<double> d, std::vector<double>& gradient) const {
    auto const& l = net_.layers[k];
    auto const &x = trace_[k], &y = trace_[k + 1];
    std::vector<double> result(l.inputs);
    for (std::size_t o = 0; o < l.outputs; ++o) {
      if (l.f == activation::logistic) d[o] *= y[o] * (1 - y[o]);
      if (l.f == activation::relu && y[o] <= 0) d[o] = 0;
      for (std::size_t i = 0; i < l.inputs; ++i) {
        result[i] += parameters_[l.weights_at + o * l.inputs + i] * d[o];
        gradient[l.weights_at + o * l.inputs + i] += d[o] * x[i];
      }
      gradient[l.biases_at + o] += d[o];
    }
    return result;
  }

  description const& net_;
  std::vector<double> parameters_;
  std::vector<std::vector<double>> trace_;
};

}  // namespace bench
