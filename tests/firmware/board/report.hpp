// SPDX-License-Identifier: BSL-1.0
/// \file Judges and measures on a device, and prints what ./run reads.
#pragma once
#include "device.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace report {

inline unsigned passed = 0;
inline unsigned failed = 0;

inline void print_number(std::size_t number) {
  char digits[24];
  char* first = digits + sizeof digits - 1;
  *first = '\0';
  do {
    *--first = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number != 0);
  device::print(first);
}

/// Counts a judgement; says so if it is a bad one.
inline void check(bool holds, char const* what) {
  if (holds) {
    ++passed;
    return;
  }
  ++failed;
  device::print("FAILED: ");
  device::print(what);
  device::print("\n");
}

template <class T> [[nodiscard]] bool same_bits(T a, T b) {
  using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  static_assert(sizeof(T) == sizeof(bits));
  return __builtin_bit_cast(bits, a) == __builtin_bit_cast(bits, b);
}

/// Whether two arrays are equal bit for bit: -0 is not 0, and a NaN is itself.
template <class Array> [[nodiscard]] bool same_bits_in(Array const& a, Array const& b) {
  bool same = true;
  for (std::size_t i = 0; i < a.size(); ++i) same &= same_bits(a[i], b[i]);
  return same;
}

/// Runs something once and lets the simulator count what it takes. Returns the bytes of stack that it used.
template <class Something> [[gnu::noinline]] std::size_t measure(char const* name, Something const& something) {
  device::print("measure ");
  device::print(name);
  device::print("\n");
  device::paint_stack();
  device::begin_region();
  something();
  device::end_region();
  auto const stack = device::painted_over();
  device::print("stack ");
  print_number(stack);
  device::print("\n");
  return stack;
}

/// The program's exit code.
[[nodiscard]] inline int finish() {
  print_number(passed);
  device::print(" passed, ");
  print_number(failed);
  device::print(" failed\n");
  return failed == 0 && passed != 0 ? 0 : 1;
}

}  // namespace report
