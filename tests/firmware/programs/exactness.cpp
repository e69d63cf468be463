// SPDX-License-Identifier: BSL-1.0
// The parts of the exactness workload that fit a device. Prints "hash HEX PART" for each, which scripts/firmware compares
// with what a host prints; checks here that a part is as in constant evaluation where the compiler evaluated it.
#include "../../exactness/hash.hpp"
#include "../../exactness/workload.hpp"
#include "device.hpp"
#include "report.hpp"

#include <cstddef>
#include <cstdint>

namespace {

void print_hex(std::uint64_t value) {
  char digits[17];
  for (int i = 15; i >= 0; --i, value >>= 4) digits[i] = "0123456789abcdef"[value & 15];
  digits[16] = '\0';
  device::print(digits);
}

void run(exactness::part_list parts) {
  for (std::size_t i = 0; i < parts.count; ++i) {
    auto const& part = parts.first[i];
    auto const value = part.run();
    device::print("hash ");
    print_hex(value);
    device::print(" ");
    device::print(part.name);
    device::print("\n");
    report::check(part.constant == nullptr || *part.constant == value, part.name);
  }
}

}  // namespace

int main() {
  run(exactness::constant_parts());
  run(exactness::softmax_parts());
#ifndef CTNN_SMALL_FLASH
  run(exactness::training_parts());
#endif
  return report::finish();
}
