# SPDX-License-Identifier: BSL-1.0
# RISC-V, 32 bits: GCC for riscv64-unknown-elf, which knows both, or Clang with that GCC's linker. Debian has no C++
# library for it; the headers of the Arm package serve, freestanding, as they depend on the C++ compiler and little else.
include(${CMAKE_CURRENT_LIST_DIR}/common.cmake)
set(CMAKE_SYSTEM_PROCESSOR riscv)

ctnn_header_options("-mcpu=cortex-m3 -mthumb -mfloat-abi=soft" ctnn_headers ONLY "/c\\+\\+/")
set(CMAKE_CXX_FLAGS_INIT "${CTNN_CPU_FLAGS} ${ctnn_lean} -ffreestanding -D_GLIBCXX_HOSTED=0 ${ctnn_headers}")

if(CTNN_COMPILER STREQUAL gcc)
  set(CMAKE_CXX_COMPILER riscv64-unknown-elf-g++)
else()
  ctnn_use_clang(riscv64-unknown-elf-g++)
endif()
# memcpy and memset come from picolibc, arithmetic that the CPU lacks from libgcc. Nothing else is linked.
set(CTNN_LINK_LIBRARIES --specs=picolibc.specs -nodefaultlibs -Wl,--start-group -lc -lgcc -Wl,--end-group)
set(CTNN_BINUTILS riscv64-unknown-elf-)
