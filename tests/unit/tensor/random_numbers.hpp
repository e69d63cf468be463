// SPDX-License-Identifier: BSL-1.0
/// \file Numbers to try kernels with, and a comparison in which any two NaNs are the same.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <support/exact.hpp>
#include <type_traits>

namespace tensor_test {

/// The lengths that every kernel is tried with: around multiples of the partial sums, of vectors and of blocks.
inline constexpr std::size_t lengths[]{1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 20, 31, 33, 64, 100, 257};
inline constexpr std::size_t length_count = std::size(lengths);

enum class range : unsigned char {
  tame,  ///< exponents whose products and sums do not overflow, as a constant may not; zeros of both signs; subnormals
  wild   ///< all exponents: sums overflow, and become NaN
};

/// Random numbers, the same for the same seed.
template <class T, std::size_t N> constexpr std::array<T, N> random_numbers(std::uint64_t seed, range r) {
  using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  constexpr int fraction = sizeof(T) == 4 ? 23 : 52;
  constexpr std::uint64_t bias = sizeof(T) == 4 ? 127 : 1023;
  std::array<T, N> x{};
  std::uint64_t state = seed * 2 + 1;
  auto const next = [&state] {  // a multiplicative congruential generator; its upper bits are good
    state = state * 0xD1342543DE82EF95U + 0x632BE59BD9B4E019U;
    return state >> 32;
  };
  for (std::size_t i = 0; i < N; ++i) {
    auto const kind = next() % 16;
    auto const digits = (next() << 32 | next()) & ((std::uint64_t{1} << fraction) - 1);
    // Most exponents differ little, so that the order of a sum decides on its last digits.
    std::uint64_t exponent = bias - 3 + next() % 6;
    if (kind == 2) exponent = 0;
    if (kind == 3) exponent = bias - 50 + next() % 100;
    if (kind == 4 && r == range::wild) exponent = next() % (2 * bias + 1);
    auto const sign = next() % 2;
    x[i] = kind < 2 ? (kind == 0 ? T(-0.0) : T(0))
                    : std::bit_cast<T>(static_cast<bits>(sign << (8 * sizeof(T) - 1) | exponent << fraction | digits));
  }
  return x;
}

template <class T> bool same(T a, T b) { return (a != a && b != b) || ctnn_test::detail::same_bits(a, b); }

/// Room for N results, between numbers that must stay as they are, and not aligned.
template <class T, std::size_t N> struct guarded {
  std::array<T, N + 2> room;

  guarded() { room.fill(T(-7.25)); }
  T* data() { return room.data() + 1; }
  T operator[](std::size_t i) const { return room[i + 1]; }
  [[nodiscard]] bool intact() const { return room.front() == T(-7.25) && room.back() == T(-7.25); }
};

}  // namespace tensor_test
