# SPDX-License-Identifier: BSL-1.0
# RISC-V, 32 bits, without a floating-point unit.
set(CTNN_TARGET rv32imac)
set(CTNN_CPU_FLAGS "-march=rv32imac -mabi=ilp32 -mcmodel=medany")
set(CTNN_CLANG_TRIPLE riscv32-unknown-elf)
include(${CMAKE_CURRENT_LIST_DIR}/detail/riscv.cmake)
