// SPDX-License-Identifier: BSL-1.0
/// \file Matrix-vector products y = W x + b in which every sum is kept as P interleaved partial sums.
///
/// s_j = t_j + t_(j+P) + t_(j+2P) + ..., each from the left, the bias first in s_0; then s_j + s_(j+P/2), and so on by
/// halves. -0.0 stands for a term that is absent, because adding it changes nothing. Three ways to store W:
///   rows     W[o][i]: P lanes run along a row; where the vector is wider than that, it holds several rows' partial
///   sums,
///            or the vector stays narrow (the two are separate kernels)
///   packed   as `rows` with several rows in a vector, but stored in the order in which the vectors are loaded
///   columns  W[i][o]: lanes run over the outputs; each output vector has P accumulators, or the sums come one after
///            the other
#pragma once
#include <cstddef>
#include <cstring>
#include <type_traits>
#include <utility>

namespace partial_sums {

using std::size_t;

#if defined(__AVX512F__)
inline constexpr size_t native_lanes = 16, registers = 32;
#elif defined(__AVX2__)
inline constexpr size_t native_lanes = 8, registers = 16;
#else
inline constexpr size_t native_lanes = 4, registers = 16;
#endif

template <size_t L> struct lanes { typedef float type __attribute__((vector_size(L * sizeof(float)))); };
template <> struct lanes<1> { using type = float; };
template <size_t L> using vec = typename lanes<L>::type;

template <size_t K, class F> [[gnu::always_inline]] inline void each(F&& f) {
  [&]<size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
    (f(std::integral_constant<size_t, I>{}), ...);
  }
  (std::make_index_sequence<K>{});
}

template <size_t L> [[gnu::always_inline]] inline vec<L> load(float const* p) {
  vec<L> v;
  std::memcpy(&v, p, sizeof v);
  return v;
}

template <size_t L> [[gnu::always_inline]] inline vec<L> filled(float value) {
  if constexpr (L == 1)
    return value;
  else
    return value - vec<L>{};
}

/// The first Count lanes from memory, the others \p rest.
template <size_t L, size_t Count> [[gnu::always_inline]] inline vec<L> load_some(float const* p, float rest) {
  if constexpr (Count == L) {
    return load<L>(p);
  } else {
    vec<L> v = filled<L>(rest);
    each<Count>([&](auto i) __attribute__((always_inline)) { v[i()] = p[i()]; });
    return v;
  }
}

/// Both vectors side by side.
template <size_t L> [[gnu::always_inline]] inline vec<2 * L> joined(vec<L> a, vec<L> b) {
  if constexpr (L == 1)
    return vec<2>{a, b};
  else
    return [&]<size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
      return vec<2 * L>(__builtin_shufflevector(a, b, static_cast<int>(I)...));
    }
  (std::make_index_sequence<2 * L>{});
}

/// \p v again and again.
template <size_t L, size_t Wide> [[gnu::always_inline]] inline vec<Wide> repeated(vec<L> v) {
  if constexpr (L == Wide)
    return v;
  else
    return repeated<2 * L, Wide>(joined<L>(v, v));
}

/// Lanes hold segments of Segment partial sums. Adds the halves of each segment; those of a come first, then those of
/// b.
template <size_t L, size_t Segment> [[gnu::always_inline]] inline vec<L> halves_added(vec<L> a, vec<L> b) {
  constexpr size_t half = Segment / 2, in_a = L / Segment;
  constexpr auto from = [](size_t lane) {
    size_t const segment = lane / half;
    return static_cast<int>((segment < in_a ? segment * Segment : L + (segment - in_a) * Segment) + lane % half);
  };
  return [&]<size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
    return vec<L>(__builtin_shufflevector(a, b, from(I)...)) +
           vec<L>(__builtin_shufflevector(a, b, (from(I) + static_cast<int>(half))...));
  }
  (std::make_index_sequence<L>{});
}

/// Adds up the segments of Count vectors; the sums go to y[0 ... Sums).
template <size_t L, size_t Segment, size_t Count, size_t Sums>
[[gnu::always_inline]] inline void add_up(vec<L> const* a, float* y) {
  if constexpr (Segment == 1) {
    if constexpr (Sums >= L * Count) {
      std::memcpy(y, a, Count * sizeof(vec<L>));
    } else {
      static_assert(Count == 1);
      each<Sums>([&](auto i) __attribute__((always_inline)) { y[i()] = a[0][i()]; });
    }
  } else {
    constexpr size_t left = (Count + 1) / 2;
    vec<L> sums[left];
    each<left>([&](auto i) __attribute__((always_inline)) {
      sums[i] = halves_added<L, Segment>(a[2 * i], a[2 * i + 1 < Count ? 2 * i + 1 : 2 * i]);
    });
    add_up<L, Segment / 2, left, Sums>(sums, y);
  }
}

/// R rows at once, each in vectors of at most P lanes.
template <size_t N, size_t P, size_t R>
[[gnu::always_inline]] inline void narrow_rows(float const* w, float const* x, float const* bias, float* y) {
  constexpr size_t L = P < native_lanes ? P : native_lanes, K = P / L;
  vec<L> sum[K][R];
  each<K>([&](auto k) __attribute__((always_inline)) {
    each<R>([&](auto r) __attribute__((always_inline)) {
      sum[k][r] = filled<L>(-0.F);
      if constexpr (k == 0) {
        if constexpr (L == 1)
          sum[k][r] = bias[r];
        else
          sum[k][r][0] = bias[r];
      }
    });
  });
  for (size_t i = 0; i + P <= N; i += P)
    each<K>([&](auto k) __attribute__((always_inline)) {
      auto const part = load<L>(x + i + k * L);
      each<R>([&](auto r) __attribute__((always_inline)) { sum[k][r] += load<L>(w + r * N + i + k * L) * part; });
    });
  constexpr size_t whole = N / P * P;
  each<K>([&](auto k) __attribute__((always_inline)) {
    constexpr size_t at = whole + k * L, count = at >= N ? 0 : N - at < L ? N - at : L;
    if constexpr (count != 0) {
      auto const part = load_some<L, count>(x + at, 1);
      each<R>([&](auto r)
                  __attribute__((always_inline)) { sum[k][r] += load_some<L, count>(w + r * N + at, -0.F) * part; });
    }
  });
  for (size_t k = K / 2; k != 0; k /= 2)
    for (size_t j = 0; j < k; ++j) each<R>([&](auto r) __attribute__((always_inline)) { sum[j][r] += sum[j + k][r]; });
  if constexpr (L == 1)
    each<R>([&](auto r) __attribute__((always_inline)) { y[r] = sum[0][r]; });
  else
    add_up<L, L, R, R>(sum[0], y);
}

/// The P numbers from i on of each of the rows that share a vector.
template <size_t N, size_t P, size_t L, size_t Count>
[[gnu::always_inline]] inline vec<L> load_rows(float const* w, float rest) {
  if constexpr (L == P) {
    if constexpr (P == 1)
      return *w;
    else
      return load_some<P, Count>(w, rest);
  } else {
    return joined<L / 2>(load_rows<N, P, L / 2, Count>(w, rest),
                         load_rows<N, P, L / 2, Count>(w + L / 2 / P * N, rest));
  }
}

/// R vectors at once, each with P partial sums of native_lanes / P rows.
template <size_t N, size_t P, size_t R, bool Packed>
[[gnu::always_inline]] inline void wide_rows(float const* w, float const* x, float const* bias, float* y) {
  constexpr size_t L = native_lanes, rows = L / P, step = Packed ? R * L : P;
  constexpr auto of = [](size_t r) { return Packed ? r * L : r * rows * N; };
  vec<L> sum[R];
  each<R>([&](auto r) __attribute__((always_inline)) {
    sum[r] = filled<L>(-0.F);
    each<rows>([&](auto o) __attribute__((always_inline)) { sum[r][o * P] = bias[r * rows + o]; });
  });
  for (size_t i = 0; i < N / P; ++i) {
    auto const part = repeated<P, L>(load<P>(x + i * P));
    each<R>([&](auto r) __attribute__((always_inline)) {
      if constexpr (Packed)
        sum[r] += load<L>(w + i * step + of(r)) * part;
      else
        sum[r] += load_rows<N, P, L, P>(w + i * step + of(r), 0) * part;
    });
  }
  if constexpr (N % P != 0) {
    auto const part = repeated<P, L>(load_some<P, N % P>(x + N / P * P, 1));
    each<R>([&](auto r) __attribute__((always_inline)) {
      if constexpr (Packed)
        sum[r] += load<L>(w + N / P * step + of(r)) * part;
      else
        sum[r] += load_rows<N, P, L, N % P>(w + N / P * step + of(r), -0.F) * part;
    });
  }
  add_up<L, P, R, R * rows>(sum, y);
}

/// B vectors of L outputs at once, whose weights lie M numbers apart.
template <size_t N, size_t P, size_t L, size_t B>
[[gnu::always_inline]] inline void columns(float const* w, float const* x, float const* bias, float* y, size_t M) {
  constexpr size_t sums = P < N ? P : N;
  vec<L> sum[P][B];
  each<P>([&](auto j) __attribute__((always_inline)) {
    each<B>([&](auto b)
                __attribute__((always_inline)) { sum[j][b] = j == 0 ? load<L>(bias + b * L) : filled<L>(-0.F); });
  });
  auto const add = [&](size_t i, auto j) __attribute__((always_inline)) {
    each<B>([&](auto b) __attribute__((always_inline)) { sum[j][b] += load<L>(w + i * M + b * L) * x[i]; });
  };
  for (size_t i = 0; i + P <= N; i += P) each<P>([&](auto j) __attribute__((always_inline)) { add(i + j, j); });
  each<N % P>([&](auto j) __attribute__((always_inline)) { add(N / P * P + j, j); });
  static_assert(sums > 0);
  auto const fold = [&](auto half, auto const& self) __attribute__((always_inline))->void {
    if constexpr (half != 0) {
      each<half>([&](auto j) __attribute__((always_inline)) {
        if constexpr (j + half < sums)
          each<B>([&](auto b) __attribute__((always_inline)) { sum[j][b] += sum[j + half][b]; });
      });
      self(std::integral_constant<size_t, half / 2>{}, self);
    }
  };
  fold(std::integral_constant<size_t, P / 2>{}, fold);
  each<B>([&](auto b) __attribute__((always_inline)) { std::memcpy(y + b * L, &sum[0][b], sizeof(vec<L>)); });
}

/// The same one partial sum after the other, which leaves the registers to B vectors: all terms of s_0, then all of
/// s_1, and so on. offset(i) is where the weights of term i begin.
template <size_t N, size_t P, size_t L, size_t B>
[[gnu::always_inline]] inline void columns_by_sum(float const* w, float const* x, float const* bias, float* y,
                                                  auto offset) {
  constexpr size_t sums = P < N ? P : N;
  vec<L> kept[sums][B];
  for (size_t j = 0; j < sums; ++j) {
    vec<L> sum[B];
    each<B>([&](auto b) __attribute__((always_inline)) { sum[b] = j == 0 ? load<L>(bias + b * L) : filled<L>(-0.F); });
    for (size_t i = j; i < N; i += P)
      each<B>([&](auto b) __attribute__((always_inline)) { sum[b] += load<L>(w + offset(i) + b * L) * x[i]; });
    each<B>([&](auto b) __attribute__((always_inline)) { kept[j][b] = sum[b]; });
  }
  each<B>([&](auto b) __attribute__((always_inline)) {
    for (size_t half = P / 2; half != 0; half /= 2)
      for (size_t j = 0; j < half && j + half < sums; ++j) kept[j][b] += kept[j + half][b];
    std::memcpy(y + b * L, &kept[0][b], sizeof(vec<L>));
  });
}

}  // namespace partial_sums
