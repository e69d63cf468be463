// SPDX-License-Identifier: BSL-1.0
/// \file The kernels that leave out rows without an error, against plain loops over all of them.
#include <ctnn/tensor/active_training.hpp>
#include <ctnn/tensor/sum.hpp>

#include "random_numbers.hpp"

#include <utility>

namespace {

using namespace tensor_test;
namespace kernel = ctnn::kernel;

/// Of `in_eight` eighths of the rows the error is a zero of either sign.
template <class T, std::size_t Out> std::array<T, Out> errors(std::uint64_t seed, unsigned in_eight) {
  auto d = random_numbers<T, Out>(seed, range::tame);
  auto const coin = random_numbers<T, Out>(seed + 1, range::tame);
  for (std::size_t o = 0; o < Out; ++o) {
    auto const bits = std::bit_cast<std::array<unsigned char, sizeof(T)>>(coin[o]);
    if (bits[0] % 8U < in_eight) d[o] = bits[1] % 2 == 0 ? T(0) : T(-0.0);
  }
  return d;
}

template <class T, std::size_t Out, std::size_t In> void compare(std::uint64_t seed, unsigned in_eight) {
  static std::array<T, Out * In> w;
  w = random_numbers<T, Out * In>(seed, range::tame);
  for (T& p : w) p += T(0);  // no -0
  REQUIRE(!kernel::has_negative_zero<Out * In>(w.data()));
  auto const x = random_numbers<T, In>(seed + 1, range::tame);
  auto const d = errors<T, Out>(seed + 2, in_eight);
  INFO(Out << " x " << In << ", seed " << seed << ", " << in_eight << " eighths without an error");

  guarded<T, In> back;
  kernel::transposed_by_active_rows<Out, In>(w.data(), d.data(), back.data());
  bool good = true;
  for (std::size_t i = 0; i < In; ++i) {
    T const sum = kernel::sum<Out>([&](std::size_t o) { return w[o * In + i] * d[o]; });
    good &= sum == T(0) ? back[i] == T(0) : same(back[i], sum);
  }
  CHECK(good);
  CHECK(back.intact());

  static guarded<T, Out * In> moved;
  for (std::size_t k = 0; k < Out * In; ++k) moved.data()[k] = w[k];
  T const rate = T(.3);
  kernel::descend_active_rows<Out, In>(rate, d.data(), x.data(), moved.data());
  good = true;
  for (std::size_t o = 0; o < Out; ++o)
    for (std::size_t i = 0; i < In; ++i) good &= same(moved[o * In + i], w[o * In + i] - rate * (d[o] * x[i]));
  CHECK(good);
  CHECK(moved.intact());
  CHECK(!kernel::has_negative_zero<Out * In>(moved.data()));
}

template <class T, std::size_t Out, std::size_t... In> void compare_widths(std::index_sequence<In...>) {
  for (unsigned in_eight : {0U, 4U, 7U, 8U}) (compare<T, Out, In>(Out * 1000 + In, in_eight), ...);
}
template <class T, std::size_t... Out> void compare_all(std::index_sequence<Out...>) {
  (compare_widths<T, Out>(std::index_sequence<4, 5, 13, 16, 17, 31, 64, 65, 80, 100, 144, 257>{}), ...);
}

}  // namespace

TEMPLATE_TEST_CASE("rows without an error are left out without a trace", "[kernels]", float, double) {
  compare_all<TestType>(std::index_sequence<4, 7, 10, 64, 65, 130>{});
}

TEMPLATE_TEST_CASE("a negative zero is found anywhere", "[kernels]", float, double) {
  constexpr std::size_t n = 37;
  for (std::size_t at = 0; at < n; ++at) {
    std::array<TestType, n> x{};
    x[(at + 5) % n] = TestType(-1);
    CHECK(!kernel::has_negative_zero<n>(ctnn_test::opaque(x).data()));
    x[at] = TestType(-0.0);
    CHECK(kernel::has_negative_zero<n>(ctnn_test::opaque(x).data()));
  }
}
