// SPDX-License-Identifier: BSL-1.0
/// \file Rows of weights moved by plain gradient descent. At run time only.
#pragma once
#include <ctnn/tensor/simd.hpp>

#include <cstddef>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

namespace detail {

/// The vectors of x, of which the last may overlap the one before: in registers if there are few. (A compiler has to
/// load them anew after each store that may be to x.)
template <std::size_t N, class T> class repeated_vectors {
public:
  static constexpr std::size_t lanes = lanes_within<T, N>, count = (N + lanes - 1) / lanes;
  using V = vector<T, lanes>;

  explicit repeated_vectors(T const* x) noexcept : x_{x} {
    if constexpr (kept)
      for (std::size_t k = 0; k < count; ++k) v_[k] = load<V>(x + start(k));
  }
  /// Where the vector k begins.
  [[nodiscard]] static constexpr std::size_t start(std::size_t k) {
    return k * lanes + lanes <= N ? k * lanes : N - lanes;
  }
  [[nodiscard, gnu::always_inline]] V operator[](std::size_t k) const noexcept {
    if constexpr (kept)
      return v_[k];
    else
      return load<V>(x_ + start(k));
  }

private:
  static constexpr bool kept = count <= vector_registers / 2;
  T const* x_;
  V v_[kept ? count : 1];
};

/// p -= rate (d x) for the vectors First + K.
template <class Vectors, class V, class T, std::size_t... K>
[[gnu::always_inline]] inline void descend_vectors(std::index_sequence<K...>, std::size_t first, V rate, V d,
                                                   Vectors const& x, T* p) noexcept {
  V const moved[]{(load<V>(p + Vectors::start(first + K)) - rate * (x[first + K] * d))...};
  (store(moved[K], p + Vectors::start(first + K)), ...);
}

}  // namespace detail

/// p -= rate (d x) for one row p after the other, with its d.
/// \shape   x[N], p[N]; N fills a vector
template <std::size_t N, class T> class plain_row_descent {
  using vectors = detail::repeated_vectors<N, T>;
  using V = typename vectors::V;
  // Four at a time are computed before any is written, and at the end those that overlap.
  static constexpr std::size_t at_once = 4, left = (vectors::count - 1) % at_once + 1;
  static constexpr bool overlap = N % vectors::lanes != 0 && left == 1 && vectors::count > 1;
  static constexpr std::size_t last = overlap ? left + at_once : left, before = vectors::count - last;

public:
  plain_row_descent(T rate, T const* x) noexcept : x_{x}, rate_{spread<V>(rate)} {}

  [[gnu::always_inline]] void operator()(T d, T* p) const noexcept {
    V const e = spread<V>(d);
    for (std::size_t k = 0; k < before; k += at_once)
      detail::descend_vectors(std::make_index_sequence<at_once>{}, k, rate_, e, x_, p);
    detail::descend_vectors(std::make_index_sequence<last>{}, before, rate_, e, x_, p);
  }

private:
  vectors x_;
  V rate_;
};

}  // namespace ctnn::inline CTNN_ABI::kernel
