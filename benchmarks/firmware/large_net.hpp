// SPDX-License-Identifier: BSL-1.0
/// \file The large one of the networks that are measured on devices.
#pragma once
#include "nets.hpp"

namespace benchmark {

/// (iii) The autoencoder of MLPerf Tiny's anomaly detection, 265,864 parameters.
using net_iii =
    network<float, input<640>, dense<128, relu>, dense<128, relu>, dense<128, relu>, dense<128, relu>, dense<8, relu>,
            dense<128, relu>, dense<128, relu>, dense<128, relu>, dense<128, relu>, dense<640>>;

/// As many random numbers would take minutes of compilation; multiples of 1/2048 in [-1/16, 1/16) do as well.
template <>
inline constexpr net_iii weights<net_iii> = [] {
  net_iii net;
  float* p = net.parameters.data();
  unsigned state = 1;
  // In two loops, since GCC allows 262,144 rounds of one.
  for (std::size_t done = 0; done < net_iii::parameter_count;)
    for (std::size_t end = done + 1'000; done < end && done < net_iii::parameter_count; ++done) {
      state = state * 1'103'515'245U + 12'345U;
      p[done] = static_cast<float>(static_cast<int>(state >> 16 & 255U) - 128) / 2048;
    }
  return net;
}();

}  // namespace benchmark
