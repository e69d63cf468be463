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
/// \source  Arm DDI 0287, 18.4.2 (the flags when flushing); Armv8-M's standard FPSCR value as QEMU implements it
#pragma once
#include <ctnn/tensor/mve_affine.hpp>
#include <ctnn/tensor/mve_softmax.hpp>

#include <cstddef>
#include <type_traits>

#ifdef CTNN_CHECKED_MVE

namespace ctnn::inline CTNN_ABI {

struct linear;
struct relu;
struct softmax;

namespace kernel::mve {

/// y = f(y), by scalar instructions.
template <std::size_t Out, class A> [[gnu::always_inline]] inline void activate(float* y) noexcept {
  if constexpr (requires { A::template apply<Out>(static_cast<float const*>(y), y); })
    A::template apply<Out>(static_cast<float const*>(y), y);
  else if constexpr (!std::is_same_v<A, linear>)
    for (std::size_t o = 0; o < Out; ++o) y[o] = A::apply(y[o]);
}

/// What follows if something was flushed.
template <std::size_t Out, std::size_t In, class A>
CTNN_WHEN_FLUSHED void plain_layer(float const* w, float const* x, float* y) noexcept {
  plain_affine(w, x, In, y, (Out + lanes - 1) / lanes * lanes);
  activate<Out, A>(y);
}

/// y = f(W x + b).
/// \shape   w as made by pack, x[In] -> y[Out, up to whole vectors]
/// \return  whether it was computed by vectors
template <std::size_t Out, std::size_t In, class A>
[[gnu::always_inline]] inline bool dense_layer(float const* w, float const* x, float* y) noexcept {
  constexpr bool is_relu = std::is_same_v<A, relu>, is_softmax = std::is_same_v<A, softmax> && Out >= lanes;
  constexpr bool all_by_vectors = is_relu || is_softmax || std::is_same_v<A, linear>;
  bool by_vectors = affine<In>(w, x, y, after_sum((Out + lanes - 1) / lanes, is_relu)) == 0;
  if constexpr (is_softmax) by_vectors = by_vectors && apply_softmax<Out>(y) == 0;
  if (!by_vectors) [[unlikely]]
    plain_layer<Out, In, std::conditional_t<all_by_vectors, A, linear>>(w, x, y);
  if constexpr (!all_by_vectors) activate<Out, A>(y);
  return by_vectors;
}

/// Whether the flags tell what they have to: of a subnormal operand, a product and a sum, and of nothing else. On a
/// core that does not set them the kernels are of no use.
[[nodiscard]] inline bool flags_tell() noexcept {
  constexpr float least = 0x1p-126F;  // of the normal numbers
  // Four biases, four weights, the input.
  static constexpr float ordinary[] = {0, 1, least, -least, 1, 1, 1, least, 1};
  static constexpr float subnormal_weight[] = {1, 1, 1, 1, 1, 1, 1, least / 2, 1};
  static constexpr float subnormal_input[] = {1, 1, 1, 1, 0, 1, 0, 0, -least / 2};
  static constexpr float product[] = {1, 1, 1, 1, 1, 1, least, 1, .5F};
  static constexpr float small_product[] = {1, 1, 1, 1, 1, 0x1p-80F, 1, 1, 0x1p-80F};
  static constexpr float sum[] = {1.5F * least, 1, 1, 1, -least, 1, 1, 1, 1};
  auto const flushes = [](float const* numbers) {
    float y[lanes];
    return affine<1>(numbers, numbers + 2 * lanes, y, after_sum(1, false)) != 0;
  };
  return !flushes(ordinary) && flushes(subnormal_weight) && flushes(subnormal_input) && flushes(product) &&
         flushes(small_product) && flushes(sum);
}

}  // namespace kernel::mve
}  // namespace ctnn::inline CTNN_ABI

#endif
