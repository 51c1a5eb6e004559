# cmake --install: the program, the library, its headers, and a package for find_package(synthgen).
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(synthgen_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/synthgen)

install(TARGETS synthgen_cli)
install(TARGETS synthgen_core synthgen_headers EXPORT synthgen)
install(DIRECTORY cpp/synthgen DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN *.hpp)
install(EXPORT synthgen NAMESPACE synthgen:: FILE synthgen-targets.cmake
        DESTINATION ${synthgen_package_dir})

configure_package_config_file(tools/cmake/synthgen-config.cmake.in synthgen-config.cmake
                              INSTALL_DESTINATION ${synthgen_package_dir})
write_basic_package_version_file(synthgen-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/synthgen-config.cmake
              ${PROJECT_BINARY_DIR}/synthgen-config-version.cmake
        DESTINATION ${synthgen_package_dir})
