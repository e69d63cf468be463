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

#ifdef __AVR__
/// Copies bytes from program memory, four at a time, at 6.5 clock cycles a byte.
inline void read_bytes(std::uint16_t from, std::uint8_t* to, std::uint16_t count) {
  std::uint8_t byte;
  for (; count >= 4; count -= 4)
    asm volatile("lpm %[byte], Z+\n\tst X+, %[byte]\n\t"
                 "lpm %[byte], Z+\n\tst X+, %[byte]\n\t"
                 "lpm %[byte], Z+\n\tst X+, %[byte]\n\t"
                 "lpm %[byte], Z+\n\tst X+, %[byte]"
                 : [byte] "=&r"(byte), "+z"(from), "+x"(to)
                 :
                 : "memory");
  for (; count != 0; --count)
    asm volatile("lpm %[byte], Z+\n\tst X+, %[byte]" : [byte] "=&r"(byte), "+z"(from), "+x"(to) : : "memory");
}
#endif

/// Copies constants that are IN_FLASH.
template <class T> void read(T const* from, T* to, std::size_t count) {
#ifdef __AVR__
  read_bytes(reinterpret_cast<std::uint16_t>(from), reinterpret_cast<std::uint8_t*>(to),
             static_cast<std::uint16_t>(count * sizeof(T)));
#else
  for (std::size_t i = 0; i < count; ++i) to[i] = from[i];
#endif
}

#ifdef __AVR__
/// A constant that is IN_FLASH, straight into registers.
inline float read(float const* from) {
  using in_flash = float const __attribute__((address_space(1)));
  return *reinterpret_cast<in_flash*>(reinterpret_cast<std::uint16_t>(from));
}
#endif

}  // namespace flash
