// SPDX-License-Identifier: BSL-1.0
/// \file Dense layers on Armv8.1-M's vectors of floats (MVE, also called Helium), with IEEE 754's bits.
///
/// These vectors are not IEEE 754's: a subnormal operand counts as 0, a subnormal result becomes 0, and a NaN becomes
/// the default one. But each of the two substitutions leaves a trace, a cumulative flag: IDC (input denormal) and UFC
/// (underflow; with flushing it is set for each tiny result, even an exact one). So the flags are cleared, the layer is
/// computed, and the flags are read: neither is set, then nothing was flushed and the bits are right; else the layer
/// is computed once more by scalar instructions. What the program had in FPSCR is there again afterwards.
///
/// Compilers would vectorise loops of floats of their own, unchecked. So they are told that there are no such vectors
/// (+nomve.fp), and who has them nevertheless defines CTNN_CHECKED_MVE.
/// \source  Arm DDI 0553, Armv8-M Architecture Reference Manual: FPSCR, StandardFPSCRValue, FPUnpack, FPRound
#pragma once
#include <ctnn/config/target.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ctnn::inline v1 {

struct linear;
struct relu;
struct softmax;

namespace kernel::mve {

/// Whether packed networks of T use these kernels, and are laid out for them: blocks of four outputs.
template <class T> inline constexpr bool serves = has_checked_mve && std::is_same_v<T, float>;

inline constexpr std::size_t lanes = 4;

}  // namespace kernel::mve
}  // namespace ctnn::inline v1

#ifdef CTNN_CHECKED_MVE

#include <ctnn/tensor/mve_affine.hpp>
#include <ctnn/tensor/mve_softmax.hpp>

namespace ctnn::inline v1::kernel::mve {

/// y = f(W x + b), unless something is subnormal.
/// \shape   w as made by pack, x[In] -> y[Out, up to whole vectors]
/// \return  whether y is right; if not, it is to be computed otherwise
template <std::size_t Out, std::size_t In, class A>
[[nodiscard, gnu::always_inline]] inline bool dense_layer(float const* w, float const* x, float* y) noexcept {
  constexpr std::size_t blocks = (Out + lanes - 1) / lanes;
  constexpr bool is_relu = std::is_same_v<A, relu>;
  if (affine<In>(w, x, y, after_sum(blocks, is_relu)) != 0) return false;
  if constexpr (std::is_same_v<A, softmax> && Out >= lanes)
    return apply_softmax<Out>(y) == 0;
  else if constexpr (requires { A::template apply<Out>(static_cast<float const*>(y), y); })
    A::template apply<Out>(static_cast<float const*>(y), y);
  else if constexpr (!is_relu && !std::is_same_v<A, linear>)
    for (std::size_t o = 0; o < Out; ++o) y[o] = A::apply(y[o]);
  return true;
}

}  // namespace ctnn::inline v1::kernel::mve

#endif
