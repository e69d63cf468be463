// SPDX-License-Identifier: BSL-1.0
/// \file A page of flash memory, simulated: erased to ones, programmed word by word from ones to zeros.
#pragma once
#include <cstddef>
#include <cstdint>

/// In place of this class a real device has the few functions of its manufacturer's flash driver.
class flash_page {
public:
  static constexpr std::size_t words = 64;

  constexpr void erase() {
    for (auto& w : memory_) w = 0xFFFF'FFFF;
  }

  /// Programs one word. As in real flash, a bit that is 0 stays 0 until the page is erased.
  constexpr void program(std::size_t at, std::uint32_t word) {
    if (power_lasts_for_ == 0) return;
    if (power_lasts_for_ != unlimited) --power_lasts_for_;
    memory_[at] &= word;
  }

  [[nodiscard]] constexpr std::uint32_t read(std::size_t at) const { return memory_[at]; }

  // What can go wrong, for the demonstration.
  constexpr void lose_power_after(std::size_t words_programmed) { power_lasts_for_ = words_programmed; }
  constexpr void restore_power() { power_lasts_for_ = unlimited; }
  constexpr void flip_bit(std::size_t at, unsigned bit) { memory_[at] ^= std::uint32_t{1} << bit; }

private:
  static constexpr auto unlimited = static_cast<std::size_t>(-1);
  std::uint32_t memory_[words]{};
  std::size_t power_lasts_for_ = unlimited;
};
