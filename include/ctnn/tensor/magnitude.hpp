// SPDX-License-Identifier: BSL-1.0
/// \file The largest magnitude among numbers.
#pragma once
#include <ctnn/math/ieee.hpp>
#include <ctnn/tensor/simd.hpp>
#include <ctnn/tensor/thumb_training.hpp>

#include <cstddef>
#include <cstdint>

namespace ctnn::inline CTNN_ABI::kernel {

/// max |x[i]|; a NaN counts as larger than infinity, and 0 is what there is of nothing. Magnitudes order like their bit
/// patterns.
/// \shape   x[N]
template <std::size_t N, class T> [[nodiscard]] constexpr T largest_magnitude(T const* x) noexcept {
  using bits = math::detail::bits_of<T>;
  constexpr auto lanes = native_lanes<T>;
  if constexpr (has_thumb_kernels<T> && N > 0)
    if (!std::is_constant_evaluated()) return math::detail::from_bits<T>(largest_magnitude_by_thumb(x, N) >> 1);
  bits largest = 0;
  std::size_t begin = 0;
  if constexpr (lanes > 1 && N >= lanes)
    if (!std::is_constant_evaluated()) {
      begin = N / lanes * lanes;
      using B = vector<bits, lanes>;
      B so_far{};
      for (std::size_t i = 0; i < N / lanes; ++i) {
        B b;
        __builtin_memcpy(&b, x + i * lanes, sizeof b);
        b &= ~math::detail::ieee<T>::sign;
        so_far = so_far < b ? b : so_far;
      }
      for (std::size_t k = 0; k < lanes; ++k) largest = largest < so_far[k] ? so_far[k] : largest;
    }
  for (std::size_t i = begin; i < N; ++i) {
    bits const b = math::detail::to_bits(x[i]) & ~math::detail::ieee<T>::sign;
    largest = largest < b ? b : largest;
  }
  return math::detail::from_bits<T>(largest);
}

/// A bound on the magnitudes of the first samples of a group, a multiple of a vector's lanes. At run time only.
///
/// It is at most 1/128 above the largest (1/16 with `double`), and a NaN if one of them is infinite or NaN: only the
/// first 16 bits are compared, as SSE2 has an instruction for the larger of two numbers of 16 bits, but not of 32.
/// \shape   x[N][Size]
template <std::size_t N, std::size_t Size, class T>
[[nodiscard]] inline T bound_of_group(T const* x, std::size_t samples) noexcept {
  using bits = math::detail::bits_of<T>;
  constexpr auto lanes = native_lanes<T>;
  constexpr int rest = 8 * sizeof(T) - 16;
  constexpr bits first = static_cast<bits>(0x7FFF) << rest;
  using B = vector<bits, lanes>;
  using H = vector<std::int16_t, lanes * sizeof(T) / 2>;
  H largest{};
  std::size_t const rows = samples == Size ? 1 : N, row = samples == Size ? N * Size : samples;
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t s = 0; s < row; s += lanes) {
      B b;
      __builtin_memcpy(&b, x + r * Size + s, sizeof b);
      b &= first;
      auto const h = __builtin_bit_cast(H, b);
      largest = largest < h ? h : largest;
    }
  auto const most = __builtin_bit_cast(B, largest);
  bits bound = 0;
  for (std::size_t k = 0; k < lanes; ++k) bound = bound < most[k] ? most[k] : bound;
  return math::detail::from_bits<T>(bound | ~(~bits{} << rest));
}

}  // namespace ctnn::inline CTNN_ABI::kernel
