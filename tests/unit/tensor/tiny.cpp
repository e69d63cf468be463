// SPDX-License-Identifier: BSL-1.0
/// \file Tiny layers, which have code of their own, against plain loops over `sum`, bit for bit.
#include <ctnn/activation/linear.hpp>
#include <ctnn/activation/relu.hpp>
#include <ctnn/tensor/tiny.hpp>

#include "random_numbers.hpp"

#include <utility>

namespace {

using namespace tensor_test;
namespace kernel = ctnn::kernel;

/// A layer whose numbers begin somewhere in each array.
template <std::size_t In, std::size_t Out> struct place {
  static constexpr std::size_t inputs = In, outputs = Out, parameters_at = 3, biases_at = 3 + In * Out, source_at = 2,
                               net_at = In + 2, outputs_at = In + Out + 3, trainable_at = 1;
  static constexpr bool keeps_net = true;
  // Lengths of the arrays, with a number to spare in front and behind.
  static constexpr std::size_t parameters = biases_at + Out + 1, trace = outputs_at + Out + 1,
                               trained = trainable_at + In * Out + Out + 1;
};

template <std::size_t In, std::size_t Out> struct all_work {
  template <class P, class X, class D> constexpr auto operator()(P const& p, X const& trace, D const& d) const {
    using T = std::remove_cvref_t<decltype(p[0])>;
    using S = place<In, Out>;
    auto with_bias = trace, without = trace;
    std::array<T, S::trained> gradient{};
    for (T& g : gradient) g = T(.75);
    std::array<T, In> back{};
    kernel::tiny_dense<S, ctnn::relu, true, true>::forward(p, trace, with_bias);
    kernel::tiny_dense<S, ctnn::linear, false, false>::affine(p, trace, without);
    kernel::tiny_dense<S, ctnn::relu, true, true>::gradient(trace, d, gradient);
    kernel::tiny_dense<S, ctnn::relu, true, true>::propagate(p, d, back);
    return std::tuple{with_bias, without, gradient, back};
  }
};

template <class T, std::size_t In, std::size_t Out> void compare(std::uint64_t seed, range r) {
  using S = place<In, Out>;
  auto const p = random_numbers<T, S::parameters>(seed, r);
  auto const trace = random_numbers<T, S::trace>(seed + 1, r);
  auto const d = random_numbers<T, Out>(seed + 2, r);
  auto const [with_bias, without, gradient, back] = all_work<In, Out>{}(p, trace, d);
  auto net = trace, plain = trace;
  std::array<T, S::trained> slopes;
  slopes.fill(T(.75));
  for (std::size_t o = 0; o < Out; ++o) {
    T const bias = p[S::biases_at + o];
    auto const term = [&, o](std::size_t i) { return p[S::parameters_at + o * In + i] * trace[S::source_at + i]; };
    T const n = kernel::sum<In>([&](std::size_t i) { return i == 0 ? bias + term(0) : term(i); });
    net[S::net_at + o] = n;
    net[S::outputs_at + o] = n < 0 ? T(0) : n;
    plain[S::net_at + o] = kernel::sum<In>(term);
    for (std::size_t i = 0; i < In; ++i) slopes[S::trainable_at + o * In + i] += d[o] * trace[S::source_at + i];
    slopes[S::trainable_at + In * Out + o] += d[o];
  }
  bool good = true;
  for (std::size_t i = 0; i < S::trace; ++i) good &= same(with_bias[i], net[i]) && same(without[i], plain[i]);
  for (std::size_t i = 0; i < S::trained; ++i) good &= same(gradient[i], slopes[i]);
  for (std::size_t i = 0; i < In; ++i)
    good &= same(back[i], kernel::sum<Out>([&, i](std::size_t o) { return p[S::parameters_at + o * In + i] * d[o]; }));
  INFO(In << " inputs, " << Out << " outputs, seed " << seed);
  CHECK(good);
}

template <class T, std::size_t In, std::size_t Out> void compare() {
  if constexpr (In * Out <= kernel::tiny) {
    for (std::uint64_t seed = 0; seed < 10; ++seed)
      compare<T, In, Out>(seed, seed % 2 == 0 ? range::tame : range::wild);
    using S = place<In, Out>;
    static constexpr auto p = random_numbers<T, S::parameters>(5, range::tame);
    static constexpr auto trace = random_numbers<T, S::trace>(6, range::tame);
    static constexpr auto d = random_numbers<T, Out>(7, range::tame);
    ctnn_test::exact<all_work<In, Out>{}, p, trace, d>();
  }
}

}  // namespace

TEMPLATE_TEST_CASE("tiny layers of every shape agree with plain loops", "[tensor][tiny]", float, double) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (compare<TestType, I / kernel::tiny + 1, I % kernel::tiny + 1>(), ...);
  }
  (std::make_index_sequence<kernel::tiny * kernel::tiny>{});
}
