# SPDX-License-Identifier: BSL-1.0
# Arm Cortex-M7 with its floating-point unit (binary32 and binary64).
set(CTNN_TARGET cortex-m7f)
set(CTNN_CPU_FLAGS "-mcpu=cortex-m7 -mthumb -mfloat-abi=hard -mfpu=fpv5-d16")
set(CTNN_CLANG_TRIPLE thumbv7em-none-eabihf)
include(${CMAKE_CURRENT_LIST_DIR}/detail/arm.cmake)
