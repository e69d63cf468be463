# SPDX-License-Identifier: BSL-1.0
# Microchip AVR ATmega2560 (Arduino Mega): float only, as its double has four bytes too; 256 KB flash, 8 KB RAM.
set(CTNN_TARGET atmega2560)
set(CTNN_CPU_FLAGS "-mmcu=atmega2560")
set(CTNN_CLANG_TRIPLE avr)
include(${CMAKE_CURRENT_LIST_DIR}/detail/avr.cmake)
