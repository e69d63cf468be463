# SPDX-License-Identifier: BSL-1.0
# The boards that the simulators have for each core: their memory, and how a program for them is linked.
#
# ctnn_board_executable(NAME SOURCE...)   an executable with start-up code and memory layout, named NAME.elf
set(ctnn_board_folder ${CMAKE_CURRENT_LIST_DIR})

macro(ctnn_memory flash flash_length ram ram_length stack_length)
  set(FLASH_ORIGIN ${flash})
  set(FLASH_LENGTH ${flash_length})
  set(RAM_ORIGIN ${ram})
  set(RAM_LENGTH ${ram_length})
  set(STACK_LENGTH ${stack_length})
  # Most boards keep constants beside the code.
  set(CONSTANTS_REGION FLASH)
  set(CONSTANTS_ORIGIN 0)
  set(CONSTANTS_LENGTH 0)
endmacro()

if(CTNN_TARGET STREQUAL cortex-m0)
  ctnn_memory(0x00000000 256K 0x20000000 16K 4K) # microbit
elseif(CTNN_TARGET MATCHES "^cortex-m(3|4f|7f)$")
  ctnn_memory(0x00000000 4M 0x20000000 4M 64K) # mps2-an385, -an386, -an500
elseif(CTNN_TARGET STREQUAL cortex-m33f)
  ctnn_memory(0x10000000 4M 0x38000000 4M 64K) # mps2-an505: the secure aliases
elseif(CTNN_TARGET STREQUAL cortex-m55)
  ctnn_memory(0x00000000 512K 0x21000000 2M 64K) # mps3-an547: tightly coupled memory, SRAM
  set(CONSTANTS_REGION CONSTANTS)
  set(CONSTANTS_ORIGIN 0x01000000)
  set(CONSTANTS_LENGTH 2M)
elseif(CTNN_TARGET MATCHES "^rv32")
  # virt, whose RAM begins at 0x80000000: the first part of it stands for flash.
  ctnn_memory(0x80000000 4M 0x80400000 4M 64K)
elseif(NOT CMAKE_SYSTEM_PROCESSOR STREQUAL avr)
  message(FATAL_ERROR "tests/firmware/board/board.cmake has no board for ${CTNN_TARGET}")
endif()

add_library(ctnn_board OBJECT)
target_include_directories(ctnn_board PUBLIC ${ctnn_board_folder})
target_compile_features(ctnn_board PUBLIC cxx_std_20)
if(CMAKE_SYSTEM_PROCESSOR STREQUAL avr)
  target_sources(ctnn_board PRIVATE ${ctnn_board_folder}/device_avr.cpp)
  set(ctnn_link_options "")
else()
  target_sources(ctnn_board PRIVATE ${ctnn_board_folder}/device_qemu.cpp
                                    ${ctnn_board_folder}/startup_${CMAKE_SYSTEM_PROCESSOR}.cpp)
  set(ctnn_linker_script ${CMAKE_CURRENT_BINARY_DIR}/${CTNN_TARGET}.ld)
  configure_file(${ctnn_board_folder}/flash_and_ram.ld.in ${ctnn_linker_script} @ONLY)
  # The linker would warn of what no such device has: pages that may be written and not executed.
  set(ctnn_link_options -nostartfiles -T ${ctnn_linker_script} -Wl,--no-warn-rwx-segments -Wl,--no-warn-execstack)
endif()

function(ctnn_board_executable name)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE ctnn::ctnn ctnn_board ${CTNN_LINK_LIBRARIES})
  target_link_options(${name} PRIVATE ${ctnn_link_options} -Wl,--gc-sections)
  set_target_properties(${name} PROPERTIES CXX_EXTENSIONS OFF SUFFIX .elf LINK_DEPENDS "${ctnn_linker_script}")
endfunction()
