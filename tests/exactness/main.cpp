// SPDX-License-Identifier: BSL-1.0
/// \file Runs the exactness workload: a line `hash part` for each part and `hash total` at the end. Fails if a part
/// differs from its constant evaluation.
#include "hash.hpp"
#include "workload.hpp"

#include <cinttypes>
#include <cstdio>

int main() {
  exactness::hash total;
  bool good = true;
  for (std::size_t i = 0; i < exactness::exactness_part_count(); ++i) {
    auto const& part = exactness::exactness_part_at(i);
    auto const value = exactness::exactness_part(i);
    total.add(value);
    std::printf("%016" PRIx64 " %s", value, part.name);
    if (part.constant != nullptr) {
      bool const same = *part.constant == value;
      good &= same;
      if (same)
        std::printf(", as in constant evaluation");
      else
        std::printf(", DIFFERS from constant evaluation: %016" PRIx64, *part.constant);
    }
    std::printf("\n");
    std::fflush(stdout);
  }
  std::printf("%016" PRIx64 " total\n", total.value());
  return good ? 0 : 1;
}
