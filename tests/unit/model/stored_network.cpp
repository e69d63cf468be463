// SPDX-License-Identifier: BSL-1.0
/// \file A network fetched a neuron at a time computes what the network itself computes, to the bit.
#include <ctnn.hpp>
#include <ctnn/model/stored_network.hpp>

#include <array>
#include <cstddef>
#include <support/exact.hpp>
#include <tuple>

namespace {

using ctnn::bias, ctnn::dense, ctnn::frozen, ctnn::input, ctnn::network;

using networks = std::tuple<
    network<float, input<1>, dense<1>>, network<double, input<3>, dense<4, ctnn::relu>, dense<2, ctnn::softmax>>,
    network<float, input<17>, dense<33, ctnn::tanh, bias::none>, dense<5, ctnn::gelu, bias::frozen>, dense<3>>,
    network<float, input<6>, frozen<dense<7, ctnn::elu>>, dense<2, ctnn::logistic, bias::none>>>;

template <class Net> constexpr Net start = ctnn::initialize<Net>(ctnn::uniform{.low = -2, .high = 2, .seed = 5});

template <class Net>
constexpr auto input_of = [] {
  typename Net::input_type x{};
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<typename Net::scalar_type>(i) / 3 - 1;
  return x;
}();

/// Parameters that only a function reaches; it notes what is asked of it.
template <class Net> struct storage {
  Net const* net;
  std::size_t* calls;
  std::size_t* fetched;

  constexpr void operator()(std::size_t first, typename Net::scalar_type* to, std::size_t count) const {
    *calls += 1;
    *fetched += count;
    for (std::size_t i = 0; i < count; ++i) to[i] = net->parameters[first + i];
  }
};

template <class Net> struct result {
  typename Net::output_type y;
  std::size_t calls, fetched;
};

template <class Net> constexpr result<Net> by_storage(Net const& net, typename Net::input_type const& x) {
  result<Net> r{{}, 0, 0};
  ctnn::stored_network<Net, storage<Net>> const stored{{&net, &r.calls, &r.fetched}};
  r.y = stored(x);
  return r;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("stored_network: the bits of the network itself", "", networks) {
  using net = TestType;
  constexpr auto evaluated = by_storage(start<net>, input_of<net>);
  auto const ran = by_storage(ctnn_test::opaque(start<net>), ctnn_test::opaque(input_of<net>));
  auto const whole = start<net>(input_of<net>);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    CHECK(std::bit_cast<std::array<unsigned char, sizeof whole[0]>>(ran.y[i]) ==
          std::bit_cast<std::array<unsigned char, sizeof whole[0]>>(whole[i]));
    CHECK(evaluated.y[i] == ran.y[i]);
  }
  // Each parameter is fetched once, weights and bias of a neuron in at most two calls.
  std::size_t neurons = 0;
  for (auto const& place : net::layers::sizes.places) neurons += place.sizes.outputs;
  CHECK(ran.fetched == net::parameter_count);
  CHECK(ran.calls <= 2 * neurons);
}

TEST_CASE("stored_network: its workspace is one neuron more than the network's") {
  using net = network<float, input<64>, dense<32, ctnn::relu>, dense<10, ctnn::softmax>>;
  using stored = ctnn::stored_network<net, storage<net>>;
  STATIC_REQUIRE(net::workspace_bytes.inference == 32 * 4);
  STATIC_REQUIRE(stored::workspace_bytes == (32 + 64 + 1) * 4);
}
