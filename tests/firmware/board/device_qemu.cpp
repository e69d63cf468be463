// SPDX-License-Identifier: BSL-1.0
// The device in QEMU: semihosting, the same calls on Arm and RISC-V.
// \source Arm, Semihosting for AArch32 and AArch64 (2.0); RISC-V Semihosting 1.0
#include "device.hpp"

extern "C" std::uint32_t __stack_top, __stack_limit;

namespace device {
namespace {

constexpr int sys_write0 = 0x04;         // writes a string that ends with a 0
constexpr int sys_exit_extended = 0x20;  // ends with a reason and a code
constexpr std::uint32_t application_exit = 0x20026;
constexpr std::uint32_t paint = 0xDEADBEEF;

void call(int operation, void const* argument) {
#if defined(__arm__)
  register int r0 asm("r0") = operation;
  register void const* r1 asm("r1") = argument;
  asm volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
#elif defined(__riscv)
  register int a0 asm("a0") = operation;
  register void const* a1 asm("a1") = argument;
  // Exactly these three instructions, uncompressed and in one page, are a call.
  asm volatile(R"(
    .option push
    .option norvc
    .balign 16
    slli x0, x0, 0x1f
    ebreak
    srai x0, x0, 7
    .option pop)"
               : "+r"(a0)
               : "r"(a1)
               : "memory");
#endif
}

std::uint32_t* top_of_paint;

}  // namespace

void print(char const* text) { call(sys_write0, text); }

void exit(int code) {
  std::uint32_t const block[2] = {application_exit, static_cast<std::uint32_t>(code)};
  call(sys_exit_extended, block);
  for (;;) {
  }
}

// The plugin of QEMU (see simulator/count.c) watches the addresses of these two.
[[gnu::noinline]] void begin_region() { asm volatile("nop" : : : "memory"); }
[[gnu::noinline]] void end_region() { asm volatile("nop" : : : "memory"); }

// One statement, which reads the stack pointer and calls nothing: a compiler may save registers on the stack before it
// or after it, but not in between.
[[gnu::noinline]] void paint_stack() {
  std::uint32_t* from = &__stack_limit;
  std::uint32_t* top;
#if defined(__arm__)
  asm volatile("mov %[top], sp\n"
               "1: cmp %[from], %[top]\n\t"
               "bhs 2f\n\t"
               "stmia %[from]!, {%[paint]}\n\t"
               "b 1b\n"
               "2:"
               : [from] "+l"(from), [top] "=&l"(top)
               : [paint] "l"(paint)
               : "memory", "cc");
#elif defined(__riscv)
  asm volatile("mv %[top], sp\n"
               "1: bgeu %[from], %[top], 2f\n\t"
               "sw %[paint], 0(%[from])\n\t"
               "addi %[from], %[from], 4\n\t"
               "j 1b\n"
               "2:"
               : [from] "+r"(from), [top] "=&r"(top)
               : [paint] "r"(paint)
               : "memory");
#endif
  top_of_paint = top;
}

[[gnu::noinline]] std::size_t painted_over() {
  std::uint32_t volatile* p = &__stack_limit;
  while (p < top_of_paint && *p == paint) ++p;
  return static_cast<std::size_t>(top_of_paint - p) * sizeof *p;
}

}  // namespace device
