// SPDX-License-Identifier: BSL-1.0
// UPDATES updates of network number CASE in one constant evaluation; with MODEL, a program that prints what the library
// takes them to cost.
#include <ctnn.hpp>

#ifdef MODEL
#include <cstdio>
#endif

using namespace ctnn;

template <int> struct example;
template <> struct example<0> {  // 2-2-2 logistic, sgd
  using net = network<double, input<2>, dense<2, logistic, bias::frozen>, dense<2, logistic, bias::frozen>>;
  template <auto const& S, auto Initial> using run = detail::training<Initial, S, sgd{}, epochs{UPDATES}>;
};
template <> struct example<1> {  // 4-8-3 softmax, sgd, cross-entropy
  using net = network<double, input<4>, dense<8, ctnn::tanh>, dense<3, softmax>>;
  template <auto const& S, auto Initial> using run = detail::training<Initial, S, sgd{}, epochs{UPDATES}, cross_entropy{}>;
};
template <> struct example<2> {  // 2-5-1 logistic, sgd
  using net = network<double, input<2>, dense<5, logistic>, dense<1, logistic>>;
  template <auto const& S, auto Initial> using run = detail::training<Initial, S, sgd{}, epochs{UPDATES}>;
};
template <> struct example<3> {  // 16-16-4 relu, adam
  using net = network<double, input<16>, dense<16, relu>, dense<4>>;
  template <auto const& S, auto Initial> using run = detail::training<Initial, S, adam{}, epochs{UPDATES}>;
};
template <> struct example<4> {  // 30-20-10 tanh, sgd
  using net = network<double, input<30>, dense<20, ctnn::tanh>, dense<10, ctnn::tanh>>;
  template <auto const& S, auto Initial> using run = detail::training<Initial, S, sgd{}, epochs{UPDATES}>;
};
template <> struct example<5> {  // 2-5-1 logistic, momentum, batches of 4, shuffled, cosine
  using net = network<double, input<2>, dense<5, logistic>, dense<1, logistic>>;
  template <auto const& S, auto Initial>
  using run = detail::training<Initial, S, sgd_momentum{}, epochs{UPDATES}, batch{4}, shuffle{1}, cosine{}>;
};
template <> struct example<6> {  // 16-16-4 gelu and softmax, adam with a clipped gradient
  using net = network<double, input<16>, dense<16, gelu>, dense<4, softmax>>;
  template <auto const& S, auto Initial>
  using run = detail::training<Initial, S, clipped<adam>{}, epochs{UPDATES}, cross_entropy{}>;
};
template <> struct example<7> {  // 1-64-1 logistic, sgd
  using net = network<double, input<1>, dense<64, logistic>, dense<1>>;
  template <auto const& S, auto Initial> using run = detail::training<Initial, S, sgd{}, epochs{UPDATES}>;
};
template <> struct example<8> {  // 4-4-4-4-4-4 tanh, sgd
  using layer = dense<4, ctnn::tanh>;
  using net = network<double, input<4>, layer, layer, layer, layer, layer>;
  template <auto const& S, auto Initial> using run = detail::training<Initial, S, sgd{}, epochs{UPDATES}>;
};
template <> struct example<9> {  // 128-2 linear, adam
  using net = network<double, input<128>, dense<2>>;
  template <auto const& S, auto Initial> using run = detail::training<Initial, S, adam{}, epochs{UPDATES}>;
};
template <> struct example<10> {  // 16-16-4 relu, momentum
  using net = network<double, input<16>, dense<16, relu>, dense<4>>;
  template <auto const& S, auto Initial> using run = detail::training<Initial, S, sgd_momentum{}, epochs{UPDATES}>;
};
template <> struct example<11> {  // 16-16-4 relu, rmsprop
  using net = network<double, input<16>, dense<16, relu>, dense<4>>;
  template <auto const& S, auto Initial> using run = detail::training<Initial, S, rmsprop{}, epochs{UPDATES}>;
};
template <> struct example<12> {  // 4-8-3 softmax in float, adam, cross-entropy
  using net = network<float, input<4>, dense<8, ctnn::tanh>, dense<3, softmax>>;
  template <auto const& S, auto Initial>
  using run = detail::training<Initial, S, adam{}, epochs{UPDATES}, cross_entropy{}>;
};
template <> struct example<13> {  // 4-32-1 gelu, sgd
  using net = network<double, input<4>, dense<32, gelu>, dense<1>>;
  template <auto const& S, auto Initial> using run = detail::training<Initial, S, sgd{}, epochs{UPDATES}>;
};
template <> struct example<14> {  // 64-32-10 relu, sgd
  using net = network<double, input<64>, dense<32, relu>, dense<10>>;
  template <auto const& S, auto Initial> using run = detail::training<Initial, S, sgd{}, epochs{UPDATES}>;
};

using chosen = example<CASE>;
using net = chosen::net;

// Four samples of the one batch; without batches one.
constexpr std::array<sample<net>, CASE == 5 ? 4 : 1> samples = [] {
  std::array<sample<net>, CASE == 5 ? 4 : 1> all{};
  for (auto& s : all) {
    for (auto& x : s.input) x = net::scalar_type(.25);
    for (auto& t : s.target) t = net::scalar_type(.5);
  }
  return all;
}();
constexpr net initial = [] {
  net start;
  net::scalar_type value = -net::scalar_type(.1);
  for (auto& p : start.parameters) {
    p = value;
    value = value > net::scalar_type(.3) ? -net::scalar_type(.3) : value + net::scalar_type(.07);
  }
  return start;
}();

using run = chosen::run<samples, initial>;
static_assert(run::updates_per_chunk >= UPDATES, "all updates must fit into one chunk");

#ifdef MODEL
int main() {
  constexpr auto cost = detail::cost_of_update<net, run::rule_type>(run::batch_size);
  std::printf("%zu %zu\n", cost.steps, cost.operations);
}
#else
constexpr auto done = run::advance(run::start());
#endif
