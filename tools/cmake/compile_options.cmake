# Options of every target of this project (not of libraries that it uses).

add_library(synthgen_options INTERFACE)
# Floating contraction would change results between processors; nothing here may depend on it.
target_compile_options(synthgen_options INTERFACE
  -ffp-contract=off -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast)
if(SYNTHGEN_WERROR)
  target_compile_options(synthgen_options INTERFACE -Werror)
endif()

if(SYNTHGEN_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # The compiler collects its garbage from 1 GB on: before, that takes longer than it saves.
  add_compile_options(--param=ggc-min-heapsize=524288)
endif()

# CMake's own choice is -O3, which takes twice as long to compile and is no faster where no tokens are
# made; sources where they are ask for it themselves.
if(NOT EMSCRIPTEN AND CMAKE_CXX_FLAGS_RELEASE STREQUAL "-O3 -DNDEBUG")
  set(CMAKE_CXX_FLAGS_RELEASE "-O1 -DNDEBUG")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Zeroing a vector is a call of memset, as it is with -O2.
    string(APPEND CMAKE_CXX_FLAGS_RELEASE " -ftree-loop-distribute-patterns")
  endif()
endif()

if(EMSCRIPTEN)
  # A page loads the module: size first. Sources where tokens are made ask for speed themselves.
  set(CMAKE_CXX_FLAGS_RELEASE "-Oz -DNDEBUG")
  # With -Oz Emscripten forbids all inlining, trivial functions included: larger, and a third as fast.
  add_compile_options(-sINLINING_LIMIT=0)
  # Exceptions cost a third of the code: a target whose calls never throw sets WITHOUT_EXCEPTIONS.
  add_compile_options($<$<NOT:$<BOOL:$<TARGET_PROPERTY:WITHOUT_EXCEPTIONS>>>:-fwasm-exceptions>)
  add_link_options($<$<NOT:$<BOOL:$<TARGET_PROPERTY:WITHOUT_EXCEPTIONS>>>:-fwasm-exceptions>)
endif()
