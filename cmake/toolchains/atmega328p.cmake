# SPDX-License-Identifier: BSL-1.0
# Microchip AVR ATmega328P (Arduino Uno): float only, as its double has four bytes too; 32 KB flash, 2 KB RAM.
set(CTNN_TARGET atmega328p)
set(CTNN_CPU_FLAGS "-mmcu=atmega328p")
set(CTNN_CLANG_TRIPLE avr)
include(${CMAKE_CURRENT_LIST_DIR}/detail/avr.cmake)
