# SPDX-License-Identifier: BSL-1.0
# RISC-V, 32 bits, with a floating-point unit (binary32).
set(CTNN_TARGET rv32imafc)
set(CTNN_CPU_FLAGS "-march=rv32imafc -mabi=ilp32f -mcmodel=medany")
set(CTNN_CLANG_TRIPLE riscv32-unknown-elf)
include(${CMAKE_CURRENT_LIST_DIR}/detail/riscv.cmake)
