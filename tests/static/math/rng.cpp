// SPDX-License-Identifier: BSL-1.0
/// \file The generator gives the published figures of SplitMix64, and numbers in [0, 1).
#include <ctnn/math/rng.hpp>

#include <cstdint>
#include <initializer_list>

namespace {

using ctnn::math::rng;

// Reference output for seed 1234567 (rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64).
constexpr bool published_figures() {
  rng random{1234567};
  for (std::uint64_t expected :
       {6457827717110365317U, 3203168211198807973U, 9817491932198370423U, 4593380528125082431U, 16408922859458223821U})
    if (random.next() != expected) return false;
  return true;
}
static_assert(published_figures());

template <class T> constexpr bool uniform_is_in_range() {
  rng random{0};
  T sum{};
  for (int i = 0; i < 2000; ++i) {
    T const u = random.uniform<T>();
    if (!(u >= T(0) && u < T(1))) return false;
    sum += u;
  }
  // The mean of 2,000 strays by sqrt(1/12 / 2000) = 0.0065.
  return sum > T(.474) * T(2000) && sum < T(.526) * T(2000);
}
static_assert(uniform_is_in_range<float>() && uniform_is_in_range<double>());

// The upper bits, scaled: 6457827717110365317 / 2^64 = 0.350079...
static_assert(rng{1234567}.uniform<double>() == static_cast<double>(6457827717110365317U >> 11U) * 0x1p-53);
static_assert(rng{1234567}.uniform<float>() == static_cast<float>(6457827717110365317U >> 40U) * 0x1p-24F);
static_assert(rng{1234567}.uniform<double>() > .35007 && rng{1234567}.uniform<double>() < .35009);

static_assert(rng::mix(0) == 0 && rng::mix(1) != rng::mix(2));

}  // namespace
