# SPDX-License-Identifier: BSL-1.0
# cmake -DFILE=… "-DKEYS=name;version" -P json.cmake: is FILE JSON, and are these keys in it and not empty?
file(READ "${FILE}" text)
foreach(key IN LISTS KEYS)
  string(JSON value ERROR_VARIABLE error GET "${text}" ${key})
  if(error OR value STREQUAL "")
    message(FATAL_ERROR "${FILE}: ${key}: ${error}")
  endif()
endforeach()
