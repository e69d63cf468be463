// SPDX-License-Identifier: BSL-1.0
/// \file Stochastic gradient descent with momentum.
#pragma once
#include <ctnn/optimizer/concepts.hpp>
#include <ctnn/scalar/scalar.hpp>

#include <cstddef>

namespace ctnn::inline CTNN_ABI {

/// v <- momentum v + g', p <- p - learning_rate v, with g' = g + weight_decay p; with Nesterov's look-ahead
/// p <- p - learning_rate (g' + momentum v). A type of its own because plain sgd needs no memory for v.
/// \source  Polyak 1964; Sutskever et al. 2013; PyTorch SGD
struct sgd_momentum {
  double learning_rate = .01;
  double momentum = .9;
  bool nesterov = false;
  double weight_decay = 0;

  static constexpr char const* name = "sgd_momentum";

  [[nodiscard]] constexpr option_error check() const {
    return detail::option_check{}
        .positive("learning_rate", learning_rate)
        .below_one("momentum", momentum)
        .not_negative("weight_decay", weight_decay)
        .result();
  }

  template <scalar T> struct rule {
    static constexpr std::size_t moments = 1;
    T learning_rate, momentum, weight_decay;
    bool nesterov;
    T rate{};  // of this step

    [[nodiscard]] static constexpr rule from(sgd_momentum const& o) noexcept {
      return {static_cast<T>(o.learning_rate), static_cast<T>(o.momentum), static_cast<T>(o.weight_decay), o.nesterov};
    }
    constexpr void begin_step(T factor) noexcept { rate = learning_rate * factor; }

    template <class V> constexpr void move(V& p, V g, V& velocity) const noexcept {
      V const slope = weight_decay == T(0) ? g : g + weight_decay * p;
      velocity = momentum * velocity + slope;
      p -= rate * (nesterov ? slope + momentum * velocity : velocity);
    }
  };
};

}  // namespace ctnn::inline CTNN_ABI
