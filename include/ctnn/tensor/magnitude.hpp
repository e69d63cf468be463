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
