// SPDX-License-Identifier: BSL-1.0
// A plugin for QEMU 5.0 to 8.1 (plugin API 1) that counts the instructions executed between two addresses.
//
//   qemu-system-arm … -plugin libcount.so,begin=0x1234,end=0x5678[,cycles=on] -d plugin -D LOG
//
// Each time `begin` is executed a region begins, and at `end` it ends with the line "region N instructions M" in LOG; the
// instruction at `begin` is counted, the one at `end` is not. With cycles=on the line ends in " cycles C": a rough model
// of the Cortex-M4, see cycles_of.
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if __has_include(<qemu-plugin.h>)
#include <qemu-plugin.h>
#define EXPORT QEMU_PLUGIN_EXPORT
#else
// Debian's QEMU 7.2 has the interface and not its header: the part of it that is used here.
#define EXPORT __attribute__((visibility("default")))
typedef uint64_t qemu_plugin_id_t;
typedef struct qemu_info_t qemu_info_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum qemu_plugin_cb_flags { QEMU_PLUGIN_CB_NO_REGS };
enum qemu_plugin_op { QEMU_PLUGIN_INLINE_ADD_U64 };
#define QEMU_PLUGIN_VERSION 1
void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t, void (*)(qemu_plugin_id_t, struct qemu_plugin_tb*));
size_t qemu_plugin_tb_n_insns(struct qemu_plugin_tb const*);
struct qemu_plugin_insn* qemu_plugin_tb_get_insn(struct qemu_plugin_tb const*, size_t);
uint64_t qemu_plugin_insn_vaddr(struct qemu_plugin_insn const*);
char* qemu_plugin_insn_disas(struct qemu_plugin_insn const*);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn*, void (*)(unsigned, void*),
                                            enum qemu_plugin_cb_flags, void*);
void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn*, enum qemu_plugin_op, void*, uint64_t);
void qemu_plugin_outs(char const*);
#endif

EXPORT int qemu_plugin_version = QEMU_PLUGIN_VERSION;

static uint64_t begin_address, end_address;
static bool with_cycles;

static uint64_t instructions, cycles;  // since the machine started
static uint64_t instructions_at_begin, cycles_at_begin;
static unsigned region;

static void begin_region(unsigned cpu, void* data) {
  (void)cpu, (void)data;
  instructions_at_begin = instructions;
  cycles_at_begin = cycles;
}

static void end_region(unsigned cpu, void* data) {
  (void)cpu, (void)data;
  char line[120];
  int length = snprintf(line, sizeof line, "region %u instructions %" PRIu64, region++, instructions - instructions_at_begin);
  if (with_cycles)
    length += snprintf(line + length, sizeof line - (size_t)length, " cycles %" PRIu64, cycles - cycles_at_begin);
  snprintf(line + length, sizeof line - (size_t)length, "\n");
  qemu_plugin_outs(line);
}

// How many words are in the registers that a list such as "{r4, r5, r7-r9}", "{s16-s31}" or "{d8-d11}" names.
static unsigned words_in(char const* list) {
  unsigned count = 0;
  long first = 0;
  bool range = false;
  for (char const* p = list; *p != '\0' && *p != '}'; ++p) {
    if (*p == '-') {
      range = true;
    } else if (*p >= '0' && *p <= '9' && !(p[-1] >= '0' && p[-1] <= '9')) {
      long const number = strtol(p, NULL, 10);
      count += range ? (unsigned)(number - first) : 1;
      first = number;
      range = false;
    } else if ((*p == 'l' && p[1] == 'r') || (*p == 'p' && p[1] == 'c')) {
      ++count;
    }
  }
  return list[1] == 'd' ? 2 * count : count;
}

static bool starts(char const* text, char const* with) { return strncmp(text, with, strlen(with)) == 0; }

// Cycles of an instruction on a Cortex-M4 without wait states, from the table in Arm's Technical Reference Manual
// (DDI 0439, 3.3.1 and 7.2.2), without its stalls and without the overlap of neighbouring loads: branches count as taken.
static unsigned cycles_of(char const* code) {
  char const* const list = strchr(code, '{');
  if (list != NULL) {  // ldm, stm, push, pop and their vector kin: one and one for each word
    unsigned const words = words_in(list);
    return 1 + words + (starts(code, "pop") && strstr(list, "pc") != NULL ? 3 : 0);
  }
  if (starts(code, "vdiv") || starts(code, "vsqrt")) return 14;
  if (starts(code, "vmla") || starts(code, "vmls") || starts(code, "vfm") || starts(code, "vfn")) return 3;
  if (starts(code, "vldr") || starts(code, "vstr")) return 2;
  if (code[0] == 'v') return 1;
  if (starts(code, "ldrd") || starts(code, "strd")) return 3;
  if (starts(code, "ldr")) return 2;
  if (starts(code, "sdiv") || starts(code, "udiv")) return 7;
  if (starts(code, "cb")) return 2;
  if (code[0] == 'b' && !starts(code, "bic") && !starts(code, "bf") && !starts(code, "bkpt")) return 2;
  return 1;
}

static void translate(qemu_plugin_id_t id, struct qemu_plugin_tb* block) {
  (void)id;
  size_t const count = qemu_plugin_tb_n_insns(block);
  for (size_t i = 0; i < count; ++i) {
    struct qemu_plugin_insn* const instruction = qemu_plugin_tb_get_insn(block, i);
    uint64_t const address = qemu_plugin_insn_vaddr(instruction);
    if (address == begin_address)
      qemu_plugin_register_vcpu_insn_exec_cb(instruction, begin_region, QEMU_PLUGIN_CB_NO_REGS, NULL);
    if (address == end_address)
      qemu_plugin_register_vcpu_insn_exec_cb(instruction, end_region, QEMU_PLUGIN_CB_NO_REGS, NULL);
    qemu_plugin_register_vcpu_insn_exec_inline(instruction, QEMU_PLUGIN_INLINE_ADD_U64, &instructions, 1);
    if (with_cycles) {
      char* const code = qemu_plugin_insn_disas(instruction);
      unsigned const cost = code != NULL ? cycles_of(code) : 1;
      free(code);
      qemu_plugin_register_vcpu_insn_exec_inline(instruction, QEMU_PLUGIN_INLINE_ADD_U64, &cycles, cost);
    }
  }
}

EXPORT int qemu_plugin_install(qemu_plugin_id_t id, qemu_info_t const* info, int argc, char** argv) {
  (void)info;
  for (int i = 0; i < argc; ++i) {
    // An odd address is Arm's way to say that the function is Thumb code.
    if (starts(argv[i], "begin="))
      begin_address = strtoull(argv[i] + 6, NULL, 16) & ~UINT64_C(1);
    else if (starts(argv[i], "end="))
      end_address = strtoull(argv[i] + 4, NULL, 16) & ~UINT64_C(1);
    else if (strcmp(argv[i], "cycles=on") == 0)
      with_cycles = true;
    else {
      fprintf(stderr, "count: unknown argument %s\n", argv[i]);
      return 1;
    }
  }
  qemu_plugin_register_vcpu_tb_trans_cb(id, translate);
  return 0;
}
