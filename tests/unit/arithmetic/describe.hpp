// SPDX-License-Identifier: BSL-1.0
/// \file The library's types as the interpreter's descriptions, random networks and samples, and a comparison of bits.
#pragma once
#include <ctnn.hpp>

#include "training.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <support/exact.hpp>

namespace arithmetic_test {

namespace in = interpreter;

template <class A> struct function_of;
template <in::function F> struct plain_function {
  static constexpr in::function f = F;
  static constexpr double option = 0;
};
template <> struct function_of<ctnn::linear> : plain_function<in::function::linear> {};
template <> struct function_of<ctnn::relu> : plain_function<in::function::relu> {};
template <> struct function_of<ctnn::logistic> : plain_function<in::function::logistic> {};
template <> struct function_of<ctnn::tanh> : plain_function<in::function::tanh> {};
template <> struct function_of<ctnn::softplus> : plain_function<in::function::softplus> {};
template <> struct function_of<ctnn::silu> : plain_function<in::function::silu> {};
template <> struct function_of<ctnn::gelu> : plain_function<in::function::gelu> {};
template <> struct function_of<ctnn::softmax> : plain_function<in::function::softmax> {};
template <double Slope> struct function_of<ctnn::leaky_relu_with<Slope>> {
  static constexpr in::function f = in::function::leaky_relu;
  static constexpr double option = Slope;
};
template <double Alpha> struct function_of<ctnn::elu_with<Alpha>> {
  static constexpr in::function f = in::function::elu;
  static constexpr double option = Alpha;
};

template <class L> inline constexpr in::loss_function loss_of{};
template <> inline constexpr in::loss_function loss_of<ctnn::half_squared_error>{in::criterion::half_squared_error, 0};
template <> inline constexpr in::loss_function loss_of<ctnn::mean_squared_error>{in::criterion::mean_squared_error, 0};
template <double D> inline constexpr in::loss_function loss_of<ctnn::huber_with<D>>{in::criterion::huber, D};
template <>
inline constexpr in::loss_function loss_of<ctnn::binary_cross_entropy>{in::criterion::binary_cross_entropy, 0};
template <>
inline constexpr in::loss_function loss_of<ctnn::binary_cross_entropy_with_logits>{
    in::criterion::binary_cross_entropy_with_logits, 0};
template <> inline constexpr in::loss_function loss_of<ctnn::cross_entropy>{in::criterion::cross_entropy, 0};
template <>
inline constexpr in::loss_function loss_of<ctnn::cross_entropy_with_logits>{in::criterion::cross_entropy_with_logits,
                                                                            0};

template <class L> struct layer_of;
template <std::size_t Out, class A, ctnn::bias B> struct layer_of<ctnn::dense<Out, A, B>> {
  static in::layer with(std::size_t inputs) {
    return {
        inputs, Out, function_of<A>::f, function_of<A>::option, B != ctnn::bias::none, true, B == ctnn::bias::trained};
  }
};
template <class L> struct layer_of<ctnn::frozen<L>> {
  static in::layer with(std::size_t inputs) {
    auto l = layer_of<L>::with(inputs);
    l.trains_weights = l.trains_biases = false;
    return l;
  }
};

template <class Net> struct layers_of;
template <class T, std::size_t N, class... L> struct layers_of<ctnn::network<T, ctnn::input<N>, L...>> {
  static std::vector<in::layer> get() {
    std::vector<in::layer> all;
    std::size_t inputs = N;
    ((all.push_back(layer_of<L>::with(inputs)), inputs = all.back().outputs), ...);
    return all;
  }
};

template <class Range> auto listed(Range const& x) {
  return std::vector<std::remove_cvref_t<decltype(x[0])>>(x.begin(), x.end());
}

template <class Net> auto described(Net const& net) {
  return in::network<typename Net::scalar_type>{layers_of<Net>::get(), listed(net.parameters)};
}

/// Random numbers: most in [-2, 2); some zeros of both signs, subnormals and, if wild, numbers whose products overflow.
class source {
public:
  explicit source(std::uint64_t seed) : bits_{seed} {}

  template <class T> T number(bool wild = false) {
    using limits = std::numeric_limits<T>;
    T const plain = T(bits_() >> 11) * T(0x1p-51) - T(2);
    switch (bits_() % (wild ? 12 : 60)) {
      case 0: return T(-0.0);
      case 1: return T(0);
      case 2: return plain * limits::min() / 4;
      case 3: return wild ? plain * (limits::max() / 4) : plain;
      case 4: return wild ? plain * std::sqrt(limits::max()) : plain;
      default: return plain;
    }
  }
  template <class Array> void fill(Array& x, bool wild = false) {
    for (auto& v : x) v = number<std::remove_reference_t<decltype(v)>>(wild);
  }
  /// A target that every loss takes: numbers from 0 to 1.
  template <class Array> void fill_target(Array& x) {
    for (auto& v : x) {
      using T = std::remove_reference_t<decltype(v)>;
      v = bits_() % 4 == 0 ? T(bits_() % 2) : T(bits_() >> 11) * T(0x1p-53);
    }
  }

private:
  std::mt19937_64 bits_;
};

/// Where two numbers, or two rows of them, differ in their bits; any two NaNs are the same. Empty if nowhere.
template <class T> std::string difference(T a, T b) {
  if (std::isnan(a) && std::isnan(b)) return "";
  return ctnn_test::difference(a, b);
}
template <class A, class B>
requires requires(A const& a, B const& b) { a.size() + b.size(); }
std::string difference(A const& library, B const& expected) {
  if (library.size() != expected.size()) return "other sizes";
  for (std::size_t i = 0; i < library.size(); ++i)
    if (auto const d = difference(library[i], expected[i]); !d.empty()) return "[" + std::to_string(i) + "] " + d;
  return "";
}

}  // namespace arithmetic_test
