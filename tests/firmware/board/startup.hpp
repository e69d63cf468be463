// SPDX-License-Identifier: BSL-1.0
/// \file What every core does before main: variables get their initial values.
#pragma once
#include "device.hpp"

#include <cstdint>

int main();

extern "C" {
// Addresses that the linker script defines.
extern std::uint32_t __stack_top, __data_start[], __data_end[], __data_in_flash[], __bss_start[], __bss_end[];
extern void (*__init_array_start[])();
extern void (*__init_array_end[])();
}

namespace startup {

/// The end of a section. A compiler may take for granted that two objects do not begin at one address, so it must not
/// see that this is another one than the section's beginning.
template <class T> T* end(T* symbol) {
  asm("" : "+r"(symbol));
  return symbol;
}

[[noreturn]] inline void run() {
  std::uint32_t const* from = __data_in_flash;
  for (std::uint32_t* to = __data_start; to != end(__data_end);) *to++ = *from++;
  for (std::uint32_t* to = __bss_start; to != end(__bss_end);) *to++ = 0;
  // None of the project's programs has one; a program that tests the check of that has.
  for (auto constructor = __init_array_start; constructor != end(__init_array_end); ++constructor) (*constructor)();
  device::exit(main());
}

}  // namespace startup
