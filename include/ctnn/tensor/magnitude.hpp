// SPDX-License-Identifier: BSL-1.0
/// \file The largest magnitude among numbers.
#pragma once
#include <ctnn/math/ieee.hpp>
#include <ctnn/tensor/simd.hpp>
#include <ctnn/tensor/thumb_training.hpp>

#include <cstddef>
#include <limits>
#include <type_traits>

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

/// The same of the first samples of a group, a multiple of a vector's lanes. At run time only.
/// \shape   x[N][Size]
template <std::size_t N, std::size_t Size, class T>
[[nodiscard]] inline T largest_of_group(T const* x, std::size_t samples) noexcept {
  // Signed, as SSE2 compares nothing else; without their signs they are positive.
  using bits = std::make_signed_t<math::detail::bits_of<T>>;
  constexpr auto lanes = native_lanes<T>;
  constexpr bits magnitude = std::numeric_limits<bits>::max();
  using B = vector<bits, lanes>;
  B largest{};
  for (std::size_t n = 0; n < N; ++n)
    for (std::size_t s = 0; s < samples; s += lanes) {
      B b;
      __builtin_memcpy(&b, x + n * Size + s, sizeof b);
      b &= magnitude;
      largest = largest < b ? b : largest;
    }
  bits most = 0;
  for (std::size_t k = 0; k < lanes; ++k) most = most < largest[k] ? largest[k] : most;
  return math::detail::from_bits<T>(static_cast<math::detail::bits_of<T>>(most));
}

}  // namespace ctnn::inline CTNN_ABI::kernel
