// SPDX-License-Identifier: BSL-1.0
/// \file The largest magnitude among numbers.
#pragma once
#include <ctnn/math/ieee.hpp>
#include <ctnn/tensor/simd.hpp>
#include <ctnn/tensor/thumb_training.hpp>

#include <cstddef>
#include <cstdint>

namespace ctnn::inline CTNN_ABI::kernel {

namespace detail {

/// The largest of a vector's numbers, which are not negative.
template <class B> [[nodiscard, gnu::always_inline]] inline auto largest_lane(B b) noexcept {
  constexpr std::size_t lanes = sizeof(B) / sizeof b[0];
  if constexpr (sizeof(B) > 16) {
    auto const low = part_of<0, lanes / 2>(b), high = part_of<lanes / 2, lanes / 2>(b);
    return largest_lane(decltype(low)(low < high ? high : low));
  } else {
    auto largest = b[0];
    for (std::size_t k = 1; k < lanes; ++k) largest = largest < b[k] ? b[k] : largest;
    return largest;
  }
}

/// max |x[i]|, as bits. The last vector may overlap the one before.
template <std::size_t N, std::size_t Lanes, class T>
[[nodiscard]] inline math::detail::bits_of<T> largest_by_vectors(T const* x) noexcept {
  // Signed, as SSE2 compares nothing else; without their signs they are positive.
  using bits = std::make_signed_t<math::detail::bits_of<T>>;
  using B = vector<bits, Lanes>;
  constexpr std::size_t chains = N / Lanes < 4 ? N / Lanes : 4, together = Lanes * chains;
  auto const at = [x](std::size_t i) __attribute__((always_inline)) {
    return B(load<B>(x + i) & std::numeric_limits<bits>::max());
  };
  B largest[chains];
  for (std::size_t c = 0; c < chains; ++c) largest[c] = at(c * Lanes);
  std::size_t i = together;
  for (; i + together <= N; i += together)
    for (std::size_t c = 0; c < chains; ++c) {
      B const b = at(i + c * Lanes);
      largest[c] = largest[c] < b ? b : largest[c];
    }
  for (std::size_t c = 1; c < chains; ++c) largest[0] = largest[0] < largest[c] ? largest[c] : largest[0];
  if constexpr (N % together != 0)
    for (; i < N; i += Lanes) {
      B const b = at(i + Lanes <= N ? i : N - Lanes);
      largest[0] = largest[0] < b ? b : largest[0];
    }
  return static_cast<math::detail::bits_of<T>>(largest_lane(largest[0]));
}

}  // namespace detail

/// max |x[i]|; a NaN counts as larger than infinity, and 0 is what there is of nothing. Magnitudes order like their bit
/// patterns.
/// \shape   x[N]
template <std::size_t N, class T> [[nodiscard]] constexpr T largest_magnitude(T const* x) noexcept {
  using bits = math::detail::bits_of<T>;
  if constexpr (has_thumb_kernels<T> && N > 0)
    if (!std::is_constant_evaluated()) return math::detail::from_bits<T>(largest_magnitude_by_thumb(x, N) >> 1);
  if constexpr (lanes_within < T, N >> 1)
    if (!std::is_constant_evaluated())
      return math::detail::from_bits<T>(detail::largest_by_vectors<N, lanes_within<T, N>>(x));
  bits largest = 0;
  for (std::size_t i = 0; i < N; ++i) {
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
