// SPDX-License-Identifier: BSL-1.0
/// \file The order of samples: permutations of any count, other ones every epoch, draws that are even.
#include <ctnn.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <support/exact.hpp>
#include <vector>

namespace {

using ctnn::detail::sample_at;

std::vector<std::size_t> order(ctnn::shuffle how, std::size_t epoch, std::size_t count) {
  std::vector<std::size_t> result(count);
  for (std::size_t i = 0; i < count; ++i) result[i] = sample_at(how, epoch, i, count);
  return result;
}

bool is_permutation(std::vector<std::size_t> indices) {
  std::sort(indices.begin(), indices.end());
  for (std::size_t i = 0; i < indices.size(); ++i)
    if (indices[i] != i) return false;
  return true;
}

constexpr std::size_t count = 37;
constexpr auto first_epochs = [](std::size_t n) {
  std::array<std::size_t, 3 * count> shuffled{}, drawn{};
  for (std::size_t i = 0; i < shuffled.size(); ++i) {
    shuffled[i] = sample_at({.seed = 9}, i / n, i % n, n);
    drawn[i] = sample_at({.seed = 9, .replacement = true}, i / n, i % n, n);
  }
  return std::tuple{shuffled, drawn};
};

}  // namespace

TEST_CASE("the order of samples is the same in the compiler and at run time", "[train][sample_order]") {
  ctnn_test::exact<first_epochs, count>();
}

TEST_CASE("seed 0 keeps the order given", "[train][sample_order]") {
  for (std::size_t i = 0; i < 100; ++i) CHECK(sample_at({}, 3, i, 100) == i);
}

TEST_CASE("a shuffle visits every sample once", "[train][sample_order]") {
  for (std::size_t n = 1; n <= 300; ++n) {
    INFO(n << " samples");
    CHECK(is_permutation(order({.seed = 1}, 0, n)));
    CHECK(is_permutation(order({.seed = 0xFFFFFFFFFFFFFFFF}, n, n)));
  }
  for (std::size_t n : {1000U, 3823U, 4096U, 60'000U})
    for (std::size_t epoch : {0U, 1U, 50U}) {
      INFO(n << " samples, epoch " << epoch);
      CHECK(is_permutation(order({.seed = 42}, epoch, n)));
    }
}

TEST_CASE("epochs and seeds differ in their order", "[train][sample_order]") {
  for (std::size_t n : {10U, 150U, 3823U}) {
    INFO(n << " samples");
    CHECK(order({.seed = 1}, 0, n) != order({}, 0, n));
    CHECK(order({.seed = 1}, 0, n) != order({.seed = 2}, 0, n));
    for (std::size_t epoch = 0; epoch < 20; ++epoch)
      CHECK(order({.seed = 1}, epoch, n) != order({.seed = 1}, epoch + 1, n));
  }
}

TEST_CASE("every sample comes first about as often", "[train][sample_order]") {
  // 12,000 epochs, 12 samples: 1000 each, with a standard deviation of 30; five of them are allowed.
  for (bool replacement : {false, true}) {
    std::array<int, 12> times{};
    for (std::size_t epoch = 0; epoch < 12'000; ++epoch) ++times.at(sample_at({7, replacement}, epoch, 0, 12));
    for (int t : times) CHECK(std::abs(t - 1000) < 152);
  }
}

TEST_CASE("a shuffle is no rotation of the samples' order", "[train][sample_order]") {
  // In a random permutation of n the neighbour of i is followed by i + 1 about once.
  std::size_t follows = 0;
  for (std::size_t epoch = 0; epoch < 50; ++epoch) {
    auto const o = order({.seed = 3}, epoch, 150);
    for (std::size_t i = 0; i + 1 < o.size(); ++i) follows += o[i + 1] == o[i] + 1;
  }
  CHECK(follows < 150);
}

TEST_CASE("drawn samples are in range and evenly spread", "[train][sample_order]") {
  // 100 epochs of 100 draws: 100 each, with a standard deviation of 10; five of them are allowed.
  std::array<int, 100> times{};
  for (std::size_t epoch = 0; epoch < 100; ++epoch)
    for (std::size_t i : order({.seed = 5, .replacement = true}, epoch, times.size())) ++times.at(i);
  for (int t : times) CHECK(std::abs(t - 100) < 50);
}
