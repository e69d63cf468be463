// SPDX-License-Identifier: BSL-1.0
/// \file packed leaves out neurons that are off: the bits are those of plain loops over all neurons, and of the
/// network.
#include <ctnn.hpp>

#include "../tensor/random_numbers.hpp"

#include <limits>
#include <memory>
#include <tuple>

namespace {

using namespace tensor_test;
using ctnn::bias, ctnn::dense, ctnn::frozen, ctnn::input, ctnn::network, ctnn::relu;

/// A network whose second layer gets whatever numbers one likes that relu leaves as they are. From an input of -1 the
/// first layer computes its bias plus -0.
template <class T, std::size_t In, std::size_t Out> struct second_layer {
  using net = network<T, input<1>, dense<In, relu>, dense<Out>>;
  std::array<T, In> x{};  ///< from 0 on, of either sign, and NaN
  std::array<T, Out * In> w{};
  std::array<T, Out> b{};

  /// Neither an infinite weight nor a bias of -0.
  second_layer(std::uint64_t seed, range r)
      : w{random_numbers<T, Out * In>(seed, r)}, b{random_numbers<T, Out>(seed + 1, r)} {
    for (T& bias : b) bias += T(0);
  }
  /// Numbers of which `in_eight` eighths are zeros of either sign.
  void let_be_off(std::uint64_t seed, unsigned in_eight, range r) {
    auto const numbers = random_numbers<T, In>(seed, r), coin = random_numbers<T, In>(seed + 1, range::tame);
    for (std::size_t i = 0; i < In; ++i) {
      auto const bits = std::bit_cast<std::array<unsigned char, sizeof(T)>>(coin[i]);
      bool const off = bits[0] % 8U < in_eight;
      x[i] = off ? (bits[1] % 2 == 0 ? T(0) : T(-0.0)) : (numbers[i] < 0 ? -numbers[i] : numbers[i]);
    }
  }
  [[nodiscard]] std::array<T, Out> by_plain_loops() const {
    std::array<T, Out> y;
    for (std::size_t o = 0; o < Out; ++o)
      y[o] = ctnn::kernel::sum<In>([&](std::size_t i) {
        T const product = w[o * In + i] * x[i];
        return i == 0 ? b[o] + product : product;
      });
    return y;
  }
  void check() const {
    auto const n = std::make_unique<net>();
    T* p = n->parameters.data();
    for (std::size_t i = 0; i < In; ++i) *p++ = 0;
    for (T const& number : x) *p++ = number;
    for (T const& weight : w) *p++ = weight;
    for (T const& bias : b) *p++ = bias;
    auto const packed = std::make_unique<ctnn::packed<net>>(*n);
    auto const y = (*packed)(ctnn_test::opaque(typename net::input_type{T(-1)}));
    auto const expected = by_plain_loops();
    bool good = true;
    for (std::size_t o = 0; o < Out; ++o) good &= same(y[o], expected[o]);
    CHECK(good);
  }
};

template <class T, std::size_t In, std::size_t Out> void compare() {
  INFO(In << " -> " << Out);
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    auto const r = seed / 8 % 2 == 0 ? range::tame : range::wild;
    second_layer<T, In, Out> layer{seed, r};
    for (unsigned in_eight : {0U, 1U, 2U, 3U, 4U, 5U, 7U, 8U}) {
      layer.let_be_off(seed * 8 + in_eight, in_eight, r);
      layer.check();
    }
  }
  second_layer<T, In, Out> layer{1, range::tame};
  for (T const alone : {T(1.5), std::numeric_limits<T>::denorm_min(), std::numeric_limits<T>::infinity(),
                        std::numeric_limits<T>::quiet_NaN()})
    for (std::size_t i = 0; i < In; ++i) {
      layer.x = {};
      layer.x[i] = alone;
      layer.check();
    }
}

/// What shows with inputs of 0: a NaN from an infinite weight, the sign of a sum of zeros.
template <class T, std::size_t In, std::size_t Out> void compare_what_shows() {
  INFO(In << " -> " << Out);
  constexpr T infinity = std::numeric_limits<T>::infinity(), nan = std::numeric_limits<T>::quiet_NaN();
  for (std::size_t at : {std::size_t{0}, In - 1, In * (Out / 2) + 5, In * Out - 1})
    for (T const odd : {infinity, -infinity, nan}) {
      second_layer<T, In, Out> layer{at, range::tame};
      layer.let_be_off(7, 6, range::tame);
      layer.w[at] = odd;
      layer.x[at % In] = 0;
      auto const y = layer.by_plain_loops()[at / In];
      REQUIRE(y != y);
      layer.check();
    }
  for (std::size_t o : {std::size_t{0}, Out / 3, Out - 1}) {
    second_layer<T, In, Out> layer{o, range::tame};
    for (T& weight : layer.w) weight = weight < 0 ? weight : -1 - weight;
    layer.b[o] = T(-0.0);
    REQUIRE(ctnn_test::detail::same_bits(layer.by_plain_loops()[o], T(-0.0)));
    layer.check();
  }
}

template <class T> struct shapes {
  template <class F> static void each(F f) {
    f.template operator()<T, 32, 64>();
    f.template operator()<T, 37, 100>();
    f.template operator()<T, 64, 64>();
    f.template operator()<T, 65, 70>();
    f.template operator()<T, 130, 145>();
  }
};

}  // namespace

TEMPLATE_TEST_CASE("packed leaves out what is off without a trace", "[packed]", float, double) {
  shapes<TestType>::each([]<class T, std::size_t In, std::size_t Out> { compare<T, In, Out>(); });
}

TEMPLATE_TEST_CASE("packed leaves out nothing that would show", "[packed]", float, double) {
  shapes<TestType>::each([]<class T, std::size_t In, std::size_t Out> { compare_what_shows<T, In, Out>(); });
}

// Every way in which a layer can come after relu.
using networks = std::tuple<
    network<float, input<13>, dense<64, relu>, dense<64, relu>, dense<4>>,
    network<float, input<9>, dense<72, relu>, dense<129, ctnn::tanh>, dense<65, relu>, dense<97, ctnn::softmax>>,
    network<float, input<6>, dense<130, relu>, dense<64, relu, bias::none>, frozen<dense<80, relu>>, dense<66>>,
    network<float, input<5>, frozen<dense<66, relu>>, dense<70, ctnn::gelu>, dense<7>>,
    network<double, input<7>, dense<64, relu>, dense<68, relu>, dense<64, ctnn::softmax>>>;

TEMPLATE_LIST_TEST_CASE("packed with neurons that are off has the bits of its network", "[packed]", networks) {
  using net = TestType;
  using T = typename net::scalar_type;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    auto const n = ctnn::initialize<net>(ctnn::uniform{.low = -1, .high = 1, .seed = seed});
    ctnn::packed<net> const packed{n};
    ctnn::math::rng random{seed};
    typename net::input_type x{};
    for (auto& value : x) value = 2 * random.template uniform<T>() - 1;
    CHECK(ctnn_test::difference(ctnn_test::opaque(n)(x), packed(x)) == "");
  }
}

namespace {

using small = network<float, input<2>, dense<33, relu>, dense<64, relu>, dense<3>>;
constexpr small start = ctnn::initialize<small>(ctnn::uniform{.low = -1, .high = 1, .seed = 11});
constexpr small::input_type sample{.25F, -.5F};

}  // namespace

TEST_CASE("packed with neurons that are off has the same bits as a constant", "[packed]") {
  ctnn_test::exact<[](small const& net, small::input_type const& x) { return ctnn::packed{net}(x); }, start, sample>();
}
