// SPDX-License-Identifier: BSL-1.0
/// \file Vectors of numbers, by the extension that GCC and Clang share. At run time only.
#pragma once
#include <ctnn/config/target.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

/// No vector is smaller than 16 bytes: GCC for 32-bit x86 computes with such in MMX registers, and so spoils the
/// floating-point stack, which they share.
template <class T, std::size_t Lanes> struct vector_of {
  static_assert(Lanes * sizeof(T) >= 16);
  typedef T type __attribute__((vector_size(Lanes * sizeof(T))));
};
template <class T> struct vector_of<T, 1> { using type = T; };
/// Lanes numbers, computed with all at once; a power of two.
template <class T, std::size_t Lanes> using vector = typename vector_of<T, Lanes>::type;

/// Numbers in a vector register; 1 if there are none to use.
template <class T>
inline constexpr std::size_t native_lanes = std::is_floating_point_v<T>&& vector_bytes / sizeof(T) > 1
                                                ? vector_bytes / sizeof(T)
                                                : 1;

/// Numbers in the smallest vector that holds N, or in a register if none does.
template <class T, std::size_t N>
inline constexpr std::size_t lanes_for = [] {
  auto lanes = native_lanes<T>;
  while (lanes / 2 >= N && lanes / 2 * sizeof(T) >= 16) lanes /= 2;
  return lanes;
}();

/// Numbers in the largest vector that N numbers fill, of which the last may overlap the one before; 1 if N is less than
/// the smallest vector.
template <class T, std::size_t N>
inline constexpr std::size_t lanes_within = [] {
  auto lanes = native_lanes<T>;
  while (lanes > N) lanes /= 2;
  return lanes * sizeof(T) < 16 ? 1 : lanes;
}();

template <class V, class T> [[nodiscard, gnu::always_inline]] inline V load(T const* from) noexcept {
  if constexpr (std::is_same_v<V, T>) return *from;  // of which GCC copies single bytes where alignment is needed
  V v;
  __builtin_memcpy(&v, from, sizeof v);
  return v;
}
template <class V, class T> [[gnu::always_inline]] inline void store(V const& v, T* to) noexcept {
  if constexpr (std::is_same_v<V, T>)
    *to = v;
  else
    __builtin_memcpy(to, &v, sizeof v);
}
/// The same number in each lane.
template <class V, class T> [[nodiscard, gnu::always_inline]] inline V spread(T x) noexcept { return x - V{}; }

/// Only the first Count numbers; the others are 0.
template <std::size_t Count, class V, class T>
[[nodiscard, gnu::always_inline]] inline V load_some(T const* from) noexcept {
  V v{};
  __builtin_memcpy(&v, from, Count * sizeof(T));
  return v;
}
/// The Lanes elements from First on.
template <std::size_t First, std::size_t Lanes, class V>
[[nodiscard, gnu::always_inline]] inline auto part_of(V v) noexcept {
  using Part = vector<std::remove_cvref_t<decltype(v[0])>, Lanes>;
  if constexpr (Lanes == 1)
    return v[First];
  else
    return [v]<std::size_t... I>(std::index_sequence<I...>) {
      return Part(__builtin_shufflevector(v, v, static_cast<int>(First + I)...));
    }
  (std::make_index_sequence<Lanes>{});
}
/// Loads by fours, as they may have been stored just before, and one load of what was stored in parts has to wait.
template <std::size_t Count, class V, class T>
[[nodiscard, gnu::always_inline]] inline V load_fours(T const* from) noexcept {
  constexpr std::size_t lanes = sizeof(V) / sizeof(T), half = lanes / 2;
  if constexpr (lanes <= 4) {
    if constexpr (Count >= lanes)
      return load<V>(from);
    else
      return load_some<Count, V>(from);
  } else {
    using H = vector<T, half>;
    H const low = load_fours<Count, H>(from);
    H high{};
    if constexpr (Count > half) high = load_fours<Count - half, H>(from + half);
    return [ low, high ]<std::size_t... I>(std::index_sequence<I...>) {
      return V(__builtin_shufflevector(low, high, static_cast<int>(I)...));
    }
    (std::make_index_sequence<lanes>{});
  }
}
/// Stores by halves: a copy of a vector's first bytes would take the way through memory.
template <std::size_t Count, class V, class T>
[[gnu::always_inline]] inline void store_some(V const& v, T* to) noexcept {
  constexpr std::size_t lanes = sizeof(V) / sizeof(T), half = lanes / 2;
  if constexpr (Count == lanes) {
    store(v, to);
  } else if constexpr (Count == 1) {
    to[0] = v[0];
  } else if constexpr (sizeof(V) == 16) {  // three or two of four; there is no vector of two
    auto const two = __builtin_bit_cast(vector<std::uint64_t, 2>, v)[0];
    __builtin_memcpy(to, &two, sizeof two);
    if constexpr (Count == 3) to[2] = v[2];
  } else if constexpr (Count <= half) {
    store_some<Count>(part_of<0, half>(v), to);
  } else {
    store(part_of<0, half>(v), to);
    store_some<Count - half>(part_of<half, half>(v), to + half);
  }
}

/// Registers' worth of numbers that `transform` works on at a time. Two make two chains of dependent instructions, if
/// the registers suffice. GCC splits the operations on so large a vector badly.
#ifdef __clang__
inline constexpr std::size_t transform_registers = vector_registers >= 32 ? 2 : 1;
#else
inline constexpr std::size_t transform_registers = 1;
#endif

/// Rounds that are written out in loops whose sums take nearly all registers. Of more, compilers load too much ahead.
#ifdef __clang__
inline constexpr unsigned unrolled = 1;
#else
inline constexpr unsigned unrolled = vector_registers >= 32 ? 1 : 2;
#endif

/// y[i] = f(x[i], ...) for N elements by vectors, where f takes vectors; of the last one only a part is used.
template <std::size_t N, class T, class F, class... X>
[[gnu::always_inline]] inline void transform(T* y, F f, X const*... x) noexcept {
  constexpr std::size_t lanes = lanes_for<T, N>;
  constexpr std::size_t whole = N / lanes * lanes;
  constexpr std::size_t many = lanes * transform_registers;
  constexpr std::size_t in_many = transform_registers > 1 ? N / many * many : 0;
  using V = vector<T, lanes>;
  if constexpr (in_many != 0) {
    using W = vector<T, many>;
    for (std::size_t i = 0; i < in_many; i += many) store<W>(f(load<W>(x + i)...), y + i);
  }
  for (std::size_t i = in_many; i < whole; i += lanes) store<V>(f(load<V>(x + i)...), y + i);
  if constexpr (whole != N) store_some<N - whole>(f(load_some<N - whole, V>(x + whole)...), y + whole);
}

/// An absent term of a sum: x + absent = x for every x, -0 too.
template <class T> inline constexpr T absent = -T(0);

}  // namespace ctnn::inline CTNN_ABI::kernel
