// SPDX-License-Identifier: BSL-1.0
/// \file The gradient of a dense layer whose rows fit one vector, but do not fill it: of 9 to 15 numbers, if a vector
/// has 16. At run time only.
///
/// In place of two vectors of half the size, which overlap, a row's sums are one vector. That is half the instructions,
/// and of so many Clang makes a loop of so long ones that they wait to be decoded. Only at both ends there are halves.
#pragma once
#include <ctnn/tensor/group_gradient.hpp>
#include <ctnn/tensor/simd.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

/// Whether rows of In numbers are of that kind.
template <class T, std::size_t In>
inline constexpr bool has_short_rows = lanes_within<T, In> > 1 && lanes_within<T, In> < In&& In < native_lanes<T>;

namespace detail {

/// In numbers as one vector, of its first and last halves. What is behind them is of no use: the last number again.
template <std::size_t In, class H> [[nodiscard, gnu::always_inline]] inline auto joined(H a, H b) noexcept {
  constexpr std::size_t half = sizeof(H) / sizeof a[0];
  return [ a, b ]<std::size_t... K>(std::index_sequence<K...>) {
    using V = vector<std::remove_cvref_t<decltype(a[0])>, 2 * half>;
    return V(__builtin_shufflevector(a, b, (K < half ? K : K < In ? K + 2 * half - In : 2 * half - 1)...));
  }
  (std::make_index_sequence<2 * half>{});
}

/// A ledger (see group_gradient.hpp) of rows of In numbers, each of which is asked for as a vector of twice Half.
template <std::size_t In, std::size_t Half, class T, class Ledger> struct ledger_by_halves {
  using H = vector<T, Half>;
  static constexpr std::size_t second = In - Half;
  struct halves {
    decltype(std::declval<Ledger const&>().end(H{}, std::size_t{})) a, b;
  };

  Ledger ledger;

  template <class V> [[nodiscard, gnu::always_inline]] V begin(std::size_t i) const noexcept {
    return joined<In>(ledger.template begin<H>(i), ledger.template begin<H>(i + second));
  }
  template <class V> [[nodiscard, gnu::always_inline]] halves end(V sum, std::size_t i) const noexcept {
    return {ledger.end(part_of<0, Half>(sum), i), ledger.end(part_of<second, Half>(sum), i + second)};
  }
  [[gnu::always_inline]] void write(halves const& to, std::size_t i) const noexcept {
    ledger.write(to.a, i);
    ledger.write(to.b, i + second);
  }
};

}  // namespace detail

/// Adds d x^T of each sample.
/// \shape   source(s) -> x[In] of sample s < count, d[Out][Size]; of the ledger [Out][In]
template <std::size_t Out, std::size_t In, std::size_t Size, class T, class Source, class Ledger>
inline void short_outer_products(std::size_t count, Source source, T const* d, Ledger ledger) noexcept {
  constexpr std::size_t half = lanes_within<T, In>;
  using by_halves = detail::ledger_by_halves<In, half, T, Ledger>;
  using H = typename by_halves::H;
  vector<T, 2 * half> xs[Size];
  for (std::size_t s = 0; s < count; ++s) {
    T const* const x = source(s);
    xs[s] = detail::joined<In>(load<H>(x), load<H>(x + by_halves::second));
  }
  detail::gradient_columns<Out, In, Size, detail::block_of_row<1, 2 * half, 0>>(
      0, count, [first = &xs[0]](std::size_t s) { return first + s; }, d, by_halves{ledger});
}

}  // namespace ctnn::inline CTNN_ABI::kernel
