// SPDX-License-Identifier: BSL-1.0
/// \file Initial parameters.
#pragma once
#include <ctnn/math/log.hpp>
#include <ctnn/math/rng.hpp>
#include <ctnn/math/sqrt.hpp>
#include <ctnn/model/network.hpp>
#include <ctnn/scalar/scalar.hpp>

#include <cstddef>
#include <cstdint>

namespace ctnn::inline CTNN_ABI {

/// The same value for every weight and bias.
struct constant {
  double value = 0;

  template <scalar T> constexpr T weight(math::rng&, std::size_t, std::size_t) const { return static_cast<T>(value); }
  template <scalar T> constexpr T bias(math::rng&) const { return static_cast<T>(value); }
};

/// Every weight and bias evenly spread over [low, high); high itself may come out where rounding to T makes it so.
struct uniform {
  double low = -1;
  double high = 1;
  std::uint64_t seed = 0;

  template <scalar T> constexpr T weight(math::rng& random, std::size_t, std::size_t) const { return bias<T>(random); }
  template <scalar T> constexpr T bias(math::rng& random) const {
    return static_cast<T>(low) + static_cast<T>(high - low) * random.uniform<T>();
  }
};

/// The shape of a random distribution.
enum class distribution : unsigned char { uniform, normal };

namespace detail {

/// A random number with mean 0 and variance 1.
/// \source  normal: Marsaglia, Bray 1964 (polar method)
template <scalar T> constexpr T standard_random(math::rng& random, distribution shape) {
  if (shape == distribution::uniform) {
    constexpr auto root_of_three = static_cast<T>(1.73205080756887729352744634151);
    return (T(2) * random.uniform<T>() - T(1)) * root_of_three;
  }
  while (true) {
    T const u = T(2) * random.uniform<T>() - T(1), v = T(2) * random.uniform<T>() - T(1);
    T const s = u * u + v * v;
    if (s > T(0) && s < T(1)) return u * math::sqrt(T(-2) * math::log(s) / s);
  }
}

}  // namespace detail

/// Weights of variance 2 / (inputs + outputs), for logistic, tanh and linear layers; biases 0.
/// \source  Glorot, Bengio 2010
struct glorot {
  std::uint64_t seed = 0;
  distribution shape = distribution::uniform;

  template <scalar T> constexpr T weight(math::rng& random, std::size_t inputs, std::size_t outputs) const {
    return math::sqrt(T(2) / static_cast<T>(inputs + outputs)) * detail::standard_random<T>(random, shape);
  }
  template <scalar T> constexpr T bias(math::rng&) const { return T(0); }
};

/// Weights of variance 2 / inputs, for layers of the relu family; biases 0.
/// \source  He, Zhang, Ren, Sun 2015
struct he {
  std::uint64_t seed = 0;
  distribution shape = distribution::uniform;

  template <scalar T> constexpr T weight(math::rng& random, std::size_t inputs, std::size_t) const {
    return math::sqrt(T(2) / static_cast<T>(inputs)) * detail::standard_random<T>(random, shape);
  }
  template <scalar T> constexpr T bias(math::rng&) const { return T(0); }
};

/// A network with initial parameters, drawn in the order in which they are stored:
/// `constexpr auto initial = ctnn::initialize<net>(ctnn::glorot{.seed = 1});`
/// \errors  none
template <class Net, class Initializer>
[[nodiscard]] constexpr Net initialize(Initializer const& initializer) noexcept {
  using T = typename Net::scalar_type;
  math::rng random{[&]() -> std::uint64_t {
    if constexpr (requires { initializer.seed; })
      return initializer.seed;
    else
      return 0;
  }()};
  Net net;
  auto* p = net.parameters.data();
  Net::layers::forward(p, [&](T* next, auto stage) {
    constexpr auto& place = decltype(stage)::place;
    for (std::size_t i = 0; i < place.sizes.weights; ++i)
      *next++ = initializer.template weight<T>(random, place.inputs, place.sizes.outputs);
    for (std::size_t i = 0; i < place.sizes.biases; ++i) *next++ = initializer.template bias<T>(random);
    return next;
  });
  return net;
}

}  // namespace ctnn::inline CTNN_ABI
