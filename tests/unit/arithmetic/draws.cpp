// SPDX-License-Identifier: BSL-1.0
/// \file Initial parameters and the order of samples have the bits that docs/arithmetic.md says.
#include "describe.hpp"

namespace {

using namespace arithmetic_test;

template <class T>
using drawn = ctnn::network<T, ctnn::input<7>, ctnn::dense<20, ctnn::tanh>,
                            ctnn::frozen<ctnn::dense<3, ctnn::relu, ctnn::bias::none>>, ctnn::dense<9>, ctnn::dense<1>>;

}  // namespace

TEMPLATE_TEST_CASE("initialisers draw the parameters specified", "[arithmetic]", float, double) {
  using net = drawn<TestType>;
  auto const layers = layers_of<net>::get();
  for (std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{12'345}, ~std::uint64_t{0}}) {
    INFO("seed " << seed);
    for (bool normal : {false, true}) {
      auto const shape = normal ? ctnn::distribution::normal : ctnn::distribution::uniform;
      CHECK(difference(ctnn::initialize<net>(ctnn::glorot{seed, shape}).parameters,
                       in::glorot<TestType>(layers, seed, normal)) == "");
      CHECK(difference(ctnn::initialize<net>(ctnn::he{seed, shape}).parameters,
                       in::he<TestType>(layers, seed, normal)) == "");
    }
    CHECK(difference(ctnn::initialize<net>(ctnn::uniform{-.3, .7, seed}).parameters,
                     in::uniform<TestType>(layers, -.3, .7, seed)) == "");
  }
  in::numbers<TestType> const same(net::parameter_count, TestType(.1));
  CHECK(difference(ctnn::initialize<net>(ctnn::constant{.1}).parameters, same) == "");
}

TEST_CASE("samples are learned in the order specified", "[arithmetic]") {
  for (std::size_t n : {1U, 2U, 3U, 4U, 5U, 8U, 9U, 100U, 1797U})
    for (std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{77}, ~std::uint64_t{0}})
      for (bool replacement : {false, true})
        for (std::size_t epoch : {0U, 1U, 1000U}) {
          INFO(n << " samples, seed " << seed << ", epoch " << epoch);
          std::vector<std::size_t> library, expected;
          for (std::size_t i = 0; i < n; ++i) {
            library.push_back(ctnn::detail::sample_at({seed, replacement}, epoch, i, n));
            expected.push_back(in::sample_at(seed, replacement, epoch, i, n));
          }
          CHECK(library == expected);
        }
}

TEST_CASE("the random generator is SplitMix64", "[arithmetic]") {
  // The first numbers for seed 0 of the generator's published C code.
  ctnn::math::rng random{0};
  CHECK(random.next() == 0xE220A8397B1DCDAFU);
  CHECK(random.next() == 0x6E789E6AA1B965F4U);
  CHECK(random.next() == 0x06C45D188009454FU);
}
