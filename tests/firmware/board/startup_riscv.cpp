// SPDX-License-Identifier: BSL-1.0
// Start-up of a 32-bit RISC-V core: stack and global pointer, the floating-point unit, a handler for traps.
#include "device.hpp"
#include "startup.hpp"

extern "C" {

[[noreturn, gnu::used, gnu::aligned(4)]] void trap() {
  device::print("trap\n");
  device::exit(99);
}

[[noreturn, gnu::used]] void start() { startup::run(); }
}

asm(R"(
  .section .reset, "ax"
  .globl reset
reset:
  .option push
  .option norelax
  la gp, __global_pointer$
  .option pop
  la sp, __stack_top
)"
#ifdef __riscv_flen
    R"(
  .option push
  .option arch, +zicsr
  li t0, 0x6000        # mstatus.FS, dirty: the unit is on
  csrs mstatus, t0
  fscsr x0
  .option pop
)"
#endif
    R"(
  .option push
  .option arch, +zicsr
  la t0, trap
  csrw mtvec, t0
  .option pop
  j start
  .text
)");
