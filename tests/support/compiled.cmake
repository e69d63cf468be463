# SPDX-License-Identifier: BSL-1.0
# cmake -DSOURCE=… -DOBJECT=… -P compiled.cmake: has SOURCE been compiled, as it is now, to OBJECT?
if(NOT OBJECT OR NOT EXISTS "${OBJECT}")
  message(FATAL_ERROR "${SOURCE} has not been compiled: its assertions are not proved.")
endif()
if("${SOURCE}" IS_NEWER_THAN "${OBJECT}")
  message(FATAL_ERROR "${SOURCE} has changed since it was compiled: build first.")
endif()
message(STATUS "The compiler accepted ${SOURCE}")
