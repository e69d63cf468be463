// SPDX-License-Identifier: BSL-1.0
/// \file Addition of IEEE 754 binary64 numbers in integers.
///
/// libgcc's own for Arm without double-precision hardware (libgcc/config/arm/ieee754-df.S, also in Debian's 12.2) is
/// wrong in one place. Where the exponents differ by 33, `1 - y` with y = 0x1.0488823db1011p-33 for example, the
/// upper word of the smaller number is shifted right and its lower word only remembered as "not zero". If the
/// difference then needs one more bit, because it lies below a power of two, that bit is the lower word's top bit,
/// which is gone: the result is rounded to the wrong side.
#pragma once
#include <cstdint>

namespace exactness {

/// The bits of a + b, rounded to nearest, ties to even. A NaN gives itself made quiet, inf - inf the default NaN.
constexpr std::uint64_t soft_sum(std::uint64_t a, std::uint64_t b) noexcept {
  constexpr std::uint64_t sign = 1ULL << 63, hidden = 1ULL << 52, infinity = 0x7FFULL << 52;
  if ((a & ~sign) < (b & ~sign)) {
    auto const larger = b;
    b = a;
    a = larger;
  }
  auto const size_a = a & ~sign, size_b = b & ~sign;
  if (size_a > infinity) return a | (hidden >> 1);
  if (size_a == infinity) return size_b == infinity && a != b ? infinity | (hidden >> 1) : a;

  // Three bits below the last: guard, round and sticky. A subnormal has the exponent 1 and no hidden bit.
  auto exponent = static_cast<int>(size_a >> 52), low = static_cast<int>(size_b >> 52);
  auto sum = ((size_a & (hidden - 1)) | (exponent != 0 ? hidden : 0)) << 3;
  auto addend = ((size_b & (hidden - 1)) | (low != 0 ? hidden : 0)) << 3;
  if (exponent == 0) exponent = 1;
  if (low == 0) low = 1;
  auto const shift = exponent - low;
  if (shift > 58)
    addend = static_cast<std::uint64_t>(addend != 0);
  else if (shift > 0)
    addend = (addend >> shift) | static_cast<std::uint64_t>((addend << (64 - shift)) != 0);

  bool const same_sign = ((a ^ b) & sign) == 0;
  sum = same_sign ? sum + addend : sum - addend;
  if (sum == 0) return same_sign ? a & sign : 0;
  if (sum >= hidden << 4) {
    sum = (sum >> 1) | (sum & 1);
    ++exponent;
  }
  while (sum < hidden << 3 && exponent > 1) {
    sum <<= 1;
    --exponent;
  }
  auto const rest = sum & 7;
  sum = (sum >> 3) + static_cast<std::uint64_t>(rest > 4 || (rest == 4 && (sum & 8) != 0));
  // The hidden bit, if there, is the 1 by which the exponent was counted too low; a carry goes the right way as well.
  return exponent == 0x7FF || (exponent == 0x7FE && sum == hidden << 1)
             ? (a & sign) | infinity
             : (a & sign) | ((static_cast<std::uint64_t>(exponent - 1) << 52) + sum);
}

}  // namespace exactness
