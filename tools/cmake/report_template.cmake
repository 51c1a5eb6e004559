# The page of `synthgen analyze --html` as a source file: the bytes of build/report/index.html, which
# `npm run build:report` makes. Without it the program is built all the same, and says how to get one.

set(SYNTHGEN_REPORT_TEMPLATE ${PROJECT_SOURCE_DIR}/build/report/index.html
    CACHE FILEPATH "HTML page for reports; none: a program without reports")

function(synthgen_report_template target)
  set(bytes "")
  if(EXISTS ${SYNTHGEN_REPORT_TEMPLATE})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${SYNTHGEN_REPORT_TEMPLATE})
    file(READ ${SYNTHGEN_REPORT_TEMPLATE} digits HEX)
    string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${digits}")
  else()
    message(STATUS "No report page at ${SYNTHGEN_REPORT_TEMPLATE}: `analyze --html` will say how to "
                   "get one (npm run build:report)")
  endif()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/report_template.cpp)
  configure_file(${PROJECT_SOURCE_DIR}/tools/cmake/report_template.cpp.in ${source} @ONLY)
  target_sources(${target} PRIVATE ${source})
endfunction()
