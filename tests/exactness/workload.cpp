// SPDX-License-Identifier: BSL-1.0
/// \file The parts of the workload as one list.
#include "workload.hpp"

namespace exactness {
namespace {

part_list (*const lists[])() = {math_parts, softmax_parts, constant_parts, training_parts, network_parts};

}  // namespace

std::size_t exactness_part_count() {
  std::size_t count = 0;
  for (auto const list : lists) count += list().count;
  return count;
}

part const& exactness_part_at(std::size_t index) {
  std::size_t l = 0;
  for (; index >= lists[l]().count; ++l) index -= lists[l]().count;
  return lists[l]().first[index];
}

std::uint64_t exactness_part(std::size_t index) { return exactness_part_at(index).run(); }

}  // namespace exactness
