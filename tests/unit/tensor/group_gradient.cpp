// SPDX-License-Identifier: BSL-1.0
/// \file The gradient of a group of samples, by each of the kernels, against a plain loop over all of them.
#include <ctnn/config/target.hpp>
#include <ctnn/tensor/active_samples.hpp>
#include <ctnn/tensor/group_gradient.hpp>
#include <ctnn/tensor/short_rows.hpp>

#include "random_numbers.hpp"

#include <utility>

namespace {

using namespace tensor_test;
namespace kernel = ctnn::kernel;

constexpr std::size_t size = 32;

/// Of `in_eight` eighths of the samples a neuron's error is a zero of either sign; neuron 1 has none at all.
template <class T, std::size_t Out> std::array<T, Out * size> errors(std::uint64_t seed, unsigned in_eight) {
  auto d = random_numbers<T, Out * size>(seed, range::tame);
  auto const coin = random_numbers<T, Out * size>(seed + 1, range::tame);
  for (std::size_t k = 0; k < Out * size; ++k) {
    auto const bits = std::bit_cast<std::array<unsigned char, sizeof(T)>>(coin[k]);
    if (bits[0] % 8U < in_eight || k / size == 1) d[k] = bits[1] % 2 == 0 ? T(0) : T(-0.0);
  }
  return d;
}

template <class T, std::size_t Out, std::size_t In>
void compare(std::uint64_t seed, std::size_t count, unsigned in_eight) {
  static std::array<T, size * In> x;
  x = random_numbers<T, size * In>(seed, range::tame);
  auto const d = errors<T, Out>(seed + 1, in_eight);
  auto const source = [](std::size_t s) { return x.data() + (size - 1 - s) * In; };
  INFO(Out << " x " << In << ", " << count << " samples, seed " << seed << ", " << in_eight
           << " eighths without error");

  // Twice the same group: a gradient is begun, and then added to.
  static guarded<T, Out * In> dense, sparse, narrow;
  static std::array<T, Out * In> expected;
  expected.fill(T(0));
  bool good = true;
  for (bool first : {true, false}) {
    kernel::group_outer_products<Out, In, size>(count, source, d.data(), kernel::gradient_sum<T>{dense.data(), first});
    kernel::active_outer_products<Out, In, size>(count, source, d.data(),
                                                 kernel::gradient_sum<T>{sparse.data(), first});
    if constexpr (kernel::has_short_rows<T, In>)
      kernel::short_outer_products<Out, In, size>(count, source, d.data(),
                                                  kernel::gradient_sum<T>{narrow.data(), first});
    for (std::size_t k = 0; k < Out * In; ++k) {
      for (std::size_t s = 0; s < count; ++s) expected[k] += d[k / In * size + s] * source(s)[k % In];
      good &= same(dense[k], expected[k]) && same(sparse[k], expected[k]);
      if constexpr (kernel::has_short_rows<T, In>) good &= same(narrow[k], expected[k]);
    }
  }
  if constexpr (kernel::sums_all_parameters<T, In, Out * In + Out>) {
    // Of all parameters at once, from the inputs neuron by neuron; the errors are the biases' gradient.
    static std::array<T, In * size> by_neurons;
    static guarded<T, Out * In + Out> all;
    for (std::size_t k = 0; k < In * size; ++k) by_neurons[k] = k % size < count ? source(k % size)[k / size] : T(-7);
    std::array<T, Out> biases{};
    for (bool first : {true, false}) {
      kernel::group_sums_of_products<Out, In, size, true>(count, by_neurons.data(), d.data(),
                                                          kernel::gradient_sum<T>{all.data(), first});
      for (std::size_t k = 0; k < Out * count; ++k) biases[k / count] += d[k / count * size + k % count];
    }
    for (std::size_t k = 0; k < Out * In; ++k) good &= same(all[k], expected[k]);
    for (std::size_t o = 0; o < Out; ++o) good &= same(all[Out * In + o], biases[o]);
    CHECK(all.intact());
  }
  CHECK(good);
  CHECK(dense.intact());
  CHECK(sparse.intact());
  CHECK(narrow.intact());
}

template <class T, std::size_t Out, std::size_t... In> void compare_widths(std::index_sequence<In...>) {
  for (std::size_t count : {1U, 2U, 9U, 31U, 32U})
    for (unsigned in_eight : {0U, 4U, 7U, 8U}) (compare<T, Out, In>(Out * 1000 + In + count, count, in_eight), ...);
}

}  // namespace

TEMPLATE_TEST_CASE("the gradient of a group is the sum sample after sample", "[kernels]", float, double) {
  if constexpr (kernel::native_lanes<TestType> >= 2) {
    using widths = std::index_sequence<1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 31, 64, 65, 80, 100, 144, 161, 257>;
    compare_widths<TestType, 1>(std::index_sequence<13, 65>{});
    compare_widths<TestType, 7>(widths{});
    compare_widths<TestType, 19>(std::index_sequence<13, 100>{});
  }
}

TEST_CASE("samples are left out only where that saves time", "[kernels]") {
  if constexpr (kernel::native_lanes<float> >= 4) {
    constexpr std::size_t out = 64, in = 784;
    auto const sparse = [](unsigned in_eight, std::size_t count) {
      return kernel::is_sparse<out, in, size>(count, errors<float, out>(7, in_eight).data());
    };
    CHECK_FALSE(sparse(0, 32));
    CHECK(sparse(4, 32));
    CHECK(sparse(8, 32));
    CHECK_FALSE(sparse(4, 4));
  }
}
