# cmake --install: the program with its manual pages and completions, the library, its headers, and a
# package for find_package(synthgen). cpack makes a .deb of the same files.
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

# The program itself writes what is made from its table of commands and flags.
if(NOT CMAKE_CROSSCOMPILING)
  set(synthgen_shell_files ${PROJECT_BINARY_DIR}/shell)
  install(CODE "
    set(program \"$<TARGET_FILE:synthgen_cli>\")
    set(pages \"${synthgen_shell_files}/man\")
    file(REMOVE_RECURSE \"\${pages}\")
    file(MAKE_DIRECTORY \"\${pages}\")
    execute_process(COMMAND \"\${program}\" man --output-dir \"\${pages}\" COMMAND_ERROR_IS_FATAL ANY)
    foreach(shell bash zsh fish)
      execute_process(COMMAND \"\${program}\" completions \${shell} COMMAND_ERROR_IS_FATAL ANY
                      OUTPUT_FILE \"${synthgen_shell_files}/completion.\${shell}\")
    endforeach()")
  install(DIRECTORY ${synthgen_shell_files}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES ${synthgen_shell_files}/completion.bash RENAME synthgen
          DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  install(FILES ${synthgen_shell_files}/completion.zsh RENAME _synthgen
          DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  install(FILES ${synthgen_shell_files}/completion.fish RENAME synthgen.fish
          DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endif()
install(FILES LICENSE RENAME copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})

# `cpack` in the build directory: synthgen_VERSION_ARCHITECTURE.deb. The same bytes each time where
# SOURCE_DATE_EPOCH names the time of its files.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "synthgen <synthgen@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_THREADS 1)
set(CPACK_VERBATIM_VARIABLES ON)
include(CPack)
