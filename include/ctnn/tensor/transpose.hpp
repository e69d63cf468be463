// SPDX-License-Identifier: BSL-1.0
/// \file A matrix transposed by square blocks of vectors. At run time only.
#pragma once
#include <ctnn/tensor/simd.hpp>

#include <cstddef>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

namespace detail {

/// a[First], b[First], a[First + 1], b[First + 1], ...
template <std::size_t First, class V, std::size_t... K>
[[nodiscard, gnu::always_inline]] inline V interleave(V a, V b, std::index_sequence<K...>) noexcept {
  return __builtin_shufflevector(a, b, (First + K / 2 + (K % 2 == 0 ? 0 : sizeof...(K)))...);
}

}  // namespace detail

/// rows[k][c] to columns[c][k], for Lanes vectors of Lanes numbers.
template <std::size_t Lanes, class V> [[gnu::always_inline]] inline void transpose_block(V* rows) noexcept {
  constexpr std::make_index_sequence<Lanes> all;
  // Each round moves the upper bit of the place in a vector to the lower end of the vector's number.
  for (std::size_t round = 1; round < Lanes; round *= 2) {
    V to[Lanes];
    for (std::size_t k = 0; k < Lanes / 2; ++k) {
      to[2 * k] = detail::interleave<0>(rows[k], rows[k + Lanes / 2], all);
      to[2 * k + 1] = detail::interleave<Lanes / 2>(rows[k], rows[k + Lanes / 2], all);
    }
    for (std::size_t k = 0; k < Lanes; ++k) rows[k] = to[k];
  }
}

/// to[c Stride + r] = row(r)[c], for r < rows and c < columns, which both are at least Lanes.
template <std::size_t Lanes, class T, class Row>
inline void transpose(std::size_t rows, std::size_t columns, Row row, T* to, std::size_t stride) noexcept {
  for (std::size_t r = 0; r < rows; r += Lanes)
    for (std::size_t c = 0; c < columns; c += Lanes) {
      auto const from_row = r + Lanes <= rows ? r : rows - Lanes;
      auto const from_column = c + Lanes <= columns ? c : columns - Lanes;
      if constexpr (Lanes == 1) {
        to[from_column * stride + from_row] = row(from_row)[from_column];
      } else {
        vector<T, Lanes> square[Lanes];
        for (std::size_t k = 0; k < Lanes; ++k) square[k] = load<vector<T, Lanes>>(row(from_row + k) + from_column);
        transpose_block<Lanes>(square);
        for (std::size_t k = 0; k < Lanes; ++k) store(square[k], to + (from_column + k) * stride + from_row);
      }
    }
}

}  // namespace ctnn::inline CTNN_ABI::kernel
