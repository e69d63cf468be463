// SPDX-License-Identifier: BSL-1.0
/// \file The hash of the exactness workload.
///
/// For each number, in order: h = (h xor bits) * 0x9E3779B97F4A7C15 modulo 2^64, then h = h xor (h >> 32), from
/// h = 0. The multiplier is odd and a shift-xor can be undone, so one number's bits always show. A number counts as
/// the integer that its IEEE 754 bits are (binary32 below 2^32), which no byte order changes. A NaN is hashed as it is:
/// the library makes one only, and another one would be a difference.
#pragma once
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace exactness {

class hash {
public:
  constexpr void add(std::uint64_t bits) noexcept {
    value_ = (value_ ^ bits) * 0x9E3779B97F4A7C15U;
    value_ ^= value_ >> 32U;
  }
  constexpr void add(float x) noexcept { add(std::uint64_t{__builtin_bit_cast(std::uint32_t, x)}); }
  constexpr void add(double x) noexcept {
    using bits = std::conditional_t<sizeof(double) == 4, std::uint32_t, std::uint64_t>;  // AVR's double is binary32
    add(std::uint64_t{__builtin_bit_cast(bits, x)});
  }
  template <class T> constexpr void add(T const* x, std::size_t count) noexcept {
    for (std::size_t i = 0; i < count; ++i) add(x[i]);
  }
  /// Anything with data() and size().
  template <class Range>
  requires requires(Range const& r) { r.data() + r.size(); }
  constexpr void add(Range const& range) noexcept { add(range.data(), range.size()); }
  [[nodiscard]] constexpr std::uint64_t value() const noexcept { return value_; }

private:
  std::uint64_t value_ = 0;
};

}  // namespace exactness
