// SPDX-License-Identifier: BSL-1.0
/// \file Initializers: the same bits in the compiler and at run time, bounds and variances.
#include <ctnn.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <support/exact.hpp>

namespace {

using small = ctnn::network<double, ctnn::input<3>, ctnn::dense<5, ctnn::tanh>, ctnn::dense<2>>;
using small_float = ctnn::network<float, ctnn::input<3>, ctnn::dense<5, ctnn::tanh>, ctnn::dense<2>>;
using large = ctnn::network<double, ctnn::input<60>, ctnn::dense<140>>;  // 8,400 weights

template <class Net> struct initialized {
  constexpr Net operator()(auto const& initializer) const { return ctnn::initialize<Net>(initializer); }
};

constexpr ctnn::constant constant{.value = .25};
constexpr ctnn::uniform uniform{.low = -.5, .high = .25, .seed = 3};
constexpr ctnn::glorot glorot{.seed = 1}, glorot_normal{.seed = 1, .shape = ctnn::distribution::normal};
constexpr ctnn::he he{.seed = 1}, he_normal{.seed = 1, .shape = ctnn::distribution::normal};

struct moments {
  double mean = 0, variance = 0, largest = 0;
};
template <class Initializer> moments weights_of(Initializer const& initializer) {
  large const net = ctnn::initialize<large>(initializer);
  auto const weights = net.weights<0>();
  moments m;
  for (double w : weights) m.mean += w, m.largest = std::max(m.largest, std::fabs(w));
  m.mean /= static_cast<double>(weights.size());
  for (double w : weights) m.variance += (w - m.mean) * (w - m.mean);
  m.variance /= static_cast<double>(weights.size());
  return m;
}

}  // namespace

TEST_CASE("an initializer has the same bits in the compiler and at run time", "[train][initialize]") {
  ctnn_test::exact<initialized<small>{}, constant>();
  ctnn_test::exact<initialized<small>{}, uniform>();
  ctnn_test::exact<initialized<small>{}, glorot>();
  ctnn_test::exact<initialized<small>{}, glorot_normal>();
  ctnn_test::exact<initialized<small>{}, he>();
  ctnn_test::exact<initialized<small>{}, he_normal>();
  ctnn_test::exact<initialized<small_float>{}, uniform>();
  ctnn_test::exact<initialized<small_float>{}, glorot_normal>();
  ctnn_test::exact<initialized<small_float>{}, he>();
}

TEST_CASE("a seed decides on every weight", "[train][initialize]") {
  auto const once = ctnn::initialize<small>(ctnn::glorot{.seed = 1});
  CHECK(once == ctnn::initialize<small>(ctnn::glorot{.seed = 1}));
  auto const other = ctnn::initialize<small>(ctnn::glorot{.seed = 2});
  for (std::size_t i = 0; i < 15; ++i) CHECK(once.parameters[i] != other.parameters[i]);
}

TEST_CASE("constant fills weights and biases", "[train][initialize]") {
  for (double p : ctnn::initialize<small>(constant).parameters) CHECK(p == .25);
}

TEST_CASE("uniform stays in its range and reaches both ends, biases too", "[train][initialize]") {
  double lowest = 1, highest = -1, sum = 0;
  auto const net = ctnn::initialize<large>(uniform);
  for (double p : net.parameters) {
    CHECK((p >= -.5 && p < .25));
    lowest = std::min(lowest, p), highest = std::max(highest, p), sum += p;
  }
  CHECK((lowest < -.499 && highest > .249));
  // 8,540 numbers of standard deviation 0.75 / sqrt(12): their mean strays by 0.0023, four times which is allowed.
  CHECK(ctnn::near(sum / static_cast<double>(large::parameter_count), -.125, .0094));
  CHECK(std::any_of(net.biases<0>().begin(), net.biases<0>().end(), [](double b) { return b != 0; }));
}

// The mean of n numbers strays by sigma / sqrt(n), their variance by sigma^2 sqrt((kurtosis - 1) / n): 0.98 % (uniform)
// and 1.54 % (normal) for n = 8,400. Four times that is allowed.
TEST_CASE("glorot has mean 0 and variance 2 / (inputs + outputs)", "[train][initialize]") {
  constexpr double variance = 2. / (60 + 140), sigma = .1;
  auto const flat = weights_of(glorot), bell = weights_of(glorot_normal);
  CHECK(std::fabs(flat.mean) < 4 * sigma / std::sqrt(8400.));
  CHECK(std::fabs(bell.mean) < 4 * sigma / std::sqrt(8400.));
  CHECK(ctnn::near(flat.variance / variance, 1., .04));
  CHECK(ctnn::near(bell.variance / variance, 1., .062));
  CHECK(flat.largest <= std::sqrt(6. / (60 + 140)) * (1 + 1e-15));
  CHECK(bell.largest > 3 * sigma);
}

TEST_CASE("he has mean 0 and variance 2 / inputs", "[train][initialize]") {
  constexpr double variance = 2. / 60;
  auto const flat = weights_of(he), bell = weights_of(he_normal);
  CHECK(std::fabs(flat.mean) < 4 * std::sqrt(variance / 8400));
  CHECK(std::fabs(bell.mean) < 4 * std::sqrt(variance / 8400));
  CHECK(ctnn::near(flat.variance / variance, 1., .04));
  CHECK(ctnn::near(bell.variance / variance, 1., .062));
  CHECK(flat.largest <= std::sqrt(6. / 60) * (1 + 1e-15));
  CHECK(bell.largest > 3 * std::sqrt(variance));
}

TEST_CASE("glorot and he start with biases of 0", "[train][initialize]") {
  for (auto const& net : {ctnn::initialize<large>(glorot), ctnn::initialize<large>(he_normal)})
    CHECK(std::all_of(net.biases<0>().begin(), net.biases<0>().end(), [](double b) { return b == 0; }));
}

TEST_CASE("a larger network with the same first layer starts with the same first layer", "[train][initialize]") {
  using longer = ctnn::network<double, ctnn::input<3>, ctnn::dense<5, ctnn::tanh>, ctnn::dense<2>, ctnn::dense<9>>;
  auto const a = ctnn::initialize<small>(glorot);
  auto const b = ctnn::initialize<longer>(glorot);
  CHECK(std::equal(a.weights<0>().begin(), a.weights<0>().end(), b.weights<0>().begin()));
}
