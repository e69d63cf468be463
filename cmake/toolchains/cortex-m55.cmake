# SPDX-License-Identifier: BSL-1.0
# Arm Cortex-M55 with its floating-point unit and vectors (MVE, also called Helium). Vectors of floats take subnormal
# numbers for 0, so the compiler must not use them by itself: a loop that it vectorises would have other bits
# (ctnn::self_test finds that). CTNN_CHECKED_MVE lets ctnn::packed use them, where it checks that nothing was lost; it
# is for chips whose M55 has vectors of floats. Without it packed is as on a Cortex-M33.
set(CTNN_TARGET cortex-m55)
set(CTNN_CPU_FLAGS "-mcpu=cortex-m55+nomve.fp -mthumb -mfloat-abi=hard -DCTNN_CHECKED_MVE")
set(CTNN_CLANG_TRIPLE thumbv8.1m.main-none-eabihf)
# Clang 19 vectorises some loops with strides wrongly for this core (LLVM's issue 120993).
set(CTNN_CLANG_FLAGS "-fno-vectorize -fno-slp-vectorize")
include(${CMAKE_CURRENT_LIST_DIR}/detail/arm.cmake)
