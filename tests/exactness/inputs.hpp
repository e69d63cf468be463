// SPDX-License-Identifier: BSL-1.0
/// \file Bit patterns for functions of one number.
#pragma once
#include <ctnn/math/ieee.hpp>
#include <ctnn/math/rng.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>

namespace exactness {

/// Special values, the ends of the functions' ranges, and their neighbours.
template <class T>
inline constexpr T special_inputs[] = {
    T(0),
    std::numeric_limits<T>::denorm_min(),
    std::numeric_limits<T>::min(),
    std::numeric_limits<T>::max(),
    std::numeric_limits<T>::infinity(),
    std::numeric_limits<T>::quiet_NaN(),
    std::numeric_limits<T>::epsilon(),
    T(0.5),
    T(0.75),
    T(1),
    T(2),
    T(3),
    T(4),
    T(6),
    T(10),
    T(16.6),
    T(18),
    T(20),
    T(36.8),
    T(38),
    T(40),
    T(87.3),
    T(88.5),
    T(88.72283),
    T(88.72284),
    T(89),
    T(103.9),
    T(104),
    T(708.5),
    T(709.78),
    T(709.79),
    T(710),
    T(745.1),
    T(745.2),
    T(746),
    T(1000),
};
template <class T> inline constexpr std::size_t special_count = sizeof special_inputs<T> / sizeof(T);

/// The numbers that a function is tried with: the special ones with their neighbours and both signs, then by turns one
/// of any exponent, every exponent equally often (NaN and infinity are an exponent too), and one of the
/// exponents between which results are neither 0, 1 nor infinite. The other bits are random.
template <class T> class input_sequence {
  using bits = ctnn::math::detail::bits_of<T>;
  using format = ctnn::math::detail::ieee<T>;
  static constexpr bits exponents = (bits{1} << (ctnn::math::detail::is_binary32<T> ? 8 : 11));
  static constexpr bits ordinary_below = ctnn::math::detail::is_binary32<T> ? 14 : 26;
  static constexpr bits ordinary = ctnn::math::detail::is_binary32<T> ? 22 : 37;  // up to 2^8, or 2^11

public:
  constexpr T next() noexcept {
    auto const i = index_++;
    if (i < 6 * special_count<T>) {
      auto const b = __builtin_bit_cast(bits, special_inputs<T>[i / 6]) + static_cast<bits>(i % 3) - 1;
      return __builtin_bit_cast(T, static_cast<bits>(i / 3 % 2 == 0 ? b : b ^ format::sign));
    }
    auto const random = random_.next();
    auto const turn = static_cast<bits>(i / 2);
    bits const exponent = i % 2 == 0 ? turn % exponents : format::bias - ordinary_below + turn % ordinary;
    bits const rest = static_cast<bits>(random) & (format::sign | ((bits{1} << format::fraction_bits) - 1));
    return __builtin_bit_cast(T, static_cast<bits>(rest | (exponent << format::fraction_bits)));
  }

private:
  std::uint32_t index_ = 0;
  ctnn::math::rng random_{2026};
};

}  // namespace exactness
