// SPDX-License-Identifier: BSL-1.0
/// \file The products of a dense layer against plain loops over `sum`, bit for bit.
#include <ctnn/tensor/kernels.hpp>

#include "random_numbers.hpp"

#include <utility>

namespace {

using namespace tensor_test;
namespace kernel = ctnn::kernel;

template <class T, std::size_t Out, std::size_t In> void compare(std::uint64_t seed, range r) {
  static std::array<T, Out * In> w;
  w = random_numbers<T, Out * In>(seed, r);
  auto const x = random_numbers<T, In>(seed + 1, r);
  auto const d = random_numbers<T, Out>(seed + 2, r), bias = random_numbers<T, Out>(seed + 3, r);
  INFO(Out << " x " << In << ", seed " << seed);

  guarded<T, Out> with_bias, without;
  kernel::affine<Out, In, true>(w.data(), bias.data(), x.data(), with_bias.data());
  kernel::affine<Out, In, false>(w.data(), static_cast<T const*>(nullptr), x.data(), without.data());
  bool good = true;
  for (std::size_t o = 0; o < Out; ++o) {
    auto const term = [&](std::size_t i) { return w[o * In + i] * x[i]; };
    good &= same(without[o], kernel::sum<In>(term));
    good &= same(with_bias[o], kernel::sum<In>([&](std::size_t i) { return i == 0 ? bias[o] + term(0) : term(i); }));
  }
  CHECK(good);
  CHECK((with_bias.intact() && without.intact()));

  guarded<T, In> back;
  kernel::transposed_product<Out, In>(w.data(), d.data(), back.data());
  good = true;
  for (std::size_t i = 0; i < In; ++i)
    good &= same(back[i], kernel::sum<Out>([&](std::size_t o) { return w[o * In + i] * d[o]; }));
  CHECK(good);
  CHECK(back.intact());

  static guarded<T, Out * In> g;
  guarded<T, Out> total;
  for (std::size_t k = 0; k < Out * In; ++k) g.data()[k] = w[k];
  for (std::size_t o = 0; o < Out; ++o) total.data()[o] = bias[o];
  kernel::add_outer_product<Out, In>(d.data(), x.data(), g.data());
  kernel::add<Out>(d.data(), total.data());
  good = true;
  for (std::size_t o = 0; o < Out; ++o) {
    good &= same(total[o], bias[o] + d[o]);
    for (std::size_t i = 0; i < In; ++i) good &= same(g[o * In + i], w[o * In + i] + d[o] * x[i]);
  }
  CHECK(good);
  CHECK((g.intact() && total.intact()));
}

/// All of it as a constant.
template <std::size_t Out, std::size_t In> struct both_ways {
  template <class W, class X, class D> constexpr auto operator()(W const& w, X const& x, D const& d) const {
    using T = std::remove_cvref_t<decltype(x[0])>;
    std::array<T, Out> y{};
    std::array<T, In> back{};
    W g = w;
    kernel::affine<Out, In, true>(w.data(), d.data(), x.data(), y.data());
    kernel::transposed_product<Out, In>(w.data(), d.data(), back.data());
    kernel::add_outer_product<Out, In>(d.data(), x.data(), g.data());
    return std::tuple{y, back, g};
  }
};

template <class T, std::size_t Out, std::size_t In> void compare() {
  for (std::uint64_t seed = 0; seed < 6; ++seed) compare<T, Out, In>(seed, seed % 2 == 0 ? range::tame : range::wild);
  if constexpr (Out * In <= 300) {
    static constexpr auto w = random_numbers<T, Out * In>(5, range::tame);
    static constexpr auto x = random_numbers<T, In>(6, range::tame);
    static constexpr auto d = random_numbers<T, Out>(7, range::tame);
    ctnn_test::exact<both_ways<Out, In>{}, w, x, d>();
  }
}

}  // namespace

TEMPLATE_TEST_CASE("kernels agree with plain loops for every length", "[tensor][kernels]", float, double) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (compare<TestType, lengths[I], lengths[(I * 5 + 3) % length_count]>(), ...);
    (compare<TestType, lengths[(I * 7 + 11) % length_count], lengths[I]>(), ...);
  }
  (std::make_index_sequence<length_count>{});
}
