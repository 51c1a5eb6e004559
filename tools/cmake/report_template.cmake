# The page of `synthgen analyze --html` as a source file: the bytes of build/report/index.html, which
# `npm run build:report` makes. Without it the program is built too, and `--html` explains how to get it.

set(SYNTHGEN_REPORT_TEMPLATE ${PROJECT_SOURCE_DIR}/build/report/index.html
    CACHE FILEPATH "HTML page for reports; none: a program without reports")

# `page` may be empty: a program without reports.
function(synthgen_report_template target page)
  set(bytes "")
  if(EXISTS "${page}")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${page})
    file(READ ${page} digits HEX)
    string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${digits}")
  elseif(page)
    message(STATUS "No report page at ${page}: `analyze --html` will explain how to get it "
                   "(npm run build:report)")
  endif()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${target}_template.cpp)
  configure_file(${PROJECT_SOURCE_DIR}/tools/cmake/report_template.cpp.in ${source} @ONLY)
  target_sources(${target} PRIVATE ${source})
endfunction()
