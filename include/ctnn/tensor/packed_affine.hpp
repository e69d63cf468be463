// SPDX-License-Identifier: BSL-1.0
/// \file The product of a dense layer with weights in the order in which a kernel uses them.
///
/// The outputs are taken in blocks of some vectors. A block has its biases, then for each input its weights. Vectors
/// are filled up with neurons of weight 0, whose outputs nobody reads.
#pragma once
#include <ctnn/tensor/active_sums.hpp>
#include <ctnn/tensor/columns.hpp>
#include <ctnn/tensor/fast_columns.hpp>
#include <ctnn/tensor/mve.hpp>
#include <ctnn/tensor/scalar_columns.hpp>
#include <ctnn/tensor/simd.hpp>
#include <ctnn/tensor/sum.hpp>
#include <ctnn/tensor/thumb.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

/// Whether a packed layer keeps the network's order.
template <std::size_t Out, std::size_t In, class T>
inline constexpr bool packs_in_order = suits_thumb<Out, In, T> && !mve::serves<T>;

/// What an arithmetic comes to on this target. The kernels of Cortex-M cores are canonical: there VMLA, which rounds
/// twice, takes as few instructions as VFMA, and the vectors of floats are checked for the canonical bits.
template <arithmetic P, class T>
using arithmetic_of =
    std::conditional_t<is_fast<P> && fuses<T> && !has_thumb_kernels<T> && !mve::serves<T>, fast, canonical>;

/// How the outputs of a layer are packed.
struct packing {
  std::size_t lanes;    ///< in a vector
  std::size_t vectors;  ///< in all
  std::size_t block;    ///< vectors in a block; the last block may have fewer
  bool in_turn;         ///< inputs in the order of their partial sums, see sum_columns_in_turn

  template <class T, arithmetic P = canonical> static constexpr packing of(std::size_t outputs, std::size_t inputs) {
    if constexpr (mve::serves<T>) return {mve::lanes, (outputs + mve::lanes - 1) / mve::lanes, 1, false};
    if constexpr (native_lanes<T> == 1 && is_fast<P>) return {1, outputs, outputs <= most_sums ? outputs : 8, false};
    if constexpr (native_lanes<T> == 1) return {1, outputs, 4, false};
    auto lanes = native_lanes<T>;
    while (lanes > 4 && lanes / 2 >= outputs) lanes /= 2;
    auto const vectors = (outputs + lanes - 1) / lanes;
    if (vector_registers > 16) return {lanes, vectors, columns_at_once, false};
    // Three vectors' partial sums fit into 16 registers. More are taken in turn, in blocks of about the same size, as a
    // small one would wait for its additions.
    if (vectors <= 3 || inputs < partial_sums) return {lanes, vectors, 3, false};
    auto const blocks = (vectors + 7) / 8;
    return {lanes, vectors, (vectors + blocks - 1) / blocks, true};
  }
  [[nodiscard]] constexpr std::size_t padded() const { return lanes * vectors; }
  /// Blocks without padding, behind which there may be one more.
  [[nodiscard]] constexpr std::size_t whole_blocks(std::size_t outputs) const { return outputs / (lanes * block); }
  /// Outputs in the block that begins with an output.
  [[nodiscard]] constexpr std::size_t width(std::size_t first) const {
    auto const left = padded() - first;
    return left < lanes * block ? left : lanes * block;
  }
};

/// \shape   weights[Out][In], bias[Out] (unused if HasBias is false) -> to[padded (In + 1)]
template <std::size_t Out, std::size_t In, bool HasBias, arithmetic P = canonical, class T>
constexpr void pack(T const* weights, [[maybe_unused]] T const* bias, T* to) noexcept {
  if constexpr (packs_in_order<Out, In, T>) {  // which wants the network's own order
    for (std::size_t i = 0; i < Out * In; ++i) to[i] = weights[i];
    for (std::size_t o = 0; o < Out; ++o) to[Out * In + o] = HasBias ? bias[o] : absent<T>;
    return;
  }
  constexpr packing p = packing::of<T, P>(Out, In);
  for (std::size_t first = 0; first < p.padded();) {
    auto const width = p.width(first);
    for (std::size_t k = 0; k < width; ++k) {
      auto const o = first + k;
      if constexpr (HasBias) to[k] = o < Out ? bias[o] : T(0);
      if constexpr (!HasBias) to[k] = absent<T>;
      if constexpr (p.in_turn) {
        std::size_t at = width + k;
        for (std::size_t j = 0; j < partial_sums; ++j)
          for (std::size_t i = j; i < In; i += partial_sums, at += width) to[at] = o < Out ? weights[o * In + i] : T(0);
      } else {
#if defined(__clang__) && defined(__ARM_FEATURE_MVE)
#pragma clang loop vectorize(disable)  // which Clang 19 does wrongly (LLVM's issue 120993)
#endif
        for (std::size_t i = 0; i < In; ++i) to[(i + 1) * width + k] = o < Out ? weights[o * In + i] : T(0);
      }
    }
    to += width * (In + 1);
    first += width;
  }
}

/// Whether a layer with biases, many of whose inputs are 0, is large enough for leaving them out to be faster than all
/// of it. A row needs vectors enough for the additions of one not to wait for those of the row before.
template <std::size_t Out, std::size_t In, class T, arithmetic P = canonical>
inline constexpr bool may_leave_out_zeros = [] {
  if constexpr (native_lanes<T> == 1 || wants_small_code) return false;
  constexpr auto vectors = packing::of<T, P>(Out, In).vectors;
  return vector_registers > 16 ? vectors >= 4 && In * vectors >= 128 : vectors >= 6 && In * vectors >= 384;
}();

/// Whether an activation of the whole layer takes the layer in vectors of so many lanes.
template <class A, class T, std::size_t Lanes>
concept takes_vectors = requires(vector<T, Lanes> (&v)[1]) {
  A::template apply_to<Lanes>(v);
};

namespace detail {

/// One block of outputs, as a constant.
template <std::size_t Width, std::size_t In, bool InTurn, bool HasBias, class A, class T>
constexpr void packed_block(T const* w, T const* x, T* y, std::size_t count) noexcept {
  for (std::size_t k = 0; k < count; ++k) {
    T const* const weights = w + Width + k;
    if constexpr (InTurn) {
      T s[partial_sums];
      std::size_t at = 0;
      for (std::size_t j = 0; j < partial_sums; ++j) {
        T const first = weights[at] * x[j];
        if constexpr (HasBias)
          s[j] = j == 0 ? w[k] + first : first;
        else
          s[j] = first;
        at += Width;
        for (std::size_t i = j + partial_sums; i < In; i += partial_sums, at += Width) s[j] += weights[at] * x[i];
      }
      y[k] = A::apply(combine<In>(s));
    } else if constexpr (HasBias) {
      y[k] = A::apply(dot<In, Width>(weights, x, w[k]));
    } else {
      y[k] = A::apply(dot<In, Width>(weights, x));
    }
  }
}

/// Lanes of the wider vectors in which sum_narrow_columns works; 0 if there are none.
template <class T, std::size_t Lanes>
inline constexpr std::size_t in_wide_vectors = Lanes<4 || 2 * Lanes> native_lanes<T> ? 0
                                               : 4 * Lanes < native_lanes<T>         ? 4 * Lanes
                                                                                     : native_lanes<T>;

/// In the place of active_rows.
struct all_rows {};

/// One block of outputs, by vectors, which may be single numbers; only the first Count are stored.
template <std::size_t Vectors, std::size_t Lanes, std::size_t Count, std::size_t In, bool InTurn, bool HasBias, class A,
          arithmetic P, class Rows, class T>
[[gnu::always_inline]] inline void packed_block_by_vectors(T const* w, T const* x, T* y,
                                                           [[maybe_unused]] Rows const& rows) noexcept {
  using V = vector<T, Lanes>;
  constexpr std::size_t whole = Count / Lanes;
  if constexpr (Lanes == 1 && !is_fast<P> && Vectors < 4 && !arrays_stay_in_registers)
    return packed_block<Vectors, In, InTurn, HasBias, A>(w, x, y, Vectors);
  V sums[Vectors];
  if constexpr (!std::is_same_v<Rows, all_rows> && Vectors > 1)  // where a single sum would wait for its additions
    sum_active_columns<In, Vectors * Lanes, Vectors, HasBias, InTurn, P>(rows, w + Vectors * Lanes, w, x, sums);
  else if constexpr (Lanes == 1 && is_fast<P>)
    sum_columns_in_order<In, HasBias>(std::make_index_sequence<Vectors>{}, w + Vectors, w, x, sums);
  else if constexpr (Lanes == 1 && Vectors == 4 && In >= fewest_for_variables)
    sum_four_columns<In, HasBias>(w + 4, w, x, sums);
  else if constexpr (InTurn)
    sum_columns_in_turn<In, Vectors * Lanes, Vectors, HasBias, P>(w + Vectors * Lanes, w, x, sums);
  else if constexpr (Vectors == 1 && in_wide_vectors<T, Lanes> != 0 && In >= in_wide_vectors<T, Lanes> && is_fast<P>)
    sum_narrow_columns_fast<In, HasBias, vector<T, in_wide_vectors<T, Lanes>>>(w + Lanes, w, x, sums[0]);
  else if constexpr (Vectors == 1 && in_wide_vectors<T, Lanes> != 0 && In >= in_wide_vectors<T, Lanes>)
    sum_narrow_columns<In, HasBias, vector<T, in_wide_vectors<T, Lanes>>>(w + Lanes, w, x, sums[0]);
  else
    sum_columns<In, Vectors * Lanes, Vectors, HasBias, P>(w + Vectors * Lanes, w, x, sums);
  [&]<std::size_t... G, std::size_t... K>(std::index_sequence<G...>, std::index_sequence<K...>) {
    if constexpr (takes_vectors<A, T, Lanes>) {
      A::template apply_to<Count>(sums);
    } else if constexpr (requires { A::apply(sums[0]); }) {
      ((sums[G] = A::apply(sums[G])), ...);
    }
    (store(sums[K], y + K * Lanes), ...);
    if constexpr (Count != whole * Lanes) store_some<Count - whole * Lanes>(sums[whole], y + whole * Lanes);
    if constexpr (!takes_vectors<A, T, Lanes> && !requires { A::apply(sums[0]); })
      for (std::size_t k = 0; k < Count; ++k) y[k] = A::apply(y[k]);
  }
  (std::make_index_sequence<Vectors>{}, std::make_index_sequence<whole>{});
}

/// A layer where packing keeps the network's order.
template <std::size_t Out, std::size_t In, class A, class T>
constexpr void packed_affine_by_thumb(T const* w, T const* x, T* y) noexcept {
  if (std::is_constant_evaluated())
    for (std::size_t o = 0; o < Out; ++o) y[o] = A::apply(dot<In>(w + o * In, x, w[Out * In + o]));
  else
    affine_by_thumb<Out, In, true, A>(w, x, y);
}

/// All blocks. (A function with all_rows as an argument that is not used would be copied by GCC, and the copy inlined.)
template <std::size_t Out, std::size_t In, bool HasBias, bool Padded, class A, arithmetic P, class Rows, class T>
[[gnu::always_inline]] inline void packed_blocks_by_vectors(T const* w, T const* x, T* y, Rows const& rows) noexcept {
  constexpr packing p = packing::of<T, P>(Out, In);
  constexpr std::size_t width = p.lanes * p.block, blocks = p.whole_blocks(Out), last = blocks * width;
  constexpr std::size_t rest = p.vectors - blocks * p.block;
  for (std::size_t b = 0; b < blocks; ++b)
    packed_block_by_vectors<p.block, p.lanes, width, In, p.in_turn, HasBias, A, P>(w + b * width * (In + 1), x,
                                                                                   y + b * width, rows);
  if constexpr (rest != 0)
    packed_block_by_vectors<rest, p.lanes, Padded ? rest * p.lanes : Out - last, In, p.in_turn, HasBias, A, P>(
        w + last * (In + 1), x, y + last, rows);
}

}  // namespace detail

/// y = f(W x + b). At run time only.
/// \shape   w as made by pack, x[In] -> y[Out]; with Padded y has room for whole vectors, and those beyond Out get what
///          is of no use
template <std::size_t Out, std::size_t In, bool HasBias, bool Padded, class A, arithmetic P = canonical, class T>
inline void packed_affine_by_vectors(T const* w, T const* x, T* y) noexcept {
  detail::packed_blocks_by_vectors<Out, In, HasBias, Padded, A, P>(w, x, y, detail::all_rows{});
}

/// The same for a layer with biases whose zeros_do_not_show, over the inputs that are not 0.
template <std::size_t Out, std::size_t In, bool Padded, class A, arithmetic P = canonical, class T>
inline void packed_affine_of_active(T const* w, T const* x, T* y, active_rows<In> const& rows) noexcept {
  detail::packed_blocks_by_vectors<Out, In, true, Padded, A, P>(w, x, y, rows);
}

/// The same, also as a constant.
template <std::size_t Out, std::size_t In, bool HasBias, bool Padded, class A, arithmetic P = canonical, class T>
constexpr void packed_affine(T const* w, T const* x, T* y) noexcept {
  if constexpr (packs_in_order<Out, In, T>) return detail::packed_affine_by_thumb<Out, In, A>(w, x, y);
  if constexpr (!mve::serves<T>)  // where this is only for what the vectors cannot do
    if (!std::is_constant_evaluated()) return packed_affine_by_vectors<Out, In, HasBias, Padded, A, P>(w, x, y);
  constexpr packing p = packing::of<T, P>(Out, In);
  constexpr std::size_t width = p.lanes * p.block, blocks = p.whole_blocks(Out), last = blocks * width;
  for (std::size_t b = 0; b < blocks; ++b)
    detail::packed_block<width, In, p.in_turn, HasBias, A>(w + b * width * (In + 1), x, y + b * width, width);
  if constexpr (last != p.padded())
    detail::packed_block<p.width(last), In, p.in_turn, HasBias, A>(w + last * (In + 1), x, y + last, Out - last);
}

}  // namespace ctnn::inline CTNN_ABI::kernel
