# SPDX-License-Identifier: BSL-1.0
# Arm Cortex-M4 with its floating-point unit (binary32).
set(CTNN_TARGET cortex-m4f)
set(CTNN_CPU_FLAGS "-mcpu=cortex-m4 -mthumb -mfloat-abi=hard -mfpu=fpv4-sp-d16")
set(CTNN_CLANG_TRIPLE thumbv7em-none-eabihf)
include(${CMAKE_CURRENT_LIST_DIR}/detail/arm.cmake)
