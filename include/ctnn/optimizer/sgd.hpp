// SPDX-License-Identifier: BSL-1.0
/// \file Stochastic gradient descent.
#pragma once
#include <ctnn/optimizer/concepts.hpp>
#include <ctnn/scalar/scalar.hpp>

#include <cstddef>
#include <utility>

namespace ctnn::inline v1 {

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
    static constexpr bool moves_outer_products = true;
    T learning_rate, weight_decay;
    T rate{};  // of this step

    [[nodiscard]] static constexpr rule from(sgd const& o) noexcept {
      return {static_cast<T>(o.learning_rate), static_cast<T>(o.weight_decay)};
    }
    constexpr void begin_step(T factor) noexcept { rate = learning_rate * factor; }

    constexpr void move(T& p, T g) const noexcept { p -= rate * (weight_decay == T(0) ? g : g + weight_decay * p); }

    /// The same for each p[P + oi], whose gradient is d[o] x[X + i]. Tutorials are trained in the compiler by plain
    /// sgd, and a call for each parameter costs it half as much again.
    template <std::size_t In, std::size_t P, std::size_t X, std::size_t... OI, class Delta, class Source,
              class Parameters>
    constexpr void move_outer_product(std::index_sequence<OI...>, Delta const& d, Source const& x,
                                      Parameters& p) const noexcept {
      T const step = rate;
      if (weight_decay == T(0))
        ((p[P + OI] -= step * (d[OI / In] * x[X + OI % In])), ...);
      else
        (move(p[P + OI], d[OI / In] * x[X + OI % In]), ...);
    }
  };
};

}  // namespace ctnn::inline v1
