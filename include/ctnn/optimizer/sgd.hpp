// SPDX-License-Identifier: BSL-1.0
/// \file Stochastic gradient descent.
#pragma once
#include <ctnn/optimizer/concepts.hpp>
#include <ctnn/scalar/scalar.hpp>

#include <cstddef>

namespace ctnn::inline CTNN_ABI {

/// p <- p - learning_rate (g + weight_decay p). Remembers nothing.
/// \source  PyTorch SGD
struct sgd {
  double learning_rate = .01;
  double weight_decay = 0;

  static constexpr char const* name = "sgd";

  [[nodiscard]] constexpr option_error check() const {
    return detail::option_check{}
        .positive("learning_rate", learning_rate)
        .not_negative("weight_decay", weight_decay)
        .result();
  }

  template <scalar T> struct rule {
    static constexpr std::size_t moments = 0;
    T learning_rate, weight_decay;
    T rate{};  // of this step

    [[nodiscard]] static constexpr rule from(sgd const& o) noexcept {
      return {static_cast<T>(o.learning_rate), static_cast<T>(o.weight_decay)};
    }
    constexpr void begin_step(T factor) noexcept { rate = learning_rate * factor; }

    [[nodiscard]] constexpr bool is_plain() const noexcept { return weight_decay == T(0); }

    [[nodiscard]] constexpr T bound(T p, T g) const noexcept { return p + rate * (g + weight_decay * p); }

    template <class V> constexpr void move(V& p, V g) const noexcept {
      p -= rate * (weight_decay == T(0) ? g : g + weight_decay * p);
    }
  };
};

}  // namespace ctnn::inline CTNN_ABI
