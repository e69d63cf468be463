# SPDX-License-Identifier: BSL-1.0
# AVR: Clang, as Debian's avr-gcc (5.4) does not know C++20, with avr-gcc's startup code, arithmetic and linker, and the
# C++ headers of the Arm package and the C headers of avr-libc.
set(CTNN_COMPILER clang CACHE STRING "gcc or clang")
include(${CMAKE_CURRENT_LIST_DIR}/common.cmake)
if(NOT CTNN_COMPILER STREQUAL clang)
  message(FATAL_ERROR "${CTNN_TARGET} needs CTNN_COMPILER=clang")
endif()
set(CMAKE_SYSTEM_PROCESSOR avr)

ctnn_use_clang(avr-gcc)
ctnn_header_options("-mcpu=cortex-m3 -mthumb -mfloat-abi=soft" ctnn_headers ONLY "/c\\+\\+/")
set(CMAKE_CXX_FLAGS_INIT "${CTNN_CPU_FLAGS} ${ctnn_lean} ${ctnn_headers}")
# avr-libc's libm holds float's addition, multiplication and division, tuned by hand; none of its functions is called.
set(CTNN_LINK_LIBRARIES -lm)
set(CTNN_BINUTILS avr-)
