# SPDX-License-Identifier: BSL-1.0
# AVR: Clang, as Debian's avr-gcc (5.4) does not know C++20, with avr-gcc's startup code, arithmetic and linker, and the
# C++ headers of the Arm package and the C headers of avr-libc.
set(CTNN_COMPILER clang CACHE STRING "gcc or clang")
include(${CMAKE_CURRENT_LIST_DIR}/common.cmake)
if(NOT CTNN_COMPILER STREQUAL clang)
  message(FATAL_ERROR "${CTNN_TARGET} needs CTNN_COMPILER=clang")
endif()
set(CMAKE_SYSTEM_PROCESSOR avr)

find_program(ctnn_clang NAMES clang++-19 clang++ REQUIRED)
set(CMAKE_CXX_COMPILER ${ctnn_clang})
set(CMAKE_CXX_COMPILER_TARGET ${CTNN_CLANG_TRIPLE})
ctnn_header_folders(${CTNN_LIBSTDCXX_FROM} "-mcpu=cortex-m3 -mthumb -mfloat-abi=soft" ctnn_folders)
list(FILTER ctnn_folders INCLUDE REGEX "/c\\+\\+/")
list(TRANSFORM ctnn_folders PREPEND "-isystem ")
list(JOIN ctnn_folders " " ctnn_folders)
set(CMAKE_CXX_FLAGS_INIT "${CTNN_CPU_FLAGS} ${ctnn_lean} -nostdinc++ ${ctnn_folders}")
set(CMAKE_CXX_LINK_EXECUTABLE "avr-gcc ${CTNN_CPU_FLAGS} <LINK_FLAGS> <OBJECTS> -o <TARGET> <LINK_LIBRARIES>")
# avr-libc's libm holds float's addition, multiplication and division, tuned by hand; none of its functions is called.
set(CTNN_LINK_LIBRARIES -lm)
set(CTNN_BINUTILS avr-)
