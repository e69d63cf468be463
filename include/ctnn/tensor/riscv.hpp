// SPDX-License-Identifier: BSL-1.0
/// \file Sums down eight columns of a matrix on RISC-V with floats. At run time only.
///
/// Three instructions for a product, FLW, FMUL.S and FADD.S, are the least, as FMADD.S rounds once. What can be saved
/// is the loads of inputs and the counting of loops: so eight columns at once, and of their four partial sums one after
/// the other, as 24 sums are what 32 registers hold. In assembly, since GCC's scheduler would load all weights first
/// and keep sums in memory.
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

/// out[c] = sum_n w[n][c] x[n], each after first[c] if HasFirst, with rows in the order of their partial sums: 0, 4, 8,
/// ..., 1, 5, 9, ... \shape   w[N][8] in that order, first[8], x[N] -> out[8]; N is at least 4
template <std::size_t N, bool HasFirst>
inline void sum_eight_columns(float const* w, float const* first, float const* x, float* out) noexcept;

#if defined(__riscv_flen) && !defined(__riscv_zfinx)
namespace riscv {

// clang-format off
/// a, b, ... = w[At...] x.
template <std::size_t At>
[[gnu::always_inline]] inline void multiply(float const* w, float x, float& a, float& b, float& c, float& d, float& e, float& f, float& g, float& h) noexcept {
  asm("flw ft0, %[at]+0(%[w]); flw ft1, %[at]+4(%[w]); flw ft2, %[at]+8(%[w]); flw ft3, %[at]+12(%[w]);\n\t"
      "fmul.s %[a], ft0, %[x]; fmul.s %[b], ft1, %[x]; fmul.s %[c], ft2, %[x]; fmul.s %[d], ft3, %[x];\n\t"
      "flw ft0, %[at]+16(%[w]); flw ft1, %[at]+20(%[w]); flw ft2, %[at]+24(%[w]); flw ft3, %[at]+28(%[w]);\n\t"
      "fmul.s %[e], ft0, %[x]; fmul.s %[f], ft1, %[x]; fmul.s %[g], ft2, %[x]; fmul.s %[h], ft3, %[x]"
      : [a] "=&f"(a), [b] "=&f"(b), [c] "=&f"(c), [d] "=&f"(d), [e] "=&f"(e), [f] "=&f"(f), [g] "=&f"(g), [h] "=&f"(h)
      : [w] "r"(w), [at] "i"(sizeof(float) * At), [x] "f"(x), "m"(*reinterpret_cast<float const(*)[8]>(w + At))
      : "ft0", "ft1", "ft2", "ft3");
}

/// a, b, ... += w[At...] x.
template <std::size_t At>
[[gnu::always_inline]] inline void add_products(float const* w, float x, float& a, float& b, float& c, float& d, float& e, float& f, float& g, float& h) noexcept {
  asm("flw ft0, %[at]+0(%[w]); flw ft1, %[at]+4(%[w]); flw ft2, %[at]+8(%[w]); flw ft3, %[at]+12(%[w]);\n\t"
      "fmul.s ft0, ft0, %[x]; fmul.s ft1, ft1, %[x]; fmul.s ft2, ft2, %[x]; fmul.s ft3, ft3, %[x];\n\t"
      "fadd.s %[a], %[a], ft0; fadd.s %[b], %[b], ft1; fadd.s %[c], %[c], ft2; fadd.s %[d], %[d], ft3;\n\t"
      "flw ft0, %[at]+16(%[w]); flw ft1, %[at]+20(%[w]); flw ft2, %[at]+24(%[w]); flw ft3, %[at]+28(%[w]);\n\t"
      "fmul.s ft0, ft0, %[x]; fmul.s ft1, ft1, %[x]; fmul.s ft2, ft2, %[x]; fmul.s ft3, ft3, %[x];\n\t"
      "fadd.s %[e], %[e], ft0; fadd.s %[f], %[f], ft1; fadd.s %[g], %[g], ft2; fadd.s %[h], %[h], ft3"
      : [a] "+f"(a), [b] "+f"(b), [c] "+f"(c), [d] "+f"(d), [e] "+f"(e), [f] "+f"(f), [g] "+f"(g), [h] "+f"(h)
      : [w] "r"(w), [at] "i"(sizeof(float) * At), [x] "f"(x), "m"(*reinterpret_cast<float const(*)[8]>(w + At))
      : "ft0", "ft1", "ft2", "ft3");
}
// clang-format on

/// The terms J, J + 4, ... of eight sums.
template <std::size_t J, std::size_t N, bool HasFirst>
[[gnu::always_inline]] inline void sum_part(float const* w, [[maybe_unused]] float const* first, float const* x,
                                            float& a, float& b, float& c, float& d, float& e, float& f, float& g,
                                            float& h) noexcept {
  constexpr std::size_t terms = (N - J + 3) / 4, apart = (terms - 1) % 4 + 1;
  if constexpr (HasFirst) {
    a = first[0], b = first[1], c = first[2], d = first[3], e = first[4], f = first[5], g = first[6], h = first[7];
    add_products<0>(w, x[J], a, b, c, d, e, f, g, h);
  } else {
    multiply<0>(w, x[J], a, b, c, d, e, f, g, h);
  }
  if constexpr (apart > 1) add_products<8>(w, x[J + 4], a, b, c, d, e, f, g, h);
  if constexpr (apart > 2) add_products<16>(w, x[J + 8], a, b, c, d, e, f, g, h);
  if constexpr (apart > 3) add_products<24>(w, x[J + 12], a, b, c, d, e, f, g, h);
  if constexpr (terms > apart) {
    float const *at = w + 8 * apart, *v = x + J + 4 * apart;
#ifdef __clang__
#pragma clang loop unroll(disable)
#endif
    do {
      add_products<0>(at, v[0], a, b, c, d, e, f, g, h);
      add_products<8>(at, v[4], a, b, c, d, e, f, g, h);
      add_products<16>(at, v[8], a, b, c, d, e, f, g, h);
      add_products<24>(at, v[12], a, b, c, d, e, f, g, h);
      at += 32;
      v += 16;
    } while (at != w + 8 * terms);
  }
}

}  // namespace riscv

template <std::size_t N, bool HasFirst>
[[gnu::always_inline]] inline void sum_eight_columns(float const* w, float const* first, float const* x,
                                                     float* out) noexcept {
  float a0, b0, c0, d0, e0, f0, g0, h0;
  float a1, b1, c1, d1, e1, f1, g1, h1;
  float a2, b2, c2, d2, e2, f2, g2, h2;
  float const *const w1 = w + 8 * ((N + 3) / 4), *const w2 = w1 + 8 * ((N + 2) / 4), *const w3 = w2 + 8 * ((N + 1) / 4);
  riscv::sum_part<0, N, HasFirst>(w, first, x, a0, b0, c0, d0, e0, f0, g0, h0);
  riscv::sum_part<2, N, false>(w2, first, x, a2, b2, c2, d2, e2, f2, g2, h2);
  a0 += a2, b0 += b2, c0 += c2, d0 += d2, e0 += e2, f0 += f2, g0 += g2, h0 += h2;
  riscv::sum_part<1, N, false>(w1, first, x, a1, b1, c1, d1, e1, f1, g1, h1);
  riscv::sum_part<3, N, false>(w3, first, x, a2, b2, c2, d2, e2, f2, g2, h2);
  out[0] = a0 + (a1 + a2);
  out[1] = b0 + (b1 + b2);
  out[2] = c0 + (c1 + c2);
  out[3] = d0 + (d1 + d2);
  out[4] = e0 + (e1 + e2);
  out[5] = f0 + (f1 + f2);
  out[6] = g0 + (g1 + g2);
  out[7] = h0 + (h1 + h2);
}
#endif

}  // namespace ctnn::inline CTNN_ABI::kernel
