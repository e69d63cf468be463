// SPDX-License-Identifier: BSL-1.0
/// \file Keeps a network's parameters in two pages of flash, so that one good copy survives whatever happens to the
/// other.
#pragma once
#include "flash_page.hpp"

#include <cstddef>
#include <cstdint>

/// CRC-32 of IEEE 802.3 (reflected polynomial 0xEDB88320), one word at a time, its low byte first.
class crc32 {
public:
  constexpr crc32& add(std::uint32_t word) {
    for (int byte = 0; byte < 4; ++byte) add_byte(static_cast<std::uint8_t>(word >> (8 * byte)));
    return *this;
  }
  constexpr crc32& add_byte(std::uint8_t byte) {
    state_ ^= byte;
    for (int bit = 0; bit < 8; ++bit) state_ = (state_ >> 1) ^ ((state_ & 1) != 0 ? 0xEDB8'8320 : 0);
    return *this;
  }
  [[nodiscard]] constexpr std::uint32_t value() const { return ~state_; }

private:
  std::uint32_t state_ = 0xFFFF'FFFF;
};

// The check value that every description of this CRC gives, for the text "123456789".
static_assert([] {
  crc32 c;
  for (char digit = '1'; digit <= '9'; ++digit) c.add_byte(static_cast<std::uint8_t>(digit));
  return c.value() == 0xCBF4'3926;
}());

/// What came of loading.
enum class loaded : unsigned char { newest, older, nothing };

/// A page holds, word by word: what it is for, which copy it is (counted up), the parameters, and the CRC of all that.
/// The CRC is programmed last, so a page that was being written when the power went is no copy.
template <class Net> class parameter_store {
  static_assert(sizeof(typename Net::scalar_type) == 4, "a parameter is one word");
  static constexpr std::size_t count = Net::parameter_count;
  static constexpr std::size_t header = 2;
  static_assert(header + count + 1 <= flash_page::words, "the parameters do not fit in a page");

  /// Of this shape of network, in this format. Another network's parameters are no copy.
  static constexpr std::uint32_t format = [] {
    crc32 c;
    c.add(1).add(Net::input_count).add(Net::layer_count);
    for (auto const& place : Net::layers::sizes.places)
      c.add(static_cast<std::uint32_t>(place.sizes.outputs)).add(static_cast<std::uint32_t>(place.sizes.biases));
    return c.value();
  }();

public:
  constexpr parameter_store(flash_page& a, flash_page& b) : pages_{&a, &b} {}

  /// Overwrites the older copy, so the newest one is there until its successor is complete.
  constexpr void save(Net const& net) {
    auto const newest = newest_page();
    auto const copy = newest == none ? 1 : pages_[newest]->read(1) + 1;
    auto& page = *pages_[newest == 0 ? 1 : 0];
    page.erase();
    crc32 sum;
    std::size_t at = 0;
    auto const program = [&](std::uint32_t word) {
      sum.add(word);
      page.program(at++, word);
    };
    program(format);
    program(copy);
    for (auto const p : net.parameters) program(__builtin_bit_cast(std::uint32_t, p));
    page.program(at, sum.value());
  }

  /// Fetches the newest good copy; leaves the network alone if there is none. Says `older` if the other page holds
  /// something that is damaged or was not completed.
  [[nodiscard]] constexpr loaded load(Net& net) const {
    auto const newest = newest_page();
    if (newest == none) return loaded::nothing;
    auto const& page = *pages_[newest];
    for (std::size_t i = 0; i < count; ++i)
      net.parameters[i] = __builtin_bit_cast(typename Net::scalar_type, page.read(header + i));
    auto const& other = *pages_[1 - newest];
    return good(other) || empty(other) ? loaded::newest : loaded::older;
  }

private:
  static constexpr std::size_t none = 2;

  static constexpr bool good(flash_page const& page) {
    crc32 sum;
    for (std::size_t i = 0; i < header + count; ++i) sum.add(page.read(i));
    return page.read(0) == format && page.read(header + count) == sum.value();
  }
  static constexpr bool empty(flash_page const& page) {
    for (std::size_t i = 0; i < flash_page::words; ++i)
      if (page.read(i) != 0xFFFF'FFFF) return false;
    return true;
  }
  [[nodiscard]] constexpr std::size_t newest_page() const {
    bool const a = good(*pages_[0]), b = good(*pages_[1]);
    if (!a && !b) return none;
    if (a != b) return a ? 0 : 1;
    // Counted modulo 2^32: the newer of two neighbours is at most half the way around ahead.
    return pages_[0]->read(1) - pages_[1]->read(1) < 0x8000'0000 ? 0 : 1;
  }

  flash_page* pages_[2];
};
