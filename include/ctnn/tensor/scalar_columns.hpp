// SPDX-License-Identifier: BSL-1.0
/// \file Sums down four columns of a matrix on a core without vectors. At run time only.
#pragma once
#include <ctnn/config/abi.hpp>

#include <cstddef>

namespace ctnn::inline CTNN_ABI::kernel {

/// Whether the compiler keeps a small array of sums in registers, which GCC 12 does not.
#ifdef __clang__
inline constexpr bool arrays_stay_in_registers = true;
#else
inline constexpr bool arrays_stay_in_registers = false;
#endif

/// From so many inputs on sum_four_columns takes fewer instructions than an array does.
inline constexpr std::size_t fewest_for_variables = arrays_stay_in_registers ? 32 : 4;

/// out[g] = sum_n w[4 n + g] x[n], n < N, each after first[g] if HasFirst. Sixteen variables, as GCC 12 keeps an array
/// of them in memory.
/// \shape   w[N][4], first[4], x[N] -> out[4]; N is at least 4
template <std::size_t N, bool HasFirst, class T>
[[gnu::always_inline]] inline void sum_four_columns(T const* w, [[maybe_unused]] T const* first, T const* x,
                                                    T* out) noexcept {
  static_assert(N >= 4);
  T x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3];
  // a_j, b_j, c_j, d_j are the partial sums of the four columns.
  T a0 = w[0] * x0, b0 = w[1] * x0, c0 = w[2] * x0, d0 = w[3] * x0;
  T a1 = w[4] * x1, b1 = w[5] * x1, c1 = w[6] * x1, d1 = w[7] * x1;
  T a2 = w[8] * x2, b2 = w[9] * x2, c2 = w[10] * x2, d2 = w[11] * x2;
  T a3 = w[12] * x3, b3 = w[13] * x3, c3 = w[14] * x3, d3 = w[15] * x3;
  if constexpr (HasFirst) a0 = first[0] + a0, b0 = first[1] + b0, c0 = first[2] + c0, d0 = first[3] + d0;
  for (std::size_t n = 4; n + 4 <= N; n += 4) {
    w += 16;
    x += 4;
    x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3];
    a0 += w[0] * x0, b0 += w[1] * x0, c0 += w[2] * x0, d0 += w[3] * x0;
    a1 += w[4] * x1, b1 += w[5] * x1, c1 += w[6] * x1, d1 += w[7] * x1;
    a2 += w[8] * x2, b2 += w[9] * x2, c2 += w[10] * x2, d2 += w[11] * x2;
    a3 += w[12] * x3, b3 += w[13] * x3, c3 += w[14] * x3, d3 += w[15] * x3;
  }
  w += 16;
  x += 4;
  if constexpr (N % 4 > 0) a0 += w[0] * x[0], b0 += w[1] * x[0], c0 += w[2] * x[0], d0 += w[3] * x[0];
  if constexpr (N % 4 > 1) a1 += w[4] * x[1], b1 += w[5] * x[1], c1 += w[6] * x[1], d1 += w[7] * x[1];
  if constexpr (N % 4 > 2) a2 += w[8] * x[2], b2 += w[9] * x[2], c2 += w[10] * x[2], d2 += w[11] * x[2];
  out[0] = (a0 + a2) + (a1 + a3);
  out[1] = (b0 + b2) + (b1 + b3);
  out[2] = (c0 + c2) + (c1 + c3);
  out[3] = (d0 + d2) + (d1 + d3);
}

}  // namespace ctnn::inline CTNN_ABI::kernel
