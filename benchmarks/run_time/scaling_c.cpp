// SPDX-License-Identifier: BSL-1.0
/// \file The loops in C for the scaling curves.
#include "c_loops.hpp"
#include "scaling.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace bench {
namespace {

template <std::size_t W> using wide = spec<W, layer{W, relu}, layer{W, linear}>;

template <std::size_t... L> auto deep_of(std::index_sequence<L...>) -> spec<16, layer{16 + 0 * L, relu}...>;
template <std::size_t Depth> using deep = decltype(deep_of(std::make_index_sequence<Depth>{}));

template <class Spec> void prepare() {
  uniform random{1};
  for (float& p : model<Spec, columns>::parameters) p = .1F * random();
}
template <class Spec> scaled entry_of(char const* chart, std::size_t x) {
  using c = model<Spec, columns>;
  return {chart, x, Spec::inputs, Spec::outputs, prepare<Spec>, c::infer, c::learn};
}

}  // namespace

std::vector<scaled> const& scaled_in_c() {
  static std::vector<scaled> const all = [] {
    std::vector<scaled> result;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (result.push_back(entry_of<wide<scaling_widths[I]>>("width", scaling_widths[I])), ...);
    }
    (std::make_index_sequence<scaling_widths.size()>{});
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (result.push_back(entry_of<deep<scaling_depths[I]>>("depth", scaling_depths[I])), ...);
    }
    (std::make_index_sequence<scaling_depths.size()>{});
    for (auto const b : scaling_batches) result.push_back(entry_of<regression>("batch", b));
    return result;
  }();
  return all;
}

}  // namespace bench
