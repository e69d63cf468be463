// SPDX-License-Identifier: BSL-1.0
// Start-up of a Cortex-M: the vector table, and what has to be so before main.
#include "device.hpp"
#include "startup.hpp"

extern "C" {

[[noreturn]] static void fault() {
  device::print("fault\n");
  device::exit(99);
}

[[noreturn, gnu::used]] void reset() {
#if defined(__ARM_FP) || defined(__ARM_FEATURE_MVE)
  // The floating-point and vector unit (coprocessors 10 and 11) is off after a reset.
  *reinterpret_cast<std::uint32_t volatile*>(0xE000'ED88) |= 0xFU << 20;
  asm volatile("dsb\n\tisb");
#endif
  startup::run();
}

using handler = void (*)();

/// Where the stack begins, the entry, and the system's exceptions; no interrupt is enabled.
struct vector_table {
  std::uint32_t* stack_top;
  handler reset;
  handler exceptions[14];
};
extern vector_table const vectors;
[[gnu::section(".vectors"), gnu::used]] vector_table const vectors{
    &__stack_top,
    reset,
    {fault, fault, fault, fault, fault, nullptr, nullptr, nullptr, nullptr, fault, fault, nullptr, fault, fault}};
}
