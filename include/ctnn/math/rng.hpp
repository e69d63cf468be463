// SPDX-License-Identifier: BSL-1.0
/// \file A seeded pseudo-random generator that is the same everywhere, and in constant expressions.
#pragma once
#include <ctnn/config/abi.hpp>

#include <concepts>
#include <cstdint>

namespace ctnn::inline CTNN_ABI::math {

/// SplitMix64: 2^64 numbers before it repeats, any seed is as good as another. Not for cryptography.
/// \source  Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014
class rng {
public:
  explicit constexpr rng(std::uint64_t seed) noexcept : state_{seed} {}

  /// 64 random bits.
  constexpr std::uint64_t next() noexcept { return mix(state_ += 0x9E3779B97F4A7C15U); }

  /// Evenly spread over [0, 1): a multiple of 2^-24 (float) or 2^-53 (double).
  template <std::floating_point T> [[nodiscard]] constexpr T uniform() noexcept {
    if constexpr (sizeof(T) == sizeof(float))
      return static_cast<T>(static_cast<std::uint32_t>(next() >> 40U)) * static_cast<T>(0x1p-24);
    else
      return static_cast<T>(next() >> 11U) * static_cast<T>(0x1p-53);
  }

  /// The generator's mixing function: a bijection of 64 bits in which every input bit changes half of the output's.
  [[nodiscard]] static constexpr std::uint64_t mix(std::uint64_t x) noexcept {
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
  }

private:
  std::uint64_t state_;
};

}  // namespace ctnn::inline CTNN_ABI::math
