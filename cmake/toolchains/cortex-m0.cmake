# SPDX-License-Identifier: BSL-1.0
# Arm Cortex-M0, and M0+: no floating-point unit, no division.
set(CTNN_TARGET cortex-m0)
set(CTNN_CPU_FLAGS "-mcpu=cortex-m0 -mthumb -mfloat-abi=soft")
set(CTNN_CLANG_TRIPLE thumbv6m-none-eabi)
include(${CMAKE_CURRENT_LIST_DIR}/detail/arm.cmake)
