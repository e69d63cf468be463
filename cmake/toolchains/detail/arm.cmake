# SPDX-License-Identifier: BSL-1.0
# Arm Cortex-M: GCC for arm-none-eabi, or Clang with that GCC's libraries and linker.
include(${CMAKE_CURRENT_LIST_DIR}/common.cmake)
set(CMAKE_SYSTEM_PROCESSOR arm)

if(CTNN_COMPILER STREQUAL gcc)
  set(CMAKE_CXX_COMPILER arm-none-eabi-g++)
  set(CMAKE_CXX_FLAGS_INIT "${CTNN_CPU_FLAGS} ${ctnn_lean}")
else()
  ctnn_use_clang(arm-none-eabi-g++)
  # GCC's own headers stay out, Clang has its own; enums are short in GCC's ABI. Clang would keep a frame pointer in each
  # function, which is a register fewer and up to 8 bytes of stack more.
  ctnn_header_options("${CTNN_CPU_FLAGS}" ctnn_headers EXCEPT "/lib/gcc/")
  set(CMAKE_CXX_FLAGS_INIT
      "${CTNN_CPU_FLAGS} ${CTNN_CLANG_FLAGS} ${ctnn_lean} -fomit-frame-pointer -fshort-enums ${ctnn_headers}")
endif()
# memcpy and memset come from the C library, arithmetic that the CPU lacks from libgcc. Nothing else is linked.
set(CTNN_LINK_LIBRARIES -nodefaultlibs -Wl,--start-group -lc_nano -lgcc -Wl,--end-group)
set(CTNN_BINUTILS arm-none-eabi-)
