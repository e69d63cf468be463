// SPDX-License-Identifier: BSL-1.0
/// \file Net (i) for programs in the manner of other libraries, so that the rough model of cycles has something to
/// compare with. They are this project's own code, not those libraries'; README.md says how near they come.
#pragma once
#include "device.hpp"
#include "nets.hpp"
#include "report.hpp"

#include <array>
#include <cstddef>

namespace peers {

/// A layer's parameters, constants in flash as in a program that is generated.
template <std::size_t Out, std::size_t In> struct layer {
  float weights[Out][In];
  float bias[Out];
};

template <std::size_t Out, std::size_t In> consteval layer<Out, In> layer_at(std::size_t first) {
  layer<Out, In> l{};
  float const* p = benchmark::weights<benchmark::net_i>.parameters.data() + first;
  for (auto& row : l.weights)
    for (float& w : row) w = *p++;
  for (float& b : l.bias) b = *p++;
  return l;
}

inline constexpr auto first = layer_at<16, 4>(0);
inline constexpr auto second = layer_at<16, 16>(16 * 5);
inline constexpr auto third = layer_at<3, 16>(16 * 5 + 16 * 17);

/// A program's main. The sums are in another order, so the outputs may differ by some roundings.
[[nodiscard]] inline int run(void (*infer)(float const* x, float* y)) {
  using net = benchmark::net_i;
  auto const& x = device::opaque(benchmark::sample_input<net>);
  static net::output_type y;
  report::measure("nothing", [] {});
  report::measure("inference", [&] { infer(x.data(), y.data()); });
  static constexpr auto expected = benchmark::weights<net>(benchmark::sample_input<net>);
  for (std::size_t o = 0; o < y.size(); ++o) report::check(ctnn::near(y[o], expected[o], 1e-5F), "an output");
  return report::finish();
}

}  // namespace peers
