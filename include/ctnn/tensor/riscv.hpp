// SPDX-License-Identifier: BSL-1.0
/// \file Sums down eight columns of a matrix, or fewer, on RISC-V with floats. At run time only.
///
/// Three instructions for a product, FLW, FMUL.S and FADD.S, are the least, as FMADD.S rounds once. What can be saved
/// is loads of inputs and the counting of loops: so eight columns at once, and of their four partial sums one after the
/// other, as three times eight sums are what 32 registers hold. In assembly, since GCC's scheduler would load all
/// weights first and keep sums in memory.
#pragma once
#include <ctnn/config/abi.hpp>

#include <cstddef>
#include <type_traits>

namespace ctnn::inline CTNN_ABI::kernel {

/// Whether the kernel of this file is there for T.
#if defined(__riscv_flen) && !defined(__riscv_zfinx)
template <class T> inline constexpr bool has_riscv_kernels = std::is_same_v<T, float>;
#else
template <class T> inline constexpr bool has_riscv_kernels = false;
#endif

/// out[c] = sum_n w[n][c] x[n], c < C, each after first[c] if HasFirst, with rows in the order of their partial sums:
/// 0, 4, 8, ..., 1, 5, 9, ... \shape   w[N][C] in that order, first[C], x[N] -> out[C]; N is at least 4, C at most 8
template <std::size_t C, std::size_t N, bool HasFirst>
inline void sum_eight_columns(float const* w, float const* first, float const* x, float* out) noexcept;

#if defined(__riscv_flen) && !defined(__riscv_zfinx)
namespace riscv {

// clang-format off
/// a = w[At] x.
template <std::size_t At>
[[gnu::always_inline]] inline void multiply(float const* w, float x, float& a) noexcept {
#ifdef __clang__
  a = w[At + 0] * x;
#else
  asm("flw ft0, %[at]+0(%[w]); fmul.s %[a], ft0, %[x]"
      : [a] "=&f"(a)
      : [w] "r"(w), [at] "i"(sizeof(float) * At), [x] "f"(x), "m"(*reinterpret_cast<float const(*)[1]>(w + At))
      : "ft0");
#endif
}
/// The same for four columns.
template <std::size_t At>
[[gnu::always_inline]] inline void multiply(float const* w, float x, float& a, float& b, float& c, float& d) noexcept {
#ifdef __clang__
  a = w[At + 0] * x, b = w[At + 1] * x, c = w[At + 2] * x, d = w[At + 3] * x;
#else
  asm("flw ft0, %[at]+0(%[w]); flw ft1, %[at]+4(%[w]); flw ft2, %[at]+8(%[w]); flw ft3, %[at]+12(%[w]);\n\t"
      "fmul.s %[a], ft0, %[x]; fmul.s %[b], ft1, %[x]; fmul.s %[c], ft2, %[x]; fmul.s %[d], ft3, %[x]"
      : [a] "=&f"(a), [b] "=&f"(b), [c] "=&f"(c), [d] "=&f"(d)
      : [w] "r"(w), [at] "i"(sizeof(float) * At), [x] "f"(x), "m"(*reinterpret_cast<float const(*)[4]>(w + At))
      : "ft0", "ft1", "ft2", "ft3");
#endif
}
/// a += w[At] x.
template <std::size_t At>
[[gnu::always_inline]] inline void add_product(float const* w, float x, float& a) noexcept {
#ifdef __clang__
  a += w[At + 0] * x;
#else
  asm("flw ft0, %[at]+0(%[w]); fmul.s ft0, ft0, %[x]; fadd.s %[a], %[a], ft0"
      : [a] "+f"(a)
      : [w] "r"(w), [at] "i"(sizeof(float) * At), [x] "f"(x), "m"(*reinterpret_cast<float const(*)[1]>(w + At))
      : "ft0");
#endif
}
/// The same for four columns.
template <std::size_t At>
[[gnu::always_inline]] inline void add_product(float const* w, float x, float& a, float& b, float& c, float& d) noexcept {
#ifdef __clang__
  a += w[At + 0] * x, b += w[At + 1] * x, c += w[At + 2] * x, d += w[At + 3] * x;
#else
  asm("flw ft0, %[at]+0(%[w]); flw ft1, %[at]+4(%[w]); flw ft2, %[at]+8(%[w]); flw ft3, %[at]+12(%[w]);\n\t"
      "fmul.s ft0, ft0, %[x]; fmul.s ft1, ft1, %[x]; fmul.s ft2, ft2, %[x]; fmul.s ft3, ft3, %[x];\n\t"
      "fadd.s %[a], %[a], ft0; fadd.s %[b], %[b], ft1; fadd.s %[c], %[c], ft2; fadd.s %[d], %[d], ft3"
      : [a] "+f"(a), [b] "+f"(b), [c] "+f"(c), [d] "+f"(d)
      : [w] "r"(w), [at] "i"(sizeof(float) * At), [x] "f"(x), "m"(*reinterpret_cast<float const(*)[4]>(w + At))
      : "ft0", "ft1", "ft2", "ft3");
#endif
}
// clang-format on

/// a, b, ... = w[At...] x for C columns.
template <std::size_t C, std::size_t At>
[[gnu::always_inline]] inline void multiply_all(float const* w, float x, float& a, float& b, float& c, float& d,
                                                float& e, float& f, float& g, float& h) noexcept {
  if constexpr (C >= 4) multiply<At>(w, x, a, b, c, d);
  if constexpr (C < 4) multiply<At>(w, x, a);
  if constexpr (C == 2 || C == 3) multiply<At + 1>(w, x, b);
  if constexpr (C == 3) multiply<At + 2>(w, x, c);
  if constexpr (C == 8) multiply<At + 4>(w, x, e, f, g, h);
  if constexpr (C > 4 && C < 8) multiply<At + 4>(w, x, e);
  if constexpr (C > 5 && C < 8) multiply<At + 5>(w, x, f);
  if constexpr (C == 7) multiply<At + 6>(w, x, g);
}
/// a, b, ... += w[At...] x for C columns.
template <std::size_t C, std::size_t At>
[[gnu::always_inline]] inline void add_product_all(float const* w, float x, float& a, float& b, float& c, float& d,
                                                   float& e, float& f, float& g, float& h) noexcept {
  if constexpr (C >= 4) add_product<At>(w, x, a, b, c, d);
  if constexpr (C < 4) add_product<At>(w, x, a);
  if constexpr (C == 2 || C == 3) add_product<At + 1>(w, x, b);
  if constexpr (C == 3) add_product<At + 2>(w, x, c);
  if constexpr (C == 8) add_product<At + 4>(w, x, e, f, g, h);
  if constexpr (C > 4 && C < 8) add_product<At + 4>(w, x, e);
  if constexpr (C > 5 && C < 8) add_product<At + 5>(w, x, f);
  if constexpr (C == 7) add_product<At + 6>(w, x, g);
}

/// The terms J, J + 4, ... of the sums of C columns.
template <std::size_t C, std::size_t J, std::size_t N, bool HasFirst>
[[gnu::always_inline]] inline void sum_part(float const* w, [[maybe_unused]] float const* first, float const* x,
                                            float& a, float& b, float& c, float& d, float& e, float& f, float& g,
                                            float& h) noexcept {
  constexpr std::size_t terms = (N - J + 3) / 4, apart = (terms - 1) % 4 + 1;
  if constexpr (HasFirst) {
    a = first[0];
    if constexpr (C > 1) b = first[1];
    if constexpr (C > 2) c = first[2];
    if constexpr (C > 3) d = first[3];
    if constexpr (C > 4) e = first[4];
    if constexpr (C > 5) f = first[5];
    if constexpr (C > 6) g = first[6];
    if constexpr (C > 7) h = first[7];
    add_product_all<C, 0>(w, x[J], a, b, c, d, e, f, g, h);
  } else {
    multiply_all<C, 0>(w, x[J], a, b, c, d, e, f, g, h);
  }
  if constexpr (apart > 1) add_product_all<C, C>(w, x[J + 4], a, b, c, d, e, f, g, h);
  if constexpr (apart > 2) add_product_all<C, 2 * C>(w, x[J + 8], a, b, c, d, e, f, g, h);
  if constexpr (apart > 3) add_product_all<C, 3 * C>(w, x[J + 12], a, b, c, d, e, f, g, h);
  if constexpr (terms > apart) {
    float const *at = w + C * apart, *v = x + J + 4 * apart;
#ifdef __clang__
#pragma clang loop unroll(disable)
#endif
    do {
      add_product_all<C, 0>(at, v[0], a, b, c, d, e, f, g, h);
      add_product_all<C, C>(at, v[4], a, b, c, d, e, f, g, h);
      add_product_all<C, 2 * C>(at, v[8], a, b, c, d, e, f, g, h);
      add_product_all<C, 3 * C>(at, v[12], a, b, c, d, e, f, g, h);
      at += 4 * C;
      v += 16;
    } while (at != w + C * terms);
  }
}

}  // namespace riscv

template <std::size_t C, std::size_t N, bool HasFirst>
[[gnu::always_inline]] inline void sum_eight_columns(float const* w, float const* first, float const* x,
                                                     float* out) noexcept {
  float a0, b0, c0, d0, e0, f0, g0, h0;
  float a1, b1, c1, d1, e1, f1, g1, h1;
  float a2, b2, c2, d2, e2, f2, g2, h2;
  float const *const w1 = w + C * ((N + 3) / 4), *const w2 = w1 + C * ((N + 2) / 4), *const w3 = w2 + C * ((N + 1) / 4);
  riscv::sum_part<C, 0, N, HasFirst>(w, first, x, a0, b0, c0, d0, e0, f0, g0, h0);
  riscv::sum_part<C, 2, N, false>(w2, first, x, a2, b2, c2, d2, e2, f2, g2, h2);
  a0 += a2;
  if constexpr (C > 1) b0 += b2;
  if constexpr (C > 2) c0 += c2;
  if constexpr (C > 3) d0 += d2;
  if constexpr (C > 4) e0 += e2;
  if constexpr (C > 5) f0 += f2;
  if constexpr (C > 6) g0 += g2;
  if constexpr (C > 7) h0 += h2;
  riscv::sum_part<C, 1, N, false>(w1, first, x, a1, b1, c1, d1, e1, f1, g1, h1);
  riscv::sum_part<C, 3, N, false>(w3, first, x, a2, b2, c2, d2, e2, f2, g2, h2);
  out[0] = a0 + (a1 + a2);
  if constexpr (C > 1) out[1] = b0 + (b1 + b2);
  if constexpr (C > 2) out[2] = c0 + (c1 + c2);
  if constexpr (C > 3) out[3] = d0 + (d1 + d2);
  if constexpr (C > 4) out[4] = e0 + (e1 + e2);
  if constexpr (C > 5) out[5] = f0 + (f1 + f2);
  if constexpr (C > 6) out[6] = g0 + (g1 + g2);
  if constexpr (C > 7) out[7] = h0 + (h1 + h2);
}
#endif

}  // namespace ctnn::inline CTNN_ABI::kernel
