// SPDX-License-Identifier: BSL-1.0
/// \file The addition in integers against the processor's.
#include <ctnn/math/rng.hpp>

#include <bit>
#include <cstdint>
#include <exactness/soft_addition.hpp>
#include <support/catch.hpp>

namespace {

std::uint64_t bits(double x) { return std::bit_cast<std::uint64_t>(x); }

/// 0 if the sums agree; which of two NaNs comes out is the processor's business.
int disagrees(std::uint64_t a, std::uint64_t b) {
  double const x = std::bit_cast<double>(a), y = std::bit_cast<double>(b), sum = x + y;
  auto const mine = exactness::soft_sum(a, b);
  if (sum != sum) return std::bit_cast<double>(mine) == std::bit_cast<double>(mine);
  return mine != bits(sum);
}

}  // namespace

TEST_CASE("addition in integers is the processor's", "[exactness]") {
  static_assert(
      exactness::soft_sum(std::bit_cast<std::uint64_t>(1.), std::bit_cast<std::uint64_t>(-0x1.0488823db1011p-33)) ==
      std::bit_cast<std::uint64_t>(0x1.fffffffefb778p-1));
  ctnn::math::rng random{6};
  int wrong = 0;
  constexpr std::uint64_t special[] = {0,
                                       1,
                                       2,
                                       0xFFFFFFFFFFFFF,
                                       0x10000000000000,
                                       0x10000000000001,
                                       0x7FEFFFFFFFFFFFFF,
                                       0x7FF0000000000000,
                                       0x7FF8000000000000,
                                       0x3FF0000000000000,
                                       0x3FEFFFFFFFFFFFFF,
                                       0x3FF0000000000001,
                                       0x7FE0000000000000,
                                       0x7CA0000000000000,
                                       0x7C90000000000000,
                                       0x7C90000000000001};
  for (auto const a : special)
    for (auto const b : special)
      for (std::uint64_t const s : {0ULL, 1ULL << 63}) wrong += disagrees(a, b ^ s) + disagrees(a ^ s, b);
  for (int i = 0; i < 1'000'000; ++i) {
    auto const a = random.next(), other = random.next();
    // Exponents that differ by 0 to 63, significands that are full, or end in zeros, or begin with them.
    auto const exponent = ((a >> 52U) & 0x7FF) - (random.next() >> 58U);
    auto b = (other & ~(0x7FFULL << 52)) | ((exponent & 0x7FF) << 52);
    auto mask = ~std::uint64_t{0};
    if (i % 4 == 1) mask = ~0xFFFFFFFFULL;
    if (i % 4 == 2) mask = 0xFFFULL << 52;
    if (i % 4 == 3) b &= ~0xFFFFFFFFFULL;
    wrong += disagrees(a & mask, b);
    wrong += disagrees(b, a & mask);
    wrong += disagrees(a >> 8U, other >> 11U);  // subnormal
  }
  CHECK(wrong == 0);
}
