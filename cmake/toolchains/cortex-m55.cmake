# SPDX-License-Identifier: BSL-1.0
# Arm Cortex-M55 with its floating-point unit and vectors of integers (MVE, also called Helium). Not vectors of floats:
# they take subnormal numbers for 0, so a loop that a compiler vectorises has other bits (ctnn::self_test finds that).
set(CTNN_TARGET cortex-m55)
set(CTNN_CPU_FLAGS "-mcpu=cortex-m55+nomve.fp -DCTNN_CHECKED_MVE -mthumb -mfloat-abi=hard")
set(CTNN_CLANG_TRIPLE thumbv8.1m.main-none-eabihf)
include(${CMAKE_CURRENT_LIST_DIR}/detail/arm.cmake)
