# SPDX-License-Identifier: BSL-1.0
# RISC-V, 32 bits: GCC for riscv64-unknown-elf, which knows both, or Clang with that GCC's linker. Debian has no C++
# library for it; the headers of the Arm package serve, freestanding, as they depend on the C++ compiler and little else.
include(${CMAKE_CURRENT_LIST_DIR}/common.cmake)
set(CMAKE_SYSTEM_PROCESSOR riscv)

ctnn_header_folders(${CTNN_LIBSTDCXX_FROM} "-mcpu=cortex-m3 -mthumb -mfloat-abi=soft" ctnn_folders)
list(FILTER ctnn_folders INCLUDE REGEX "/c\\+\\+/")
list(TRANSFORM ctnn_folders PREPEND "-isystem ")
list(JOIN ctnn_folders " " ctnn_folders)
set(CMAKE_CXX_FLAGS_INIT
    "${CTNN_CPU_FLAGS} ${ctnn_lean} -ffreestanding -D_GLIBCXX_HOSTED=0 -nostdinc++ ${ctnn_folders}")

if(CTNN_COMPILER STREQUAL gcc)
  set(CMAKE_CXX_COMPILER riscv64-unknown-elf-g++)
else()
  find_program(ctnn_clang NAMES clang++-19 clang++ REQUIRED)
  set(CMAKE_CXX_COMPILER ${ctnn_clang})
  set(CMAKE_CXX_COMPILER_TARGET ${CTNN_CLANG_TRIPLE})
  set(CMAKE_CXX_LINK_EXECUTABLE
      "riscv64-unknown-elf-g++ ${CTNN_CPU_FLAGS} <LINK_FLAGS> <OBJECTS> -o <TARGET> <LINK_LIBRARIES>")
endif()
# memcpy and memset come from picolibc, arithmetic that the CPU lacks from libgcc. Nothing else is linked.
set(CTNN_LINK_LIBRARIES --specs=picolibc.specs -nodefaultlibs -Wl,--start-group -lc -lgcc -Wl,--end-group)
set(CTNN_BINUTILS riscv64-unknown-elf-)
