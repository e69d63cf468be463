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

/// The same where single numbers can be asked for as well.
template <class Net> struct storage_of_numbers : storage<Net> {
  using storage<Net>::operator();
  constexpr typename Net::scalar_type operator()(std::size_t number) const {
    *this->calls += 1;
    *this->fetched += 1;
    return this->net->parameters[number];
  }
};

template <class Net> struct result {
  typename Net::output_type y;
  std::size_t calls, fetched;
};

template <template <class> class Storage, class Net>
constexpr result<Net> by_storage(Net const& net, typename Net::input_type const& x) {
  result<Net> r{{}, 0, 0};
  Storage<Net> fetch{};
  fetch.net = &net;
  fetch.calls = &r.calls;
  fetch.fetched = &r.fetched;
  ctnn::stored_network<Net, Storage<Net>> const stored{fetch};
  r.y = stored(x);
  return r;
}

template <template <class> class Storage, class Net> result<Net> check_bits() {
  constexpr auto evaluated = by_storage<Storage>(start<Net>, input_of<Net>);
  auto const ran = by_storage<Storage>(ctnn_test::opaque(start<Net>), ctnn_test::opaque(input_of<Net>));
  auto const whole = start<Net>(input_of<Net>);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    CHECK(std::bit_cast<std::array<unsigned char, sizeof whole[0]>>(ran.y[i]) ==
          std::bit_cast<std::array<unsigned char, sizeof whole[0]>>(whole[i]));
    CHECK(evaluated.y[i] == ran.y[i]);
  }
  CHECK(ran.fetched == Net::parameter_count);  // each once
  return ran;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("stored_network: the bits of the network itself", "", networks) {
  auto const ran = check_bits<storage, TestType>();
  // Weights and bias of a neuron in at most two calls.
  std::size_t neurons = 0;
  for (auto const& place : TestType::layers::sizes.places) neurons += place.sizes.outputs;
  CHECK(ran.calls <= 2 * neurons);
}

TEMPLATE_LIST_TEST_CASE("stored_network: the same bits fetched number by number", "", networks) {
  check_bits<storage_of_numbers, TestType>();
}

TEST_CASE("stored_network: its workspace is one neuron more than the network's") {
  using net = network<float, input<64>, dense<32, ctnn::relu>, dense<10, ctnn::softmax>>;
  using stored = ctnn::stored_network<net, storage<net>>;
  STATIC_REQUIRE(net::workspace_bytes.inference == 32 * 4);
  STATIC_REQUIRE(stored::workspace_bytes == (32 + 64 + 1) * 4);

  // Rows of few numbers are not copied if there are single numbers.
  using narrow = network<float, input<4>, dense<3, ctnn::relu>, dense<2>>;
  STATIC_REQUIRE(ctnn::stored_network<narrow, storage<narrow>>::workspace_bytes == (3 + 4 + 1) * 4);
  STATIC_REQUIRE(ctnn::stored_network<narrow, storage_of_numbers<narrow>>::workspace_bytes == 3 * 4);
}
