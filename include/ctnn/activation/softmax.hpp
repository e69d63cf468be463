// SPDX-License-Identifier: BSL-1.0
/// \file The softmax activation of a whole layer.
#pragma once
#include <ctnn/math/exp.hpp>
#include <ctnn/math/fast.hpp>
#include <ctnn/scalar/scalar.hpp>
#include <ctnn/tensor/simd.hpp>
#include <ctnn/tensor/sum.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI {

namespace detail {
struct fast_softmax;

/// e^x for x <= 0, as an arithmetic has it.
struct softmax_exp {
  template <class T> [[nodiscard, gnu::always_inline]] static constexpr T apply(T x) noexcept { return math::exp(x); }
};
struct fast_softmax_exp {
  template <class T> [[nodiscard, gnu::always_inline]] static constexpr T apply(T x) noexcept {
    if constexpr (math::has_fast_functions<T>)
      if (!std::is_constant_evaluated()) return math::fast_exp(x);
    return math::exp(x);
  }
};
}  // namespace detail

/// out_i = exp(net_i - m) / sum_j exp(net_j - m), with m the largest net input, so that no exponential overflows.
/// \shape   net[N] -> out[N]
/// \errors  none; finite inputs give finite outputs that sum to 1 within rounding
/// \source  Bridle 1990
struct softmax {
  static constexpr char const* name = "softmax";
  using fast_form = detail::fast_softmax;

  template <std::size_t N, class Exp = detail::softmax_exp, scalar T>
  static constexpr void apply(T const* net, T* out) noexcept {
    if constexpr (N >= 4 && kernel::native_lanes<T> >= 4 && N <= 8 * kernel::native_lanes<T>)
      if (!std::is_constant_evaluated()) return apply_by_vectors<N, Exp>(net, out);
    T largest = net[0];
    for (std::size_t i = 1; i < N; ++i) largest = largest < net[i] ? net[i] : largest;
    exponentials<N, Exp>(net, largest, out);
    T const scale = T(1) / kernel::sum<N>([out](std::size_t i) { return out[i]; });
    for (std::size_t i = 0; i < N; ++i) out[i] *= scale;
  }

  /// The same of the first N numbers in neighbouring vectors, in place. At run time only.
  ///
  /// The order of comparisons has no influence on the result: without NaN the maximum differs in a zero's sign at most,
  /// which the differences' exponentials do not show; a NaN makes every output one, whether or not it is the maximum.
  template <std::size_t N, class Exp = detail::softmax_exp, class V, std::size_t Count>
  requires(sizeof(V) >= 4 * sizeof(std::declval<V>()[0]))  //
      [[gnu::always_inline]] static inline void apply_to(V (&v)[Count]) noexcept {
    using T = std::remove_cvref_t<decltype(v[0][0])>;
    constexpr std::size_t lanes = sizeof(V) / sizeof(T), used = N - (Count - 1) * lanes;
    // What is beyond the end gets the exponential +0.
    if constexpr (used != lanes) v[Count - 1] = completed<used>(v[Count - 1], -math::detail::ieee<T>::infinity);
    V most = v[0];
    for (std::size_t k = 1; k < Count; ++k) most = most < v[k] ? v[k] : most;
    V const m = kernel::spread<V>(largest_of(most));
    kernel::vector<T, 4> sums{};  // exponentials are +0 at least, so beginning with +0 changes nothing
    for (std::size_t k = 0; k < Count; ++k) {
      v[k] = Exp::apply(V(v[k] - m));
      sums = plus_fours(sums, v[k], std::make_index_sequence<lanes / 4>{});
    }
    V const scale = kernel::spread<V>(T(1) / ((sums[0] + sums[2]) + (sums[1] + sums[3])));
    for (std::size_t k = 0; k < Count; ++k) v[k] *= scale;
  }

private:
  /// out_i = exp(net_i - m).
  template <std::size_t N, class Exp, scalar T> static constexpr void exponentials(T const* net, T m, T* out) noexcept {
    if constexpr (kernel::native_lanes < T >> 1)
      if (!std::is_constant_evaluated())
        return kernel::transform<N>(
            out, [m](auto x) { return Exp::apply(decltype(x)(x - m)); }, net);
    for (std::size_t i = 0; i < N; ++i) out[i] = Exp::apply(T(net[i] - m));
  }
  template <std::size_t N, class Exp, class T>
  [[gnu::always_inline]] static inline void apply_by_vectors(T const* net, T* out) noexcept {
    constexpr std::size_t fewest = kernel::lanes_for<T, N>, lanes = fewest < 4 ? 4 : fewest;
    constexpr std::size_t whole = N / lanes, rest = N % lanes;
    using V = kernel::vector<T, lanes>;
    V v[whole + (rest != 0)];
    for (std::size_t k = 0; k < whole; ++k) v[k] = kernel::load_fours<lanes, V>(net + k * lanes);
    if constexpr (rest != 0) v[whole] = kernel::load_fours<rest, V>(net + whole * lanes);
    apply_to<N, Exp>(v);
    for (std::size_t k = 0; k < whole; ++k) kernel::store(v[k], out + k * lanes);
    if constexpr (rest != 0) kernel::store_some<rest>(v[whole], out + whole * lanes);
  }
  /// Its first Used elements, then `fill`.
  template <std::size_t Used, class V, class T>
  [[nodiscard, gnu::always_inline]] static inline V completed(V v, T fill) noexcept {
    constexpr std::size_t lanes = sizeof(V) / sizeof(T);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return V(__builtin_shufflevector(v, kernel::spread<V>(fill), static_cast<int>(I < Used ? I : lanes + I)...));
    }
    (std::make_index_sequence<lanes>{});
  }
  /// By halves down to the smallest vectors.
  template <class V> [[nodiscard, gnu::always_inline]] static inline auto largest_of(V v) noexcept {
    constexpr std::size_t lanes = sizeof(V) / sizeof(v[0]);
    if constexpr (sizeof(V) > 16) {
      auto const low = kernel::part_of<0, lanes / 2>(v), high = kernel::part_of<lanes / 2, lanes / 2>(v);
      return largest_of(kernel::vector<std::remove_cvref_t<decltype(v[0])>, lanes / 2>(low < high ? high : low));
    } else if constexpr (lanes == 4) {
      V const other = __builtin_shufflevector(v, v, 2, 3, 0, 1);
      v = v < other ? other : v;
      return v[0] < v[1] ? v[1] : v[0];
    } else {
      return v[0] < v[1] ? v[1] : v[0];
    }
  }
  /// sums + each four of e in turn.
  template <class Four, class V, std::size_t... K>
  [[nodiscard, gnu::always_inline]] static inline Four plus_fours(Four sums, V e, std::index_sequence<K...>) noexcept {
    ((sums += kernel::part_of<4 * K, 4>(e)), ...);
    return sums;
  }

public:
  /// delta_i = out_i (delta_i - sum_j delta_j out_j).
  template <std::size_t N, scalar T> static constexpr void chain(T const* out, T* delta) noexcept {
    T const mean = kernel::dot<N>(static_cast<T const*>(delta), out);
    for (std::size_t i = 0; i < N; ++i) delta[i] = out[i] * (delta[i] - mean);
  }
};

namespace detail {
/// For the arithmetic `fast`.
struct fast_softmax : softmax {
  template <std::size_t N, scalar T> static constexpr void apply(T const* net, T* out) noexcept {
    softmax::apply<N, fast_softmax_exp>(net, out);
  }
  template <std::size_t N, class V, std::size_t Count>
  requires(sizeof(V) >= 4 * sizeof(std::declval<V>()[0]))  //
      [[gnu::always_inline]] static inline void apply_to(V (&v)[Count]) noexcept {
    softmax::apply_to<N, fast_softmax_exp>(v);
  }
};
}  // namespace detail

}  // namespace ctnn::inline CTNN_ABI
