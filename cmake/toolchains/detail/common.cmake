# SPDX-License-Identifier: BSL-1.0
# What the toolchain files share: which compiler, what it must leave out, and where the C++ headers are.
#
#   cmake --toolchain "$PWD"/cmake/toolchains/cortex-m4f.cmake -DCTNN_COMPILER=clang …
#
# CTNN_COMPILER        gcc (where there is one that knows C++20) or clang
# CTNN_LIBSTDCXX_FROM  the Arm compiler whose C++ headers are used where a target has none of its own
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY) # nothing can be linked before there is a linker script
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES CTNN_COMPILER CTNN_LIBSTDCXX_FROM)

set(CTNN_COMPILER gcc CACHE STRING "gcc or clang")
set(CTNN_LIBSTDCXX_FROM arm-none-eabi-g++ CACHE STRING "The compiler whose C++ headers serve other targets too")
if(NOT CTNN_COMPILER MATCHES "^(gcc|clang)$")
  message(FATAL_ERROR "CTNN_COMPILER is gcc or clang, not ${CTNN_COMPILER}")
endif()

# Sections of their own let the linker drop what is not called; the rest is what a device without a heap, exceptions and
# destructors at exit has no use for. None of it changes what is computed.
string(
  JOIN " " ctnn_lean
  -ffunction-sections -fdata-sections -fno-exceptions -fno-rtti -fno-threadsafe-statics -fno-use-cxa-atexit
  -fno-unwind-tables -fno-asynchronous-unwind-tables)

# Options that name the folders which the compiler CTNN_LIBSTDCXX_FROM searches for headers, for the CPU flags given.
# ONLY and EXCEPT are expressions that choose among them.
function(ctnn_header_options flags result)
  cmake_parse_arguments(PARSE_ARGV 2 choose "" "ONLY;EXCEPT" "")
  separate_arguments(flags)
  execute_process(
    COMMAND ${CTNN_LIBSTDCXX_FROM} ${flags} -x c++ -E -v /dev/null
    OUTPUT_QUIET ERROR_VARIABLE said RESULT_VARIABLE status)
  if(NOT status EQUAL 0 OR NOT said MATCHES "#include <\\.\\.\\.> search starts here:\n(.*)\nEnd of search list")
    message(FATAL_ERROR "${CTNN_LIBSTDCXX_FROM} does not run or does not say where its headers are (Debian: "
                        "gcc-arm-none-eabi libstdc++-arm-none-eabi-newlib): ${said}")
  endif()
  string(REGEX REPLACE "[ \n]+" ";" folders "${CMAKE_MATCH_1}")
  set(options "-nostdinc++")
  foreach(folder IN LISTS folders)
    if(folder)
      get_filename_component(folder "${folder}" REALPATH)
      if((NOT choose_ONLY OR folder MATCHES "${choose_ONLY}") AND NOT (choose_EXCEPT AND folder MATCHES "${choose_EXCEPT}"))
        string(APPEND options " -isystem ${folder}")
      endif()
    endif()
  endforeach()
  set(${result} "${options}" PARENT_SCOPE)
endfunction()

# Clang for CTNN_CLANG_TRIPLE, with the linker and the libraries of a GCC for the same target.
macro(ctnn_use_clang linker)
  find_program(ctnn_clang NAMES clang++-19 clang++ REQUIRED)
  set(CMAKE_CXX_COMPILER ${ctnn_clang})
  set(CMAKE_CXX_COMPILER_TARGET ${CTNN_CLANG_TRIPLE})
  set(CMAKE_CXX_LINK_EXECUTABLE
      "${linker} ${CTNN_CPU_FLAGS} <LINK_FLAGS> <OBJECTS> -o <TARGET> <LINK_LIBRARIES>")
endmacro()
