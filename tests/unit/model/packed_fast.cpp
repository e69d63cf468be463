// SPDX-License-Identifier: BSL-1.0
/// \file packed<net, fast>: canonical as a constant, and at run time within bounds of rounding of the network in
/// double.
#include <ctnn.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <support/exact.hpp>
#include <tuple>
#include <vector>

namespace {

using ctnn::bias, ctnn::dense, ctnn::frozen, ctnn::input, ctnn::network;

using vector = std::vector<double>;

/// Functions in double by the C library, and how much they magnify an error.
struct function {
  double (*apply)(double);
  double slope;
};
template <class A> constexpr function function_of{};
template <> constexpr function function_of<ctnn::linear>{[](double x) { return x; }, 1};
template <> constexpr function function_of<ctnn::relu>{[](double x) { return std::max(x, 0.); }, 1};
template <> constexpr function function_of<ctnn::leaky_relu>{[](double x) { return x < 0 ? .01 * x : x; }, 1};
template <> constexpr function function_of<ctnn::logistic>{[](double x) { return 1 / (1 + std::exp(-x)); }, .25};
template <> constexpr function function_of<ctnn::tanh>{[](double x) { return std::tanh(x); }, 1};
template <> constexpr function function_of<ctnn::silu>{[](double x) { return x / (1 + std::exp(-x)); }, 1.1};
template <>
constexpr function function_of<ctnn::gelu>{[](double x) { return x / 2 * std::erfc(-x / std::sqrt(2.)); }, 1.13};
template <> constexpr function function_of<ctnn::elu>{[](double x) { return x < 0 ? std::expm1(x) : x; }, 1};
template <> constexpr function function_of<ctnn::softplus>{[](double x) { return std::log1p(std::exp(x)); }, 1};

/// A layer's outputs in double, and how far rounding may move each one: N + 1 roundings for a sum of N terms, and some
/// units in the last place for a function.
struct reference {
  vector y, error;
};

template <class L> struct layer;
template <std::size_t Out, class A, bias B> struct layer<dense<Out, A, B>> {
  template <class T> static reference infer(T const*& p, reference const& x) {
    double const unit = std::numeric_limits<T>::epsilon();
    auto const in = x.y.size();
    reference to{vector(Out), vector(Out)};
    T const* const biases = p + Out * in;
    for (std::size_t o = 0; o < Out; ++o, p += in) {
      double const start = B == bias::none ? 0 : static_cast<double>(biases[o]);
      double sum = start, magnitude = std::abs(start), inherited = 0;
      for (std::size_t i = 0; i < in; ++i) {
        auto const w = static_cast<double>(p[i]);
        sum += w * x.y[i];
        magnitude += std::abs(w * x.y[i]);
        inherited += std::abs(w) * x.error[i];
      }
      to.y[o] = sum;
      to.error[o] = inherited + static_cast<double>(in + 1) * unit / 2 * magnitude;
    }
    if (B != bias::none) p += Out;
    if constexpr (std::is_same_v<A, ctnn::softmax>) {
      double const most = *std::max_element(to.y.begin(), to.y.end());
      double sum = 0;
      for (double& net : to.y) sum += net = std::exp(net - most);
      double const worst = *std::max_element(to.error.begin(), to.error.end());
      for (std::size_t o = 0; o < Out; ++o) {
        double const depth = -std::log(to.y[o]);
        to.y[o] /= sum;
        to.error[o] = to.y[o] * (2.1 * worst + (4 + depth / 4 + static_cast<double>(Out)) * unit);
      }
    } else {
      for (std::size_t o = 0; o < Out; ++o) {
        double const net = to.y[o];
        to.y[o] = function_of<A>.apply(net);
        to.error[o] = function_of<A>.slope * to.error[o] + std::abs(to.y[o]) * (4 + std::abs(net) / 4) * unit;
      }
    }
    return to;
  }
};
template <class L> struct layer<frozen<L>> : layer<L> {};

template <class Net> struct layers_of;
template <class T, std::size_t In, class... L> struct layers_of<network<T, input<In>, L...>> {
  static reference infer(T const* p, std::array<T, In> const& x) {
    reference r{vector(x.begin(), x.end()), vector(In)};
    ((r = layer<L>::infer(p, r)), ...);
    return r;
  }
};

// Widths below, at and above whole vectors of 4, 8 and 16 numbers and blocks of them; inputs with every remainder by 4;
// narrow layers of long inputs.
using networks = std::tuple<
    network<float, input<1>, dense<1>>, network<float, input<2>, dense<2, ctnn::logistic>, dense<3>>,
    network<float, input<13>, dense<64, ctnn::relu>, dense<65, ctnn::tanh>, dense<4>>,
    network<float, input<3>, dense<17, ctnn::gelu>, dense<7, ctnn::silu>, dense<10, ctnn::softmax>>,
    network<float, input<67>, dense<31, ctnn::leaky_relu, bias::none>, frozen<dense<16, ctnn::elu>>>,
    network<float, input<64>, dense<32, ctnn::relu>, dense<10, ctnn::softmax>>,
    network<float, input<78>, dense<5, ctnn::softplus, bias::none>, dense<12, ctnn::tanh>, dense<8, ctnn::logistic>>,
    network<float, input<150>, dense<129, ctnn::tanh>, dense<3, ctnn::softmax>>,
    network<double, input<18>, dense<33, ctnn::softplus>, dense<9, ctnn::softmax>, dense<130>>,
    network<double, input<35>, dense<6, ctnn::logistic>, dense<3, ctnn::tanh>>>;

template <class Net> Net start(std::uint64_t seed) {
  return ctnn::initialize<Net>(ctnn::uniform{.low = -1, .high = 1, .seed = seed});
}
template <class Net> typename Net::input_type sample_input(std::uint64_t seed) {
  typename Net::input_type x{};
  ctnn::math::rng random{seed};
  for (auto& value : x) value = 2 * random.uniform<typename Net::scalar_type>() - 1;
  return x;
}

template <class T> constexpr bool is_fast_here = ctnn::kernel::is_fast<ctnn::kernel::arithmetic_of<ctnn::fast, T>>;

}  // namespace

TEMPLATE_LIST_TEST_CASE("packed with fast is within rounding of the network in double", "[packed][fast]", networks) {
  using net = TestType;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    static net model;
    model = start<net>(seed);
    static ctnn::packed<net, ctnn::fast> quick{model};
    quick = ctnn::packed{model, ctnn::fast{}};
    auto const x = ctnn_test::opaque(sample_input<net>(seed + 100));
    auto const expected = layers_of<net>::infer(model.parameters.data(), x);
    auto const y = quick(x);
    for (std::size_t o = 0; o < y.size(); ++o) {
      INFO("output " << o << ", seed " << seed << ": " << y[o] << ", in double " << expected.y[o]);
      CHECK(std::abs(static_cast<double>(y[o]) - expected.y[o]) <= expected.error[o]);
    }
    if constexpr (!is_fast_here<typename net::scalar_type>) CHECK(ctnn_test::difference(model(x), y) == "");
  }
}

TEST_CASE("packed with fast has the canonical bits as a constant", "[packed][fast]") {
  using net = network<float, input<13>, dense<17, ctnn::relu>, dense<7, ctnn::tanh>, dense<6, ctnn::logistic>,
                      dense<10, ctnn::softmax>>;
  static constexpr net model = ctnn::initialize<net>(ctnn::uniform{.low = -1, .high = 1, .seed = 3});
  static constexpr net::input_type x{.1F, -.7F, .3F, 1, -1, .5F, .9F, -.2F, .6F, -.4F, .8F, .05F, -.35F};
  static constexpr ctnn::packed<net, ctnn::fast> quick{model};
  static constexpr auto constant = quick(x), expected = model(x);
  CHECK(ctnn_test::difference(expected, constant) == "");
}

TEST_CASE("fast fuses where the target can, canonical never", "[packed][fast]") {
  // (1 + 2^-12)^2 - (1 + 2^-11) is 2^-24, and 0 if the square is rounded.
  using net = network<float, input<1>, dense<1>>;
  net model;
  model.parameters = ctnn_test::opaque(std::array{1 + 0x1p-12F, -1 - 0x1p-11F});
  auto const x = ctnn_test::opaque(std::array{1 + 0x1p-12F});
  CHECK(ctnn::packed{model}(x)[0] == 0);
  CHECK(ctnn::packed{model, ctnn::fast{}}(x)[0] == (is_fast_here<float> ? 0x1p-24F : 0));
  STATIC_REQUIRE(std::is_same_v<decltype(ctnn::packed{model}), ctnn::packed<net, ctnn::canonical>>);
}

#if defined(__FMA__)
TEST_CASE("with FMA the target is one where fast differs", "[packed][fast]") {
  STATIC_REQUIRE(is_fast_here<float>);
  STATIC_REQUIRE(is_fast_here<double>);
}
#endif
