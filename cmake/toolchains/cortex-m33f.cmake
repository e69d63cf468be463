# SPDX-License-Identifier: BSL-1.0
# Arm Cortex-M33 with its floating-point unit (binary32).
set(CTNN_TARGET cortex-m33f)
set(CTNN_CPU_FLAGS "-mcpu=cortex-m33 -mthumb -mfloat-abi=hard -mfpu=fpv5-sp-d16")
set(CTNN_CLANG_TRIPLE thumbv8m.main-none-eabihf)
include(${CMAKE_CURRENT_LIST_DIR}/detail/arm.cmake)
