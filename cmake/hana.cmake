# SPDX-License-Identifier: BSL-1.0
# Sets `ctnn_hana` to the target that brings the headers of Boost.Hana: an installed Boost, else Hana alone, fetched.
set(ctnn_hana Boost::headers)

# A device's compiler must not see the host's other headers, which lie beside Boost's: a folder with a link to Boost alone.
if(CMAKE_CROSSCOMPILING AND NOT TARGET Boost::headers)
  find_path(CTNN_BOOST_FOLDER boost/hana/tuple.hpp PATHS /usr/include /usr/local/include /opt/homebrew/include
            NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
  if(CTNN_BOOST_FOLDER)
    file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/hana)
    file(CREATE_LINK ${CTNN_BOOST_FOLDER}/boost ${CMAKE_CURRENT_BINARY_DIR}/hana/boost SYMBOLIC)
    add_library(ctnn_hana INTERFACE)
    target_include_directories(ctnn_hana SYSTEM INTERFACE $<BUILD_INTERFACE:${CMAKE_CURRENT_BINARY_DIR}/hana>)
    set(ctnn_hana ctnn_hana)
    return()
  endif()
endif()

if(NOT TARGET Boost::headers)
  find_package(Boost 1.74 QUIET CONFIG)
endif()
if(NOT TARGET Boost::headers AND CMAKE_VERSION VERSION_LESS 3.30) # later versions have no module for Boost
  find_package(Boost 1.74 QUIET MODULE)
endif()

if(NOT TARGET Boost::headers)
  message(STATUS "ctnn: no Boost >= 1.74 found, fetching Boost.Hana")
  include(FetchContent)
  # Hana's own CMake files bring its tests and documentation along, so a folder without any is named.
  FetchContent_Declare(
    ctnn_hana_source
    GIT_REPOSITORY https://github.com/boostorg/hana.git
    GIT_TAG boost-1.81.0
    GIT_SHALLOW ON
    SOURCE_SUBDIR include)
  FetchContent_MakeAvailable(ctnn_hana_source)

  add_library(ctnn_hana INTERFACE)
  target_include_directories(ctnn_hana SYSTEM INTERFACE "${ctnn_hana_source_SOURCE_DIR}/include")
  set(ctnn_hana ctnn_hana)

  # An installed ctnn finds Boost where it is used; here there is none to find.
  if(CTNN_INSTALL)
    message(WARNING "ctnn: CTNN_INSTALL is switched off; installing needs an installed Boost (1.74 or newer)")
    set(CTNN_INSTALL OFF)
  endif()
endif()
