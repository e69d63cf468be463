// SPDX-License-Identifier: BSL-1.0
/// \file The sizes of the scaling curves, and the loops in C beside them.
#pragma once
#include "networks.hpp"

#include <array>
#include <cstddef>
#include <vector>

namespace bench {

inline constexpr std::array<std::size_t, 11> scaling_widths{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};
inline constexpr std::array<std::size_t, 7> scaling_depths{1, 2, 4, 8, 16, 32, 64};
inline constexpr std::array<std::size_t, 9> scaling_batches{1, 2, 4, 8, 16, 32, 64, 128, 256};

struct scaled {
  char const* chart;
  std::size_t x, inputs, outputs;
  void (*prepare)();
  void (*infer)(float const* x, float* y);
  void (*learn)(std::size_t count, float const* x, float const* t);
};
std::vector<scaled> const& scaled_in_c();

}  // namespace bench
