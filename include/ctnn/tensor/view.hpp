// SPDX-License-Identifier: BSL-1.0
/// \file Views of a network's flat parameters: a pointer and sizes that are part of the type.
#pragma once
#include <ctnn/config/abi.hpp>

#include <cstddef>

namespace ctnn::inline CTNN_ABI {

/// N numbers in a row, owned by somebody else.
/// \shape   x[N]
template <class T, std::size_t N> struct vector_view {
  T* first;

  static constexpr std::size_t extent = N;
  [[nodiscard]] static constexpr std::size_t size() noexcept { return N; }
  [[nodiscard]] constexpr T* data() const noexcept { return first; }
  [[nodiscard]] constexpr T* begin() const noexcept { return first; }
  [[nodiscard]] constexpr T* end() const noexcept { return first + N; }
  [[nodiscard]] constexpr T& operator[](std::size_t i) const noexcept { return first[i]; }
};

/// Rows x Columns numbers, row by row, owned by somebody else.
/// \shape   w[Rows][Columns], row-major and without gaps
template <class T, std::size_t Rows, std::size_t Columns> struct matrix_view {
  T* first;

  static constexpr std::size_t rows = Rows, columns = Columns;
  [[nodiscard]] static constexpr std::size_t size() noexcept { return Rows * Columns; }
  [[nodiscard]] constexpr T* data() const noexcept { return first; }
  [[nodiscard]] constexpr T* begin() const noexcept { return first; }
  [[nodiscard]] constexpr T* end() const noexcept { return first + size(); }
  [[nodiscard]] constexpr vector_view<T, Columns> operator[](std::size_t row) const noexcept {
    return {first + row * Columns};
  }
};

}  // namespace ctnn::inline CTNN_ABI
