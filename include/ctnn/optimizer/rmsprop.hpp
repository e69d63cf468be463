// SPDX-License-Identifier: BSL-1.0
/// \file Gradient descent scaled by a running mean of squared gradients.
#pragma once
#include <ctnn/math/sqrt.hpp>
#include <ctnn/optimizer/concepts.hpp>
#include <ctnn/scalar/scalar.hpp>

#include <cstddef>

namespace ctnn::inline CTNN_ABI {

/// s <- smoothing s + (1 - smoothing) g'^2, p <- p - learning_rate g' / (sqrt(s) + epsilon),
/// with g' = g + weight_decay p.
/// \source  Tieleman, Hinton 2012; PyTorch RMSprop, which calls the smoothing alpha
struct rmsprop {
  double learning_rate = .01;
  double smoothing = .99;
  double epsilon = 1e-8;
  double weight_decay = 0;

  static constexpr char const* name = "rmsprop";

  [[nodiscard]] constexpr option_error check() const {
    return detail::option_check{}
        .positive("learning_rate", learning_rate)
        .below_one("smoothing", smoothing)
        .positive("epsilon", epsilon)
        .not_negative("weight_decay", weight_decay)
        .result();
  }

  template <scalar T> struct rule {
    static constexpr std::size_t moments = 1;
    T learning_rate, smoothing, novelty, epsilon, weight_decay;
    T rate{};  // of this step

    [[nodiscard]] static constexpr rule from(rmsprop const& o) noexcept {
      return {static_cast<T>(o.learning_rate), static_cast<T>(o.smoothing), static_cast<T>(1 - o.smoothing),
              static_cast<T>(o.epsilon), static_cast<T>(o.weight_decay)};
    }
    constexpr void begin_step(T factor) noexcept { rate = learning_rate * factor; }

    template <class V> constexpr void move(V& p, V g, V& square) const noexcept {
      V const slope = weight_decay == T(0) ? g : g + weight_decay * p;
      square = smoothing * square + novelty * (slope * slope);
      p -= rate * (slope / (math::sqrt(square) + epsilon));
    }
  };
};

}  // namespace ctnn::inline CTNN_ABI
