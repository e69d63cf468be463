// SPDX-License-Identifier: BSL-1.0
/// \file Softmax and cross-entropy of extreme logits.
#include <ctnn.hpp>

#include "hash.hpp"
#include "workload.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

namespace exactness {
namespace {

/// Logits of one kind; kinds differ in what is extreme about them.
template <class T> constexpr T logit(unsigned kind, std::size_t i, ctnn::math::rng& random) {
  constexpr T tiny = std::numeric_limits<T>::denorm_min();
  T const u = random.uniform<T>();
  switch (kind) {
    case 0: return u < T(.5) ? T(1000) : T(-1000);
    case 1: return T(2000) * u - T(1000);
    case 2: return tiny * static_cast<T>(i + 1);  // differences are subnormal
    case 3: return i % 2 == 0 ? -tiny * T(1000) * u : std::numeric_limits<T>::min();
    case 4: return T(0);
    case 5: return i % 3 == 0 ? std::numeric_limits<T>::max() : -std::numeric_limits<T>::max();  // differences overflow
    case 6: return T(-80) - T(30) * u;
    case 7: return i == 0 ? T(0) : T(-87) - T(18) * u;  // quotients become subnormal
    default: return T(16) * u - T(8);
  }
}
constexpr unsigned kinds = 9;

template <class T, std::size_t N> void add_softmax(hash& h) {
  ctnn::math::rng random{N};
  for (unsigned kind = 0; kind < kinds; ++kind) {
    T net[N], out[N], target[N], delta[N];
    for (std::size_t i = 0; i < N; ++i) net[i] = logit<T>(kind, i, random);
    ctnn::softmax::apply<N>(static_cast<T const*>(net), out);
    h.add(out, N);
    for (std::size_t i = 0; i < N; ++i) delta[i] = random.uniform<T>() - T(.5);
    ctnn::softmax::chain<N>(static_cast<T const*>(out), delta);
    h.add(delta, N);
    if (kind == 5) continue;  // a loss that is not finite is none
    for (std::size_t i = 0; i < N; ++i) target[i] = T(i == N / 2);
    h.add(ctnn::cross_entropy_with_logits::evaluate<N>(static_cast<T const*>(net), static_cast<T const*>(out),
                                                       static_cast<T const*>(target), delta));
    h.add(delta, N);
  }
}

template <class T> std::uint64_t softmax() {
  hash h;
  [&]<std::size_t... I>(std::index_sequence<I...>) { (add_softmax<T, I + 1>(h), ...); }
  (std::make_index_sequence<9>{});
  add_softmax<T, 16>(h);
  add_softmax<T, 17>(h);
  add_softmax<T, 31>(h);
  add_softmax<T, 300>(h);
  return h.value();
}

constexpr part parts[] = {{"softmax of extreme logits, float", softmax<float>},
                          {"softmax of extreme logits, double", softmax<double>}};

}  // namespace

part_list softmax_parts() { return {parts, sizeof parts / sizeof *parts}; }

}  // namespace exactness
