// SPDX-License-Identifier: BSL-1.0
/// \file Gradient clipping by norm, around any optimizer.
#pragma once
#include <ctnn/math/sqrt.hpp>
#include <ctnn/optimizer/concepts.hpp>
#include <ctnn/scalar/scalar.hpp>

#include <cstddef>

namespace ctnn::inline CTNN_ABI {

/// Scales a gradient whose Euclidean norm exceeds max_norm down to it, then does as Optimizer does:
/// `clipped<adam>{.optimizer = {.learning_rate = 1e-3}, .max_norm = 1}`.
/// \source  Pascanu, Mikolov, Bengio 2013; PyTorch clip_grad_norm_, whose 1e-6 in the denominator is kept
template <optimizer Optimizer> struct clipped {
  Optimizer optimizer{};
  double max_norm = 1;

  static constexpr char const* name = Optimizer::name;

  [[nodiscard]] constexpr option_error check() const {
    if (auto const error = optimizer.check()) return error;
    return detail::option_check{}.positive("max_norm", max_norm).result();
  }

  template <scalar T> struct rule {
    static constexpr std::size_t moments = Optimizer::template rule<T>::moments;

    typename Optimizer::template rule<T> inner;
    T max_norm;

    [[nodiscard]] static constexpr rule from(clipped const& o) noexcept {
      return {Optimizer::template rule<T>::from(o.optimizer), static_cast<T>(o.max_norm)};
    }
    [[nodiscard]] constexpr T limit(T squared_norm) const noexcept {
      T const scale = max_norm / (math::sqrt(squared_norm) + static_cast<T>(1e-6));
      return scale < T(1) ? scale : T(1);
    }
    constexpr void begin_step(T factor) noexcept { inner.begin_step(factor); }
    template <class V, class... M> constexpr void move(V& p, V g, M&... m) const noexcept { inner.move(p, g, m...); }
  };
};

}  // namespace ctnn::inline CTNN_ABI
