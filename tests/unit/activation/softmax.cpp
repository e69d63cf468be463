// SPDX-License-Identifier: BSL-1.0
/// \file softmax by vectors against the formula in plain loops over numbers, bit for bit.
#include <ctnn/activation/softmax.hpp>
#include <ctnn/math/exp.hpp>
#include <ctnn/tensor/sum.hpp>

#include "../tensor/random_numbers.hpp"

#include <limits>
#include <utility>

namespace {

using namespace tensor_test;

template <class T, std::size_t N> std::array<T, N> by_formula(std::array<T, N> const& net) {
  T m = net[0];
  for (std::size_t i = 1; i < N; ++i) m = m < net[i] ? net[i] : m;
  std::array<T, N> y{};
  for (std::size_t i = 0; i < N; ++i) y[i] = ctnn::math::exp(net[i] - m);
  T const r = T(1) / ctnn::kernel::sum<N>([&](std::size_t i) { return y[i]; });
  for (T& value : y) value *= r;
  return y;
}

template <class T, std::size_t N> void compare(std::array<T, N> const& net, char const* what) {
  auto const expected = by_formula(net);
  guarded<T, N> apart, in_place;
  for (std::size_t i = 0; i < N; ++i) in_place.data()[i] = net[i];
  ctnn::softmax::apply<N>(ctnn_test::opaque(net).data(), apart.data());
  ctnn::softmax::apply<N>(static_cast<T const*>(in_place.data()), in_place.data());
  bool good = true;
  for (std::size_t i = 0; i < N; ++i) good &= same(apart[i], expected[i]) && same(in_place[i], expected[i]);
  INFO(N << " numbers, " << what);
  CHECK(good);
  CHECK((apart.intact() && in_place.intact()));
}

template <class T, std::size_t N> void compare() {
  using limits = std::numeric_limits<T>;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    auto net = random_numbers<T, N>(seed, seed % 4 == 3 ? range::wild : range::tame);
    for (T& x : net) x *= seed % 4 == 2 ? T(30) : T(3);
    compare(net, "random");
    for (std::size_t place : {std::size_t{0}, N / 2, N - 1}) {
      auto const was = net[place];
      for (T special : {limits::infinity(), -limits::infinity(), limits::quiet_NaN(), T(200), T(-2000)}) {
        net[place] = special;
        compare(net, "with a special number");
      }
      net[place] = was;
    }
  }
  std::array<T, N> net{};
  compare(net, "all 0");
  for (std::size_t i = 0; i < N; i += 2) net[i] = T(-0.0);
  compare(net, "zeros of both signs");
  net.fill(-limits::infinity());
  compare(net, "all -infinity");
  net.fill(-limits::max());
  net[N - 1] = limits::max();
  compare(net, "differences that overflow");
}

}  // namespace

TEMPLATE_TEST_CASE("softmax agrees with plain loops for every length", "[activation]", float, double) {
  [&]<std::size_t... I>(std::index_sequence<I...>) { (compare<TestType, lengths[I]>(), ...); }
  (std::make_index_sequence<length_count>{});
  compare<TestType, 10>();
  compare<TestType, 30>();
}
