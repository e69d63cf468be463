// SPDX-License-Identifier: BSL-1.0
/// \file In which order samples are learned: as they come, shuffled, or drawn at random.
#pragma once
#include <ctnn/math/rng.hpp>

#include <cstddef>
#include <cstdint>

namespace ctnn::inline CTNN_ABI {

/// How each epoch goes through the samples.
struct shuffle {
  std::uint64_t seed = 0;    ///< 0: in the order given. Else: in another random order every epoch.
  bool replacement = false;  ///< draw each sample from all of them, so that an epoch may miss some and repeat others
};

namespace detail {

/// The sample to learn at a position of an epoch, for \p count samples. A function of its arguments alone: nothing is
/// stored, so a permutation of any number of samples needs no memory, and training can go on from any position.
///
/// A permutation of [0, count) is one of [0, 2^k), with 2^k the next power of two, applied until the result is in
/// range ("cycle walking", Black, Rogaway 2002). Every operation in it can be undone in k bits: an exclusive or,
/// a multiplication by an odd number, and an exclusive or with the own upper half.
constexpr std::size_t sample_at(shuffle how, std::size_t epoch, std::size_t position, std::size_t count) noexcept {
  if (how.seed == 0 || count < 2) return position;
  auto const key = math::rng::mix(how.seed + 0x9E3779B97F4A7C15U * (static_cast<std::uint64_t>(epoch) + 1));
  if (how.replacement) {
    auto const drawn = math::rng::mix(key + 0x9E3779B97F4A7C15U * (static_cast<std::uint64_t>(position) + 1));
    // The upper 32 bits scaled to [0, count); the bias is at most count / 2^32.
    return static_cast<std::size_t>(((drawn >> 32U) * static_cast<std::uint64_t>(count)) >> 32U);
  }
  unsigned bits = 1;
  while ((count - 1) >> bits != 0) ++bits;
  auto const mask = (std::uint64_t{1} << bits) - 1;
  auto const half = (bits + 1) / 2;
  auto x = static_cast<std::uint64_t>(position);
  do {
    auto round_key = key;
    for (int round = 0; round < 4; ++round) {
      x = ((x ^ (round_key & mask)) * (((round_key >> 32U) | 1U) & mask)) & mask;
      x ^= x >> half;
      round_key = (round_key << 13U) | (round_key >> 51U);
    }
  } while (x >= count);
  return static_cast<std::size_t>(x);
}

}  // namespace detail
}  // namespace ctnn::inline CTNN_ABI
