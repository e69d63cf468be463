// SPDX-License-Identifier: BSL-1.0
/// \file The gradient of a dense layer without the samples of which a neuron has no error. At run time only.
///
/// A rectified linear unit is off for half of the samples, as a rule, and its error is 0 then. What such a sample adds
/// to the gradient is 0, or -0, as long as its inputs are finite. Leaving that out changes nothing: the sums begin with
/// +0, and a sum is -0 only if both of its terms are, so none becomes -0 whatever is added. (Single steps have to mind
/// signs of zeros, see active_training.hpp, as parameters may be -0 from the beginning.)
#pragma once
#include <ctnn/tensor/active_rows.hpp>
#include <ctnn/tensor/group_gradient.hpp>
#include <ctnn/tensor/simd.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

namespace detail {

/// The samples of which a neuron has an error; the first one's bit is the lowest.
/// \shape   d[Size], of which the first `count` samples
template <std::size_t Size, class T>
[[nodiscard, gnu::always_inline]] inline std::uint32_t active_set(std::size_t count, T const* d) noexcept {
  static_assert(Size <= 32);
  if (count == Size) return static_cast<std::uint32_t>(not_zero<Size>(d));
  constexpr std::size_t lanes = native_lanes<T>;
  std::uint64_t set = 0;
#pragma GCC unroll 1
  for (std::size_t s = 0; s < count; s += lanes) set |= not_zero<lanes>(d + s) << s;
  return static_cast<std::uint32_t>(set) & ~(~std::uint32_t{} << count);
}

/// So many sums are kept in registers, of a row's vectors side by side. With 32 registers it might be more, but the
/// samples' parts of a row are to stay in the first-level cache.
inline constexpr std::size_t active_vectors = vector_registers >= 32 ? 10 : 8;

/// How a row is divided into blocks of vectors, which differ by no more than one.
template <class T, std::size_t In> struct blocks_of_row {
  static constexpr std::size_t lanes = lanes_within<T, In>, vectors = (In + lanes - 1) / lanes;
  static constexpr std::size_t overlap = vectors * lanes - In;
  static constexpr std::size_t blocks = (vectors + active_vectors - 1) / active_vectors;
  static constexpr std::size_t narrow = vectors / blocks, wider = vectors % blocks;
};

/// A block of all rows from column i on; active[Out] has the samples of each.
template <std::size_t Out, std::size_t In, std::size_t Size, class Block, class T, class Source, class Ledger>
[[gnu::noinline]] inline void active_columns(std::uint32_t const* active, std::size_t i, std::size_t count,
                                             Source source, T const* d, Ledger ledger) noexcept {
  using V = vector<T, Block::lanes>;
  [&]<std::size_t... K>(std::index_sequence<K...> vectors) {
    // A copy, as each number is loaded by many neurons, and loads of vectors that are not aligned take twice as long.
    V xs[Size][Block::vectors];
    for (std::size_t s = 0; s < count; ++s) {
      T const* const x = source(s) + i;
      ((xs[s][K] = load<V>(x + Block::at(K))), ...);
    }
    for (std::size_t o = 0; o < Out; ++o) {
      V g[]{ledger.template begin<V>(o * In + i + Block::at(K))...};
#pragma GCC unroll 1
      for (auto set = active[o]; set != 0; set &= set - 1) {
        auto const s = static_cast<std::size_t>(__builtin_ctzl(set));
        V const error = spread<V>(d[o * Size + s]);
        ((g[K] += xs[s][K] * error), ...);
      }
      end_row<Block>(vectors, g, o * In + i, ledger);
    }
  }
  (std::make_index_sequence<Block::vectors>{});
}

}  // namespace detail

/// Whether rows of In numbers are long enough to leave out samples, half of which are active.
template <class T, std::size_t In> inline constexpr bool may_skip_samples = detail::blocks_of_row<T, In>::vectors >= 4;

/// Whether active_outer_products takes less time than group_outer_products, by a look at every fourth neuron. A sample
/// takes one vector more, its error, and a neuron about as long as 32 vectors: its samples are looked for, and the end
/// of their loop is not foreseen.
/// \shape   d[Out][Size]
template <std::size_t Out, std::size_t In, std::size_t Size, class T>
[[nodiscard]] inline bool is_sparse(std::size_t count, T const* d) noexcept {
  constexpr std::size_t width = detail::blocks_of_row<T, In>::narrow;
  std::size_t dense = 0, sparse = 0;
  for (std::size_t o = 0; o < Out; o += 4) {
    dense += count * width;
    sparse +=
        static_cast<std::size_t>(__builtin_popcountl(detail::active_set<Size>(count, d + o * Size))) * (width + 1) + 32;
  }
  return sparse < dense;
}

/// Adds d x^T of each sample; all x must be finite.
/// \shape   source(s) -> x[In] of sample s < count, d[Out][Size]; of the ledger [Out][In]
template <std::size_t Out, std::size_t In, std::size_t Size, class T, class Source, class Ledger>
inline void active_outer_products(std::size_t count, Source source, T const* d, Ledger ledger) noexcept {
  using row = detail::blocks_of_row<T, In>;
  std::uint32_t active[Out];
  for (std::size_t o = 0; o < Out; ++o) active[o] = detail::active_set<Size>(count, d + o * Size);
  std::size_t v = 0;
  auto const columns = [&]<class Block>(Block) {
    detail::active_columns<Out, In, Size, Block>(&active[0], v * row::lanes, count, source, d, ledger);
    v += Block::vectors;
  };
  if constexpr (row::wider != 0)
    while (v < row::wider * (row::narrow + 1)) columns(detail::block_of_row<row::narrow + 1, row::lanes, 0>{});
  while (v + row::narrow < row::vectors) columns(detail::block_of_row<row::narrow, row::lanes, 0>{});
  columns(detail::block_of_row<row::narrow, row::lanes, row::overlap>{});
}

}  // namespace ctnn::inline CTNN_ABI::kernel
