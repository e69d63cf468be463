// SPDX-License-Identifier: BSL-1.0
/// \file Networks of random topology.
#pragma once
#include <ctnn.hpp>

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>

namespace exactness {

using activations = std::tuple<ctnn::linear, ctnn::relu, ctnn::leaky_relu, ctnn::elu, ctnn::gelu, ctnn::silu,
                               ctnn::softplus, ctnn::tanh, ctnn::logistic, ctnn::softmax>;
inline constexpr std::size_t activation_count = std::tuple_size_v<activations>;

/// What a seed stands for. The first layer is always trained.
struct plan {
  std::size_t inputs = 0;
  std::size_t layers = 0;
  struct {
    std::size_t outputs = 0;
    std::size_t activation = 0;
    ctnn::bias bias = ctnn::bias::trained;
    bool frozen = false;
  } layer[4];
};

/// 1 to 300, small ones as often as large ones.
constexpr std::size_t random_width(ctnn::math::rng& random) {
  constexpr std::size_t least[] = {1, 4, 17, 65, 301};
  auto const group = random.next() >> 62U;
  return least[group] + static_cast<std::size_t>((random.next() >> 32U) % (least[group + 1] - least[group]));
}

constexpr plan planned(std::uint64_t seed) {
  ctnn::math::rng random{ctnn::math::rng::mix(seed + 1)};
  plan p;
  p.inputs = random_width(random);
  p.layers = 1 + static_cast<std::size_t>(random.next() >> 62U);
  for (std::size_t i = 0; i < p.layers; ++i) {
    p.layer[i].outputs = random_width(random);
    p.layer[i].activation = static_cast<std::size_t>((random.next() >> 32U) % activation_count);
    p.layer[i].bias = static_cast<ctnn::bias>((random.next() >> 32U) % 3);
    p.layer[i].frozen = i > 0 && random.next() >> 61U == 0;
  }
  return p;
}

template <std::uint64_t Seed, std::size_t I> constexpr auto planned_layer() {
  constexpr auto p = planned(Seed).layer[I];
  using layer = ctnn::dense<p.outputs, std::tuple_element_t<p.activation, activations>, p.bias>;
  if constexpr (p.frozen)
    return ctnn::frozen<layer>{};
  else
    return layer{};
}

template <class T, std::uint64_t Seed> constexpr auto planned_network() {
  return []<std::size_t... I>(std::index_sequence<I...>) {
    return std::type_identity<
        ctnn::network<T, ctnn::input<planned(Seed).inputs>, decltype(planned_layer<Seed, I>())...>>{};
  }
  (std::make_index_sequence<planned(Seed).layers>{});
}
template <class T, std::uint64_t Seed> using random_network = typename decltype(planned_network<T, Seed>())::type;

/// A loss that goes with the last layer; where several do, the seed decides.
template <class Activation, std::uint64_t Seed> constexpr auto planned_loss() {
  if constexpr (std::is_same_v<Activation, ctnn::softmax>)
    return ctnn::cross_entropy{};
  else if constexpr (std::is_same_v<Activation, ctnn::logistic> && Seed % 2 == 0)
    return ctnn::binary_cross_entropy{};
  else if constexpr (std::is_same_v<Activation, ctnn::linear> && Seed % 2 == 0)
    return ctnn::cross_entropy_with_logits{};
  else if constexpr (std::is_same_v<Activation, ctnn::linear> && Seed % 4 == 1)
    return ctnn::binary_cross_entropy_with_logits{};
  else if constexpr (Seed % 3 == 0)
    return ctnn::mean_squared_error{};
  else if constexpr (Seed % 3 == 1)
    return ctnn::huber{};
  else
    return ctnn::half_squared_error{};
}

inline constexpr std::uint64_t topologies = 20;

/// Whether the seeds from First on give every activation, and widths from 1 to 300.
constexpr bool topologies_cover(std::uint64_t first) {
  bool seen[activation_count]{}, last_softmax = false;
  std::size_t narrowest = 300, widest = 1;
  for (std::uint64_t s = first; s < first + topologies; ++s) {
    auto const p = planned(s);
    for (std::size_t i = 0; i < p.layers; ++i) {
      seen[p.layer[i].activation] = true;
      if (p.layer[i].outputs < narrowest) narrowest = p.layer[i].outputs;
      if (p.layer[i].outputs > widest) widest = p.layer[i].outputs;
    }
    last_softmax |= p.layer[p.layers - 1].activation + 1 == activation_count;
  }
  bool all = last_softmax && narrowest == 1 && widest == 300;
  for (bool each : seen) all &= each;
  return all;
}

}  // namespace exactness
