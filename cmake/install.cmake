# SPDX-License-Identifier: BSL-1.0
# Everything goes to folders that do not depend on the architecture: the library is headers only.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(ctnn_package_dir "${CMAKE_INSTALL_DATADIR}/cmake/ctnn")

install(TARGETS ctnn EXPORT ctnn-targets FILE_SET HEADERS)
install(EXPORT ctnn-targets NAMESPACE ctnn:: FILE ctnnTargets.cmake DESTINATION ${ctnn_package_dir})

configure_package_config_file(cmake/ctnnConfig.cmake.in ctnnConfig.cmake INSTALL_DESTINATION ${ctnn_package_dir})
write_basic_package_version_file(ctnnConfigVersion.cmake COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${PROJECT_BINARY_DIR}/ctnnConfig.cmake ${PROJECT_BINARY_DIR}/ctnnConfigVersion.cmake
        DESTINATION ${ctnn_package_dir})

configure_file(cmake/ctnn.pc.in ctnn.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/ctnn.pc DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/licenses/ctnn)
