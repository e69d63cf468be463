# SPDX-License-Identifier: BSL-1.0
# cmake -DSENTENCE=... -P refuses.cmake -- PROGRAM ARGUMENT...
# Passes if the program ends with 2, says the sentence on standard error, and writes nothing to standard output. (A test's
# PASS_REGULAR_EXPRESSION would make ctest ignore the exit code.)
set(command)
set(after_dashes FALSE)
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(i RANGE ${last})
  if(after_dashes)
    list(APPEND command "${CMAKE_ARGV${i}}")
  elseif(CMAKE_ARGV${i} STREQUAL "--")
    set(after_dashes TRUE)
  endif()
endforeach()

execute_process(COMMAND ${command} RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE error)
string(FIND "${error}" "${SENTENCE}" found)
if(NOT code STREQUAL "2" OR found EQUAL -1 OR NOT output STREQUAL "")
  message(FATAL_ERROR "expected exit code 2 and: ${SENTENCE}\nfound exit code ${code} and:\n${error}${output}")
endif()
