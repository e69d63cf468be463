// SPDX-License-Identifier: BSL-1.0
/// \file The networks that the benchmarks run on devices, the same as others were measured with.
#pragma once
#include <ctnn.hpp>

#include <cstddef>

namespace benchmark {

using ctnn::dense;
using ctnn::input;
using ctnn::network;
using ctnn::relu;
using ctnn::softmax;

/// (i) 4-16-16-3, 403 parameters.
using net_i = network<float, input<4>, dense<16, relu>, dense<16, relu>, dense<3>>;

/// (ii) 64-32-10, a classifier, 2,410 parameters.
using net_ii = network<float, input<64>, dense<32, relu>, dense<10, softmax>>;

template <class Net> inline constexpr Net weights = ctnn::initialize<Net>(ctnn::he{.seed = 1});

/// An input like any other.
template <class Net>
inline constexpr auto sample_input = [] {
  typename Net::input_type x{};
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i % 7) / 8 - .25F;
  return x;
}();

}  // namespace benchmark
