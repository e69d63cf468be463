// SPDX-License-Identifier: BSL-1.0
/// \file Constants in flash. Elsewhere constants are there already; an AVR copies them to RAM unless they are put into
/// program memory, which no pointer reaches.
#pragma once
#include <cstddef>
#include <cstdint>

#ifdef __AVR__
#define IN_FLASH [[gnu::section(".progmem.data")]] static
#else
#define IN_FLASH static
#endif

namespace flash {

/// Copies constants that are IN_FLASH.
template <class T> void read(T const* from, T* to, std::size_t count) {
#ifdef __AVR__
  auto address = reinterpret_cast<std::uint16_t>(from);
  auto* byte = reinterpret_cast<std::uint8_t*>(to);
  for (std::size_t i = 0; i < count * sizeof(T); ++i)
    asm volatile("lpm %0, Z+" : "=r"(byte[i]), "+z"(address) : : "memory");
#else
  for (std::size_t i = 0; i < count; ++i) to[i] = from[i];
#endif
}

}  // namespace flash
