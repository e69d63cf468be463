// SPDX-License-Identifier: BSL-1.0
/// \file Laws of every activation: its derivative, the same bits in the compiler and at run time, values by hand.
#include <ctnn.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <support/exact.hpp>
#include <tuple>

namespace {

using elementwise =
    std::tuple<ctnn::linear, ctnn::logistic, ctnn::tanh, ctnn::relu, ctnn::leaky_relu, ctnn::leaky_relu_with<.2>,
               ctnn::elu, ctnn::elu_with<.7>, ctnn::softplus, ctnn::silu, ctnn::gelu>;

/// From -36.3 to 36.3, dense around 0, and without the 0 at which some have a kink.
template <class T>
constexpr auto net_inputs = [] {
  std::array<T, 44> x{};
  T size = static_cast<T>(.01);
  for (std::size_t i = 0; i < x.size(); i += 2, size *= static_cast<T>(1.47)) x[i] = size, x[i + 1] = -size;
  return x;
}();
template <class T> constexpr std::array special{T(0), -T(0), T(50), T(-50), T(800), T(-800), T(1e30), T(-1e30)};

template <class A> struct values_and_slopes {
  template <class T, std::size_t N> constexpr auto operator()(std::array<T, N> const& x) const {
    std::array<T, 2 * N> result{};
    for (std::size_t i = 0; i < N; ++i) {
      result[2 * i] = A::apply(x[i]);
      result[2 * i + 1] = A::derivative(x[i], result[2 * i]);
    }
    return result;
  }
};

constexpr std::array logits{.3, -1.2, 2.5, 0., 1.7};
constexpr std::array large_logits{1000., -1000., 999., 0., 1000.};
constexpr std::array float_logits{100.F, -3.F, 99.5F, 0.F, 88.F};

struct softmax_of {
  template <class T> constexpr auto operator()(std::array<T, 5> const& net) const {
    std::array<T, 5> out{}, delta{T(1), T(-2), T(.5), T(0), T(3)};
    ctnn::softmax::apply<5>(net.data(), out.data());
    ctnn::softmax::chain<5>(out.data(), delta.data());
    return std::tuple{out, delta};
  }
};

}  // namespace

TEMPLATE_LIST_TEST_CASE("an activation has the same bits in the compiler and at run time", "[activation]",
                        elementwise) {
  ctnn_test::exact<values_and_slopes<TestType>{}, net_inputs<double>>();
  ctnn_test::exact<values_and_slopes<TestType>{}, net_inputs<float>>();
  ctnn_test::exact<values_and_slopes<TestType>{}, special<double>>();
  ctnn_test::exact<values_and_slopes<TestType>{}, special<float>>();
}

TEMPLATE_LIST_TEST_CASE("an activation's derivative is its central difference", "[activation]", elementwise) {
  // The difference is off by h^2 f'''/6, below 1e-10, and by the rounding of f(x) over h, below 36 * 1e-16 / 1e-5.
  constexpr double h = 1e-5, tolerance = 1e-9;
  for (double x : net_inputs<double>) {
    double const difference = (TestType::apply(x + h) - TestType::apply(x - h)) / (2 * h);
    INFO(TestType::name << " at " << x);
    CHECK(ctnn::near(TestType::derivative(x, TestType::apply(x)), difference, tolerance));
  }
}

TEMPLATE_LIST_TEST_CASE("an activation and its derivative are finite for large net inputs", "[activation]",
                        elementwise) {
  for (float x : special<float>) {
    INFO(TestType::name << " at " << x);
    CHECK(std::isfinite(TestType::apply(x)));
    CHECK(std::isfinite(TestType::derivative(x, TestType::apply(x))));
  }
}

TEMPLATE_LIST_TEST_CASE("an activation keeps a NaN", "[activation]", elementwise) {
  CHECK(std::isnan(TestType::apply(std::nan(""))));
}

TEST_CASE("activations are their formulas", "[activation]") {
  constexpr double tolerance = 1e-14;
  for (double x : {-3., -.5, .25, 2.}) {
    CHECK(ctnn::linear::apply(x) == x);
    CHECK(ctnn::near(ctnn::logistic::apply(x), 1 / (1 + std::exp(-x)), tolerance));
    CHECK(ctnn::near(ctnn::tanh::apply(x), std::tanh(x), tolerance));
    CHECK(ctnn::relu::apply(x) == (x > 0 ? x : 0));
    CHECK(ctnn::leaky_relu::apply(x) == (x > 0 ? x : .01 * x));
    CHECK(ctnn::leaky_relu_with<.2>::apply(x) == (x > 0 ? x : .2 * x));
    CHECK(ctnn::near(ctnn::elu::apply(x), x > 0 ? x : std::expm1(x), tolerance));
    CHECK(ctnn::near(ctnn::elu_with<.7>::apply(x), x > 0 ? x : .7 * std::expm1(x), tolerance));
    CHECK(ctnn::near(ctnn::softplus::apply(x), std::log1p(std::exp(x)), tolerance));
    CHECK(ctnn::near(ctnn::silu::apply(x), x / (1 + std::exp(-x)), tolerance));
    CHECK(ctnn::near(ctnn::gelu::apply(x), x * std::erfc(-x / std::sqrt(2.)) / 2, tolerance));
  }
}

TEST_CASE("softmax has the same bits in the compiler and at run time", "[activation]") {
  ctnn_test::exact<softmax_of{}, logits>();
  ctnn_test::exact<softmax_of{}, large_logits>();
  ctnn_test::exact<softmax_of{}, float_logits>();
}

TEST_CASE("softmax gives a distribution, for logits of 1000 too", "[activation]") {
  for (auto const& net : {logits, large_logits}) {
    auto const out = std::get<0>(softmax_of{}(net));
    double sum = 0;
    for (double y : out) {
      CHECK((y >= 0 && y <= 1));
      sum += y;
    }
    CHECK(ctnn::near(sum, 1., 1e-15));
  }
  auto const out = std::get<0>(softmax_of{}(large_logits));
  CHECK(out[1] == 0);
  CHECK(ctnn::near(out[2] / out[0], std::exp(-1.), 1e-15));
  CHECK(out[0] == out[4]);
}

TEST_CASE("softmax carries errors back by its Jacobian", "[activation]") {
  auto const [out, delta] = softmax_of{}(logits);
  constexpr std::array weights{1., -2., .5, 0., 3.};
  constexpr double h = 1e-5;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    auto const weighted = [&](double by) {
      auto net = logits;
      net[i] += by;
      auto const y = std::get<0>(softmax_of{}(net));
      double sum = 0;
      for (std::size_t j = 0; j < y.size(); ++j) sum += weights[j] * y[j];
      return sum;
    };
    CHECK(ctnn::near(delta[i], (weighted(h) - weighted(-h)) / (2 * h), 1e-9));
  }
}
