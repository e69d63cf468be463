# SPDX-License-Identifier: BSL-1.0
# Arm Cortex-M55 with its floating-point unit and vectors (MVE, also called Helium).
set(CTNN_TARGET cortex-m55)
set(CTNN_CPU_FLAGS "-mcpu=cortex-m55 -mthumb -mfloat-abi=hard")
set(CTNN_CLANG_TRIPLE thumbv8.1m.main-none-eabihf)
include(${CMAKE_CURRENT_LIST_DIR}/detail/arm.cmake)
