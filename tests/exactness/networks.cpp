// SPDX-License-Identifier: BSL-1.0
/// \file Forward passes, losses and gradients of random topologies, by turns in float and in double.
#include <ctnn.hpp>

#include "hash.hpp"
#include "topology.hpp"
#include "workload.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace exactness {
namespace {

constexpr std::uint64_t first_seed = 420;
static_assert(topologies_cover(first_seed));

/// Two inputs, whose targets are a distribution, as every loss can take one.
template <std::uint64_t Seed> std::uint64_t network_hash() {
  using T = std::conditional_t<Seed % 2 == 0, float, double>;
  using net_type = random_network<T, Seed>;
  using last = typename ctnn::detail::last_stage<net_type>::layer_type::activation_type;
  using loss = decltype(planned_loss<last, Seed>());

  static net_type net;  // too large for a stack
  if constexpr (Seed % 3 == 0)
    net = ctnn::initialize<net_type>(ctnn::glorot{.seed = Seed, .shape = ctnn::distribution::normal});
  else if constexpr (Seed % 3 == 1)
    net = ctnn::initialize<net_type>(ctnn::he{.seed = Seed});
  else
    net = ctnn::initialize<net_type>(ctnn::uniform{.low = -.3, .high = .25, .seed = Seed});

  hash h;
  h.add(net.parameters);
  ctnn::math::rng random{~Seed};
  for (int sample = 0; sample < 2; ++sample) {
    typename net_type::input_type x{};
    for (T& each : x) each = T(4) * random.uniform<T>() - T(2);
    typename net_type::output_type target{};
    for (T& each : target) each = random.uniform<T>() / static_cast<T>(net_type::output_count);
    h.add(net(x));
    h.add(ctnn::loss<loss>(net, x, target));
    h.add(ctnn::gradient<loss>(net, x, target).parameters);
  }
  return h.value();
}

template <std::uint64_t Seed> struct part_name {
  char text[13] = "topology 00";

  constexpr part_name() {
    text[9] = static_cast<char>('0' + (Seed - first_seed) / 10);
    text[10] = static_cast<char>('0' + (Seed - first_seed) % 10);
  }
};
template <std::uint64_t Seed> constexpr part_name<Seed> name_of{};

}  // namespace

part_list network_parts() {
  return []<std::uint64_t... I>(std::integer_sequence<std::uint64_t, I...>) {
    static constexpr part parts[] = {{name_of<first_seed + I>.text, network_hash<first_seed + I>}...};
    return part_list{parts, sizeof...(I)};
  }
  (std::make_integer_sequence<std::uint64_t, topologies>{});
}

}  // namespace exactness
