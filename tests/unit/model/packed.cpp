// SPDX-License-Identifier: BSL-1.0
/// \file packed: the bits of the network that it was made from, as a constant and at run time.
#include <ctnn.hpp>

#include <cstddef>
#include <support/exact.hpp>
#include <tuple>

namespace {

using ctnn::bias, ctnn::dense, ctnn::frozen, ctnn::input, ctnn::network;

// Widths below, at and above whole vectors of 4, 8 and 16 numbers; inputs with every remainder by 4.
using networks =
    std::tuple<network<float, input<1>, dense<1>>, network<float, input<2>, dense<2, ctnn::logistic>, dense<3>>,
               network<float, input<13>, dense<64, ctnn::relu>, dense<65, ctnn::tanh>, dense<4>>,
               network<float, input<3>, dense<17, ctnn::gelu>, dense<7, ctnn::silu>, dense<10, ctnn::softmax>>,
               network<float, input<67>, dense<31, ctnn::leaky_relu, bias::none>, frozen<dense<16, ctnn::elu>>>,
               network<double, input<18>, dense<33, ctnn::softplus>, dense<9, ctnn::softmax>, dense<130>>>;

template <class Net> constexpr Net start = ctnn::initialize<Net>(ctnn::uniform{.low = -1, .high = 1, .seed = 3});

template <class Net>
constexpr auto sample_input = [] {
  typename Net::input_type x{};
  ctnn::math::rng random{5};
  for (auto& value : x) value = 2 * random.uniform<typename Net::scalar_type>() - 1;
  return x;
}();

struct infer_packed {
  template <class Net> constexpr auto operator()(Net const& net, typename Net::input_type const& x) const {
    return ctnn::packed{net}(x);
  }
};

}  // namespace

TEMPLATE_LIST_TEST_CASE("packed has the bits of its network", "[packed]", networks) {
  using net = TestType;
  ctnn_test::exact<infer_packed{}, start<net>, sample_input<net>>();

  // Over itself, the network is computed by other kernels.
  auto const x = ctnn_test::opaque(sample_input<net>);
  CHECK(ctnn_test::difference(ctnn_test::opaque(start<net>)(x), ctnn::packed{ctnn_test::opaque(start<net>)}(x)) == "");
}

TEST_CASE("packed as a constant is aligned to the vectors that are loaded from it", "[packed]") {
  using net = network<float, input<4>, dense<16, ctnn::tanh>, dense<3>>;
  static constexpr ctnn::packed fast{start<net>};
  STATIC_REQUIRE(alignof(decltype(fast)) >= ctnn::vector_bytes);
  CHECK(fast(sample_input<net>) == start<net>(sample_input<net>));
}
