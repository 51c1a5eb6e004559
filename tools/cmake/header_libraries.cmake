# Header-only libraries of the system, the same for the native and the WebAssembly build.
#
# The native compiler finds them in its default path. Emscripten must not see the host's /usr/include
# as a whole (its libc headers clash), so each library gets a symlink in a folder of its own.

add_library(synthgen_headers INTERFACE)
set_target_properties(synthgen_headers PROPERTIES EXPORT_NAME headers)
set(synthgen_linked_headers ${PROJECT_BINARY_DIR}/host-include)

# synthgen_header_library(NAME HEADER DEBIAN_PACKAGE): finds HEADER and lets the targets include it.
# Set SYNTHGEN_<NAME>_INCLUDE_DIR to use a copy from elsewhere.
function(synthgen_header_library name header package)
  string(TOUPPER ${name} upper)
  set(variable SYNTHGEN_${upper}_INCLUDE_DIR)
  find_path(${variable} ${header} PATHS /usr/include /usr/local/include NO_CMAKE_FIND_ROOT_PATH)
  if(NOT ${variable})
    message(FATAL_ERROR "${header} was not found: install ${package} (Debian, Ubuntu), or set "
                        "${variable} to the folder that holds it")
  endif()
  if(EMSCRIPTEN)
    string(REGEX MATCH "^[^/]+" top ${header})
    file(MAKE_DIRECTORY ${synthgen_linked_headers})
    file(CREATE_LINK ${${variable}}/${top} ${synthgen_linked_headers}/${top} SYMBOLIC)
    target_include_directories(synthgen_headers SYSTEM INTERFACE
                               $<BUILD_INTERFACE:${synthgen_linked_headers}>)
  elseif(NOT ${variable} IN_LIST CMAKE_CXX_IMPLICIT_INCLUDE_DIRECTORIES)
    target_include_directories(synthgen_headers SYSTEM INTERFACE
                               $<BUILD_INTERFACE:${${variable}}>)
  endif()
endfunction()

# synthgen_library(NAME HEADER DEBIAN_PACKAGE): makes sure that a compiled library of the system and
# its header are there.
function(synthgen_library name header package)
  string(TOUPPER ${name} upper)
  find_path(SYNTHGEN_${upper}_INCLUDE_DIR ${header})
  find_library(SYNTHGEN_${upper}_LIBRARY ${name})
  if(NOT SYNTHGEN_${upper}_INCLUDE_DIR OR NOT SYNTHGEN_${upper}_LIBRARY)
    message(FATAL_ERROR "${header} or its library was not found: install ${package} (Debian, Ubuntu)")
  endif()
endfunction()
