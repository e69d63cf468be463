# SPDX-License-Identifier: BSL-1.0
# Arm Cortex-M3: no floating-point unit.
set(CTNN_TARGET cortex-m3)
set(CTNN_CPU_FLAGS "-mcpu=cortex-m3 -mthumb -mfloat-abi=soft")
set(CTNN_CLANG_TRIPLE thumbv7m-none-eabi)
include(${CMAKE_CURRENT_LIST_DIR}/detail/arm.cmake)
