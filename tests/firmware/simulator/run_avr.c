// SPDX-License-Identifier: BSL-1.0
// Runs a program for AVR in simavr, clock cycle by clock cycle.
//
//   run_avr PROGRAM.elf [MCU]     (atmega328p if not given)
//
// The program writes to registers that no peripheral uses: GPIOR0 a character to print, GPIOR1 1 to begin a region and 2
// to end it, GPIOR2 the exit code. After a region GPIOR1 and GPIOR2 hold the bytes of stack that it used, low byte first,
// and "region N cycles C" is printed; at the end "stack in all B". Exits with the program's code; 99 if the program crashed or went on for too long.
#include <inttypes.h>
#include <simavr/sim_avr.h>
#include <simavr/sim_elf.h>
#include <simavr/sim_io.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { gpior0 = 0x3E, gpior1 = 0x4A, gpior2 = 0x4B, stack_pointer_low = 0x5D, stack_pointer_high = 0x5E };
static uint64_t const most_cycles = UINT64_C(4000000000);

static int exit_code = -1;
static unsigned region;
static avr_cycle_count_t cycle_at_begin;
static unsigned stack_at_begin, lowest_in_region, lowest;

// simavr tells of every section that it loads.
static void log_errors_only(avr_t* avr, int const level, char const* format, va_list arguments) {
  (void)avr;
  if (level <= LOG_ERROR) vfprintf(stderr, format, arguments);
}

static unsigned stack_pointer(avr_t const* avr) {
  return avr->data[stack_pointer_low] | (unsigned)avr->data[stack_pointer_high] << 8;
}

// Whether the next instruction writes half of the stack pointer: `out SPH, r` or `out SPL, r`.
static int writes_half(avr_t const* avr, unsigned const half) {
  unsigned const instruction = avr->flash[avr->pc] | (unsigned)avr->flash[avr->pc + 1] << 8;
  unsigned const port = half - 0x20;
  return (instruction & 0xFE0F) == (0xB800 | (port & 0x30) << 5 | (port & 0x0F));
}

static void print(avr_t* avr, avr_io_addr_t address, uint8_t value, void* data) {
  (void)avr, (void)address, (void)data;
  putchar(value);
}

static void mark(avr_t* avr, avr_io_addr_t address, uint8_t value, void* data) {
  (void)address, (void)data;
  if (value == 1) {
    cycle_at_begin = avr->cycle;
    stack_at_begin = lowest_in_region = stack_pointer(avr);
  } else {
    printf("region %u cycles %" PRIu64 "\n", region++, (uint64_t)(avr->cycle - cycle_at_begin));
    unsigned const stack = stack_at_begin - lowest_in_region;
    avr->data[gpior1] = (uint8_t)stack;
    avr->data[gpior2] = (uint8_t)(stack >> 8);
  }
}

static void end(avr_t* avr, avr_io_addr_t address, uint8_t value, void* data) {
  (void)avr, (void)address, (void)data;
  exit_code = value;
}

int main(int argc, char** argv) {
  char const* const mcu = argc > 2 ? argv[2] : "atmega328p";
  static elf_firmware_t firmware;
  avr_global_logger_set(log_errors_only);
  if (argc < 2 || elf_read_firmware(argv[1], &firmware) != 0) {
    fprintf(stderr, "usage: run_avr PROGRAM.elf [MCU]\n");
    return 2;
  }
  avr_t* const avr = avr_make_mcu_by_name(mcu);
  if (avr == NULL) {
    fprintf(stderr, "run_avr: simavr does not know %s\n", mcu);
    return 2;
  }
  avr_init(avr);
  firmware.frequency = 16000000;
  avr_load_firmware(avr, &firmware);
  avr_register_io_write(avr, gpior0, print, NULL);
  avr_register_io_write(avr, gpior1, mark, NULL);
  avr_register_io_write(avr, gpior2, end, NULL);

  lowest = avr->ramend;
  int between_halves = 0;
  while (exit_code < 0 && avr->cycle < most_cycles) {
    // The stack pointer is moved by writing the high half, then the low one; what it is meanwhile is no address.
    if (writes_half(avr, stack_pointer_high)) between_halves = 1;
    if (writes_half(avr, stack_pointer_low)) between_halves = 0;
    int const state = avr_run(avr);
    unsigned const sp = stack_pointer(avr);
    if (!between_halves) {
      if (sp > avr->ioend && sp < lowest) lowest = sp;  // start-up
      if (sp < lowest_in_region) lowest_in_region = sp;
    }
    if (state == cpu_Done || state == cpu_Crashed) {
      printf("the program %s at address 0x%x, stack pointer 0x%x\n",
             state == cpu_Done ? "stopped without an exit code" : "crashed", (unsigned)avr->pc, sp);
      return 99;
    }
  }
  if (exit_code < 0) printf("the program was still running after %" PRIu64 " cycles\n", most_cycles);
  printf("stack in all %u\n", avr->ramend - lowest);
  return exit_code < 0 ? 99 : exit_code;
}
