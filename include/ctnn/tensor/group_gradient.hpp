// SPDX-License-Identifier: BSL-1.0
/// \file The gradient of a dense layer added up over a group of samples, in their order. At run time only.
///
/// Blocks of the gradient stay in registers while all samples are gone through, so the matrix is gone through once.
/// What a block starts from and what becomes of it is up to a `ledger`:
///   `begin<V>(i)`    what the parameter i of the layer, and those after it that make a vector, have so far
///   `end(v, i)`      what is to be written there now that v has the group's products added
///   `write(end, i)`  writes it
#pragma once
#include <ctnn/tensor/descent.hpp>
#include <ctnn/tensor/simd.hpp>
#include <ctnn/tensor/transpose.hpp>

#include <cstddef>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

/// A ledger that adds the gradient to an array, or begins one.
template <class T> struct gradient_sum {
  T* gradient;
  bool first;

  template <class V> [[nodiscard, gnu::always_inline]] V begin(std::size_t i) const noexcept {
    return first ? V{} : load<V>(gradient + i);
  }
  template <class V> [[nodiscard, gnu::always_inline]] V end(V sum, std::size_t) const noexcept { return sum; }
  template <class V> [[gnu::always_inline]] void write(V const& sum, std::size_t i) const noexcept {
    store(sum, gradient + i);
  }
};

/// One that does the same for all groups of a batch but the last; with that it lets a rule move the parameters against
/// `factor` times the gradient. If Undoable, the gradient's array gets the parameters from before.
template <std::size_t Stride, bool Undoable, class Rule, class T>
struct gradient_descent : descent_by_vectors<Stride, Undoable, Rule, T> {
  using base = descent_by_vectors<Stride, Undoable, Rule, T>;
  template <class V> using moved = typename base::template moved<V>;
  bool first, last;

  template <class V> [[nodiscard, gnu::always_inline]] V begin(std::size_t i) const noexcept {
    return first ? V{} : load<V>(this->former + i);
  }
  template <class V> [[nodiscard, gnu::always_inline]] moved<V> end(V sum, std::size_t i) const noexcept {
    return last ? base::end(sum, i) : moved<V>{sum, sum, {}};
  }
  template <class V> [[gnu::always_inline]] void write(moved<V> const& to, std::size_t i) const noexcept {
    if (last)
      base::write(to, i);
    else
      store(to.p, this->former + i);
  }
};

namespace detail {

/// So many sums are kept in registers, of so many vectors of a row (compare group_products.hpp).
inline constexpr std::size_t gradient_sums = vector_registers >= 32 ? 16 : 9;
inline constexpr std::size_t gradient_vectors = vector_registers >= 32 ? 1 : vector_bytes > 16 ? 3 : 4;

/// Where the vectors of a block lie in a row: side by side, the last maybe overlapping the one before.
template <std::size_t Vectors, std::size_t Lanes, std::size_t Overlap> struct block_of_row {
  static constexpr std::size_t vectors = Vectors, lanes = Lanes, numbers = Vectors * Lanes - Overlap;
  static constexpr std::size_t at(std::size_t v) noexcept { return v + 1 == Vectors ? numbers - Lanes : v * Lanes; }
};

/// What the ledger makes of the sums of one row. All of it is computed before any is written, as vectors may overlap.
template <class Block, class V, class Ledger, std::size_t... W>
[[gnu::always_inline]] inline void end_row(std::index_sequence<W...>, V const* sums, std::size_t i,
                                           Ledger const& ledger) noexcept {
  decltype(ledger.end(sums[0], i)) const ends[]{ledger.end(sums[W], i + Block::at(W))...};
  (ledger.write(ends[W], i + Block::at(W)), ...);
}

/// A block of some rows from row o and column i on.
template <std::size_t In, std::size_t Size, class Block, class V, class T, class Source, class Ledger, std::size_t... K>
[[gnu::always_inline]] inline void gradient_block(std::index_sequence<K...>, std::size_t o, std::size_t i,
                                                  std::size_t count, Source source, T const* d,
                                                  Ledger const& ledger) noexcept {
  constexpr std::size_t vectors = Block::vectors;
  d += o * Size;
  V g[]{ledger.template begin<V>((o + K / vectors) * In + i + Block::at(K % vectors))...};
#pragma GCC unroll unrolled
  for (std::size_t s = 0; s < count; ++s) {
    auto const* const x = source(s) + i;
    V xs[vectors];
    for (std::size_t v = 0; v < vectors; ++v) xs[v] = load<V>(x + Block::at(v));
    ((g[K] += xs[K % vectors] * spread<V>(d[K / vectors * Size + s])), ...);
  }
  ((K % vectors == 0 ? end_row<Block>(std::make_index_sequence<vectors>{}, g + K, (o + K / vectors) * In + i, ledger)
                     : void()),
   ...);
}

/// The same for all rows.
template <std::size_t Out, std::size_t In, std::size_t Size, class Block, class T, class Source, class Ledger>
inline void gradient_columns(std::size_t i, std::size_t count, Source source, T const* d, Ledger ledger) noexcept {
  using V = vector<T, Block::lanes>;
  constexpr std::size_t rows = gradient_sums / Block::vectors, whole = Out / rows * rows;
  for (std::size_t o = 0; o < whole; o += rows)
    gradient_block<In, Size, Block, V>(std::make_index_sequence<rows * Block::vectors>{}, o, i, count, source, d,
                                       ledger);
  if constexpr (whole != Out)
    gradient_block<In, Size, Block, V>(std::make_index_sequence<(Out - whole) * Block::vectors>{}, whole, i, count,
                                       source, d, ledger);
}

}  // namespace detail

/// Adds d x^T of each sample.
/// \shape   source(s) -> x[In] of sample s < count, d[Out][Size]; of the ledger [Out][In]
template <std::size_t Out, std::size_t In, std::size_t Size, class T, class Source, class Ledger>
inline void group_outer_products(std::size_t count, Source source, T const* d, Ledger ledger) noexcept {
  constexpr std::size_t lanes = lanes_within<T, In>, vectors = (In + lanes - 1) / lanes, overlap = vectors * lanes - In;
  constexpr std::size_t many = lanes == 1 ? In : detail::gradient_vectors;
  // The last block has the two that overlap, if there are such.
  constexpr std::size_t least = overlap == 0 ? 0 : many < 2 ? 2 : many, last = vectors < least ? vectors : least;
  constexpr std::size_t side_by_side = vectors - last, wide = side_by_side / many * many;
  for (std::size_t v = 0; v < wide; v += many)
    detail::gradient_columns<Out, In, Size, detail::block_of_row<many, lanes, 0>>(v * lanes, count, source, d, ledger);
  if constexpr (wide != side_by_side)
    detail::gradient_columns<Out, In, Size, detail::block_of_row<side_by_side - wide, lanes, 0>>(wide * lanes, count,
                                                                                                 source, d, ledger);
  if constexpr (last != 0)
    detail::gradient_columns<Out, In, Size, detail::block_of_row<last, lanes, overlap>>(side_by_side * lanes, count,
                                                                                        source, d, ledger);
}

/// Adds to Count parameters from `at` on, sample after sample. row(k, s) has the terms of parameter k as a vector, that
/// of sample s and those after it; squares of vectors are transposed, so that a sum's lanes are parameters.
template <class T, std::size_t Count, class Row, class Ledger>
[[gnu::always_inline]] inline void group_sums(std::size_t count, Row row, std::size_t at, Ledger ledger) noexcept {
  constexpr std::size_t lanes = lanes_within<T, Count>;
  using V = vector<T, lanes>;
  auto const end_at = [&](std::size_t k) {
    V sum = ledger.template begin<V>(at + k);
    for (std::size_t s = 0; s < count; s += lanes) {
      V square[lanes];
      for (std::size_t j = 0; j < lanes; ++j) square[j] = row.template operator()<V>(k + j, s);
      transpose_block<lanes>(square);
      auto const samples = count - s < lanes ? count - s : lanes;
      for (std::size_t j = 0; j < samples; ++j) sum += square[j];
    }
    return ledger.end(sum, at + k);
  };
  // The last vector may overlap the one before, so its parameters are read before those are written.
  auto const last = end_at(Count - lanes);
  for (std::size_t k = 0; k + lanes < Count; k += lanes) ledger.write(end_at(k), at + k);
  ledger.write(last, at + Count - lanes);
}

/// Adds d of each sample.
/// \shape   d[Out][Size]; of the ledger, [Out] from At on
template <std::size_t Out, std::size_t Size, std::size_t At, class T, class Ledger>
inline void group_sums_of_errors(std::size_t count, T const* d, Ledger ledger) noexcept {
  if constexpr (lanes_within<T, Out> == 1) {
    [&]<std::size_t... O>(std::index_sequence<O...>) {
      T sums[]{ledger.template begin<T>(At + O)...};
#pragma GCC unroll 1
      for (std::size_t s = 0; s < count; ++s) ((sums[O] += d[O * Size + s]), ...);
      (ledger.write(ledger.end(sums[O], At + O), At + O), ...);
    }
    (std::make_index_sequence<Out>{});
  } else {
    group_sums<T, Out>(
        count, [d]<class V>(std::size_t o, std::size_t s) { return load<V>(d + o * Size + s); }, At, ledger);
  }
}

/// Whether rows of In numbers are too short for vectors, but a layer's Count parameters are not.
template <class T, std::size_t In, std::size_t Count>
inline constexpr bool sums_all_parameters = lanes_within<T, In> == 1 && lanes_within<T, Count> > 1;

/// Adds d x^T of each sample, and d if there are biases.
/// \shape   x[In][Size], d[Out][Size]; of the ledger [Out][In], [Out]
template <std::size_t Out, std::size_t In, std::size_t Size, bool HasBias, class T, class Ledger>
inline void group_sums_of_products(std::size_t count, T const* x, T const* d, Ledger ledger) noexcept {
  constexpr std::size_t weights = Out * In;
  auto const row = [=]<class V>(std::size_t k, std::size_t s) __attribute__((always_inline)) {
    if (HasBias && k >= weights) return load<V>(d + (k - weights) * Size + s);
    return V(load<V>(d + k / In * Size + s) * load<V>(x + k % In * Size + s));
  };
  group_sums<T, weights + (HasBias ? Out : 0)>(count, row, 0, ledger);
}

}  // namespace ctnn::inline CTNN_ABI::kernel
