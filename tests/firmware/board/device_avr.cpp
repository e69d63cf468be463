// SPDX-License-Identifier: BSL-1.0
// The device in simavr: three registers that no peripheral uses are watched by simulator/run_avr.c, which also follows
// the stack pointer.
#include "device.hpp"

namespace device {
namespace {

/// Data addresses, for ATmega48 to 328 and 640 to 2561.
auto& text_port = *reinterpret_cast<std::uint8_t volatile*>(0x3E);    // GPIOR0: a character
auto& region_port = *reinterpret_cast<std::uint8_t volatile*>(0x4A);  // GPIOR1: 1 begins a region, 2 ends it
auto& exit_port = *reinterpret_cast<std::uint8_t volatile*>(0x4B);    // GPIOR2: the exit code

}  // namespace

void print(char const* text) {
  while (*text != '\0') text_port = static_cast<std::uint8_t>(*text++);
}

void exit(int code) {
  exit_port = static_cast<std::uint8_t>(code);
  for (;;) {
  }
}

// Nothing of a region may be moved out of it.
[[gnu::noinline]] void begin_region() {
  asm volatile("" : : : "memory");
  region_port = 1;
}
[[gnu::noinline]] void end_region() {
  asm volatile("" : : : "memory");
  region_port = 2;
}

// The simulator follows the stack pointer, and leaves in two of the registers how far down it went in the region.
void paint_stack() {}
std::size_t painted_over() {
  auto const low = region_port;
  return static_cast<std::size_t>(exit_port) << 8 | low;
}

}  // namespace device

// What avr-libc's start-up code does with main's result.
extern "C" [[noreturn]] void exit(int code) { device::exit(code); }
