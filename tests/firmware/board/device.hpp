// SPDX-License-Identifier: BSL-1.0
/// \file What the programs ask of a device in its simulator: to print, to end, to be measured.
#pragma once
#include <cstddef>
#include <cstdint>

namespace device {

/// Prints to the terminal that the simulator runs in.
void print(char const* text);

/// Ends the simulation; the simulator's exit code is \p code.
[[noreturn]] void exit(int code);

/// What is executed from the call of begin_region to that of end_region is counted by the simulator: instructions by
/// QEMU, clock cycles by simavr.
void begin_region();
void end_region();

/// Fills the unused part of the stack with a pattern.
void paint_stack();

/// How much of the stack has been in use at most since it was painted, from the caller's frame down. To be called after
/// a region.
/// \units bytes
[[nodiscard]] std::size_t painted_over();

/// The value, of which the compiler no longer knows where it comes from, so that nothing is computed ahead.
template <class T> [[nodiscard]] inline T const& opaque(T const& value) {
  T const* p = &value;
  asm volatile("" : "+r"(p) : : "memory");
  return *p;
}

}  // namespace device
