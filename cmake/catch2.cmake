# SPDX-License-Identifier: BSL-1.0
# Defines `ctnn_catch`: Catch2, version 3 or 2, with a main. Tests include <support/catch.hpp>.
find_package(Catch2 3 QUIET)
if(NOT Catch2_FOUND)
  find_package(Catch2 2 QUIET)
endif()
if(NOT Catch2_FOUND)
  message(STATUS "ctnn: no Catch2 found, fetching it")
  include(FetchContent)
  FetchContent_Declare(
    Catch2
    GIT_REPOSITORY https://github.com/catchorg/Catch2.git
    GIT_TAG v3.5.4
    GIT_SHALLOW ON)
  FetchContent_MakeAvailable(Catch2)
  list(APPEND CMAKE_MODULE_PATH "${Catch2_SOURCE_DIR}/extras")
  set(Catch2_VERSION 3.5.4)
endif()
include(Catch)

if(Catch2_VERSION VERSION_LESS 3)
  # Version 2 is one large header; its implementation is compiled here once.
  add_library(ctnn_catch STATIC ${PROJECT_SOURCE_DIR}/tests/support/main.cpp)
  target_compile_options(ctnn_catch PRIVATE -O0) # half the time to compile, and tests spend none in it
  target_compile_features(ctnn_catch PUBLIC cxx_std_20)
  target_link_libraries(ctnn_catch PUBLIC Catch2::Catch2)
  target_include_directories(ctnn_catch PUBLIC ${PROJECT_SOURCE_DIR}/tests)
else()
  add_library(ctnn_catch INTERFACE)
  target_link_libraries(ctnn_catch INTERFACE Catch2::Catch2WithMain)
  target_include_directories(ctnn_catch INTERFACE ${PROJECT_SOURCE_DIR}/tests)
endif()
