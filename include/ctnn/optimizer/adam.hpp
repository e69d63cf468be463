// SPDX-License-Identifier: BSL-1.0
/// \file Adam, and AdamW, which decays the weights apart from the gradient.
#pragma once
#include <ctnn/math/sqrt.hpp>
#include <ctnn/optimizer/concepts.hpp>
#include <ctnn/scalar/scalar.hpp>

#include <cstddef>

namespace ctnn::inline CTNN_ABI {
namespace detail {

/// The arithmetic of both.
template <scalar T, bool Decoupled> struct adam_rule {
  static constexpr std::size_t moments = 2;

  T learning_rate, beta1, beta2, novelty1, novelty2, epsilon, weight_decay;
  // 1 - beta1^t and 1 - beta2^t for t steps begun. Kept as such, because 1 - beta2 as a difference of floats has lost
  // four of its seven digits.
  T weight1{}, weight2{};
  T rate{}, step_size{}, rescale{};  // of this step

  [[nodiscard]] static constexpr adam_rule from(auto const& o) noexcept {
    return {static_cast<T>(o.learning_rate), static_cast<T>(o.beta1),     static_cast<T>(o.beta2),
            static_cast<T>(1 - o.beta1),     static_cast<T>(1 - o.beta2), static_cast<T>(o.epsilon),
            static_cast<T>(o.weight_decay)};
  }

  constexpr void begin_step(T factor) noexcept {
    rate = learning_rate * factor;
    weight1 = beta1 * weight1 + novelty1;
    weight2 = beta2 * weight2 + novelty2;
    step_size = rate / weight1;
    rescale = math::sqrt(weight2);
  }

  template <class V> constexpr void move(V& p, V g, V& mean, V& square) const noexcept {
    if (weight_decay != T(0)) {
      if constexpr (Decoupled)
        p -= rate * weight_decay * p;
      else
        g += weight_decay * p;
    }
    mean = beta1 * mean + novelty1 * g;
    square = beta2 * square + novelty2 * (g * g);
    p -= step_size * (mean / (math::sqrt(square) / rescale + epsilon));
  }
};

constexpr option_error check_adam(auto const& o) {
  return option_check{}
      .positive("learning_rate", o.learning_rate)
      .below_one("beta1", o.beta1)
      .below_one("beta2", o.beta2)
      .positive("epsilon", o.epsilon)
      .not_negative("weight_decay", o.weight_decay)
      .result();
}

}  // namespace detail

/// m <- beta1 m + (1 - beta1) g', v <- beta2 v + (1 - beta2) g'^2, g' = g + weight_decay p,
/// p <- p - learning_rate / (1 - beta1^t) m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon) in step t.
/// \source  Kingma, Ba 2015; PyTorch Adam
struct adam {
  double learning_rate = 1e-3;
  double beta1 = .9;
  double beta2 = .999;
  double epsilon = 1e-8;
  double weight_decay = 0;

  static constexpr char const* name = "adam";
  template <scalar T> using rule = detail::adam_rule<T, false>;

  [[nodiscard]] constexpr option_error check() const { return detail::check_adam(*this); }
};

/// Adam with p <- p - learning_rate weight_decay p before each step, in place of weight decay in the gradient.
/// \source  Loshchilov, Hutter 2019; PyTorch AdamW
struct adamw {
  double learning_rate = 1e-3;
  double beta1 = .9;
  double beta2 = .999;
  double epsilon = 1e-8;
  double weight_decay = .01;

  static constexpr char const* name = "adamw";
  template <scalar T> using rule = detail::adam_rule<T, true>;

  [[nodiscard]] constexpr option_error check() const { return detail::check_adam(*this); }
};

}  // namespace ctnn::inline CTNN_ABI
