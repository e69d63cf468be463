// SPDX-License-Identifier: BSL-1.0
/// \file A fixed workload for the library, hashed in parts: what must be the same on every target.
///
/// The parts use no heap, streams or exceptions, so that firmware can run them too. The larger networks need some
/// megabytes of static storage and of stack.
#pragma once
#include <cstddef>
#include <cstdint>

namespace exactness {

struct part {
  char const* name;
  std::uint64_t (*run)();
  std::uint64_t const* constant = nullptr;  ///< the same hash as this compiler evaluated it, where it is small enough
};

struct part_list {
  part const* first;
  std::size_t count;
};

// One list a source file; firmware may leave out what is too large for it.
part_list math_parts();      ///< every function of ctnn::math, over all exponents, and every activation
part_list softmax_parts();   ///< extreme logits
part_list network_parts();   ///< random topologies: outputs, loss, gradient
part_list training_parts();  ///< each optimizer, 200 steps
part_list constant_parts();  ///< a little of everything, compared with its constant evaluation

/// All parts, numbered from 0.
std::size_t exactness_part_count();
part const& exactness_part_at(std::size_t index);
std::uint64_t exactness_part(std::size_t index);

}  // namespace exactness
