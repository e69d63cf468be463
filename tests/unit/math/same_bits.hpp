// SPDX-License-Identifier: BSL-1.0
/// \file Evaluates a function of ctnn::math as constants, then again at run time and for vectors, and compares the bits.
#pragma once
#include <ctnn/math/ieee.hpp>

#include "support/catch.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <limits>
#include <type_traits>
#include <utility>

namespace math_test {

template <class T> constexpr auto bits(T x) { return std::bit_cast<ctnn::math::detail::bits_of<T>>(x); }
template <class T> constexpr bool same(T a, T b) { return bits(a) == bits(b); }
template <class T> constexpr bool is_nan(T x) { return x != x; }

template <class T> inline constexpr T infinity = std::numeric_limits<T>::infinity();
template <class T> inline constexpr T not_a_number = std::numeric_limits<T>::quiet_NaN();
template <class T> inline constexpr T min = std::numeric_limits<T>::min();
template <class T> inline constexpr T denorm_min = std::numeric_limits<T>::denorm_min();
template <class T> inline constexpr T max = std::numeric_limits<T>::max();

/// Special inputs, thresholds, and 400 more over the exponents and over the range where results are ordinary.
template <class T> constexpr auto inputs() {
  std::array<T, 480> x{};
  std::size_t n = 0;
  for (T s : {T(1), T(-1)}) {
    for (T special :
         {T(0),     infinity<T>, not_a_number<T>, min<T>,    denorm_min<T>, max<T>,   T(1),        T(0.5),
          T(2),     T(9.25),     T(16.6),         T(36.8),   T(38),         T(87.5),  T(88.72283), T(88.72284),
          T(103.9), T(104),      T(708.5),        T(709.78), T(709.79),     T(745.1), T(745.2),    T(746)})
      x[n++] = s < 0 ? -special : special;
    T y = min<T> * T(0.0123);
    for (int i = 0; i < 96; ++i, y *= (sizeof(T) == 4 ? T(6.1) : T(2.5e6)))
      x[n++] = s * (y < T(1e38) ? y : T(3) * T(i));
    for (int i = 0; i < 120; ++i) x[n++] = s * (T(i) * T(0.1734) + T(0.0003));
  }
  return x;
}

/// `f` is a stateless function object, so that the constants are evaluated for the same f.
template <class T, class F> void constant_is_run_time(F f) {
  static constexpr auto x = inputs<T>();
  static constexpr auto constants = [] {
    std::array<T, x.size()> y{};
    for (std::size_t i = 0; i < x.size(); ++i) y[i] = F{}(x[i]);
    return y;
  }();
  for (std::size_t i = 0; i < x.size(); ++i) {
    T volatile opaque = x[i];
    INFO("input " << i << ": " << x[i]);
    CHECK(same(f(T(opaque)), constants[i]));
  }
  // the vectorised loop too
  std::array<T, x.size()> opaque = x;
  asm volatile("" : : "r"(opaque.data()) : "memory");
  std::array<T, x.size()> y{};
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = f(opaque[i]);
  for (std::size_t i = 0; i < x.size(); ++i) CHECK(same(y[i], constants[i]));
}

/// Each element of a vector must be what the number gives; NaN is compared too, with several payloads and both signs.
template <class V, class F> void vector_is_scalar(F f) {
  using T = std::remove_cvref_t<decltype(std::declval<V&>()[0])>;
  constexpr std::size_t lanes = sizeof(V) / sizeof(T);
  auto x = inputs<T>();
  using bits_of_t = ctnn::math::detail::bits_of<T>;
  for (std::size_t i = 0; i < 16; ++i)
    x[i * 29 + 5] = std::bit_cast<T>(static_cast<bits_of_t>(bits(infinity<T>) + 1 + (i * i * 977)));
  for (std::size_t i = 0; i < 16; ++i)
    x[i * 29 + 6] = -std::bit_cast<T>(static_cast<bits_of_t>(bits(not_a_number<T>) + i * 1093));
  for (std::size_t first = 0; first < x.size(); first += lanes) {
    V in{};
    for (std::size_t i = 0; i < lanes; ++i) in[i] = x[first + i];
    asm volatile("" : "+m"(in));
    V const out = f(in);
    for (std::size_t i = 0; i < lanes; ++i) {
      T volatile opaque = x[first + i];
      INFO("input " << x[first + i] << ", lane " << i << " of " << lanes);
      CHECK(same(T(out[i]), f(T(opaque))));
    }
  }
}

typedef float float4 __attribute__((vector_size(16)));
typedef float float8 __attribute__((vector_size(32)));
typedef float float16 __attribute__((vector_size(64)));
typedef double double2 __attribute__((vector_size(16)));
typedef double double8 __attribute__((vector_size(64)));

template <class F> void vectors_are_scalar(F f) {
  vector_is_scalar<float4>(f);
  vector_is_scalar<float8>(f);
  vector_is_scalar<float16>(f);
  vector_is_scalar<double2>(f);
  vector_is_scalar<double8>(f);
}

}  // namespace math_test
