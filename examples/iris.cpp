// SPDX-License-Identifier: BSL-1.0
// Claim: the compiler trains a network on 120 of Fisher's iris flowers while it builds this program, and proves that it
// names at least 28 of the 30 others rightly; the running program's trainer ends with the same bits.
#include "data/iris.hpp"

#include <ctnn_host.hpp>

#include "support/program.hpp"

#include <array>
#include <cstddef>
#include <filesystem>
#include <iostream>
#include <ostream>
#include <string>
#include <vector>

namespace {

// In float, since that is what a microcontroller with a floating-point unit computes in: what is proved here is the
// network that would be shipped.
using net = ctnn::network<float, ctnn::input<4>, ctnn::dense<8, ctnn::tanh>, ctnn::dense<3, ctnn::softmax>>;
using sample = ctnn::sample<net>;

constexpr net::input_type measures_of(iris::flower const& f) {
  return {static_cast<float>(f.sepal_length), static_cast<float>(f.sepal_width), static_cast<float>(f.petal_length),
          static_cast<float>(f.petal_width)};
}

// Every fifth flower is held out. The table is sorted by species, so that is 10 of each, and 40 are learned from.
constexpr bool is_held_out(std::size_t row) { return row % 5 == 4; }

/// Shifts and scales each input to mean 0 and deviation 1 over the flowers that are learned from. The held-out ones
/// play no part in it.
struct standardisation {
  net::input_type mean{}, deviation{};

  constexpr net::input_type operator()(net::input_type x) const {
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = (x[i] - mean[i]) / deviation[i];
    return x;
  }
};

constexpr standardisation standardise = [] {
  standardisation result;
  for (std::size_t i = 0; i < net::input_count; ++i) {
    float sum = 0, squares = 0, count = 0;
    for (std::size_t row = 0; row < iris::flowers.size(); ++row)
      if (!is_held_out(row)) {
        sum += measures_of(iris::flowers[row])[i];
        ++count;
      }
    float const mean = sum / count;
    for (std::size_t row = 0; row < iris::flowers.size(); ++row)
      if (!is_held_out(row)) {
        float const distance = measures_of(iris::flowers[row])[i] - mean;
        squares += distance * distance;
      }
    result.mean[i] = mean;
    result.deviation[i] = ctnn::math::sqrt(squares / count);
  }
  return result;
}();

template <std::size_t Count> constexpr std::array<sample, Count> select(bool held_out) {
  std::array<sample, Count> result{};
  sample* next = result.data();
  for (std::size_t row = 0; row < iris::flowers.size(); ++row)
    if (is_held_out(row) == held_out) {
      next->input = standardise(measures_of(iris::flowers[row]));
      next->target[iris::flowers[row].kind] = 1;
      ++next;
    }
  return result;
}

constexpr auto learned_from = select<120>(false);
constexpr auto held_out = select<30>(true);

template <class Samples> constexpr std::size_t right(net const& network, Samples const& samples) {
  std::size_t count = 0;
  for (auto const& s : samples) count += ctnn::class_of(network(s.input)) == ctnn::class_of(s.target) ? 1U : 0U;
  return count;
}

// The seed is the first that was tried; the ten from 1 to 10 get 27 to 30 of the held-out flowers right.
constexpr net initial = ctnn::initialize<net>(ctnn::glorot{.seed = 1});
constexpr ctnn::sgd_momentum descent{.learning_rate = .05, .momentum = .9};
constexpr std::size_t epochs = 10, batch = 8, seed = 1;

// The compiler's part: 150 updates. No flag is needed.
constexpr net trained = ctnn::train<initial, learned_from, descent, ctnn::epochs{epochs}, ctnn::batch{batch},
                                    ctnn::shuffle{seed}, ctnn::cross_entropy{}>;

static_assert(right(trained, held_out) >= 28);  // it is 29
static_assert(right(trained, learned_from) >= 115);
static_assert(ctnn::loss<ctnn::cross_entropy>(trained, learned_from) < .1F);
static_assert(right(initial, held_out) < 20);  // nothing was known before

constexpr char const* help = R"(usage: example_iris [--output DIR]

Shows what the network that the compiler trained makes of 150 iris flowers, and compares it with what this program's
own training comes to.

  --output DIR  also draw DIR/iris_confusion.svg
)";

}  // namespace

int main(int argc, char** argv) {
  example::arguments arguments{argc, argv, help};
  auto const folder = arguments.value("--output");
  if (auto const code = arguments.stop()) return *code;

  std::vector<std::string> const species{"setosa", "versicolor", "virginica"};
  ctnn::confusion_matrix const learned{species, trained, learned_from}, unseen{species, trained, held_out};
  std::cout << "Iris: " << net::parameter_count << " parameters, " << sizeof(net)
            << " bytes, trained by the compiler in " << epochs << " epochs\n\n120 flowers to learn from\n"
            << learned << "\n30 flowers held out\n"
            << unseen << '\n';

  ctnn::trainer<net, ctnn::cross_entropy, ctnn::sgd_momentum> trainer{initial, descent};
  auto const fitted = trainer.fit(learned_from, {.epochs = epochs, .batch = batch, .shuffle_seed = seed});

  example::claims claims;
  claims.that(std::to_string(unseen.right()) + " of the 30 held-out flowers are right, at least 28",
              unseen.right() >= 28 && unseen.total() == 30);
  claims.that(std::to_string(learned.right()) + " of the 120 learned flowers are right, at least 115",
              learned.right() >= 115 && learned.total() == 120);
  claims.that("training at run time ends with the bits of training in the compiler",
              fitted.state == ctnn::status::ok && trainer.network() == trained);
  if (folder) {
    auto const path = std::filesystem::path{*folder} / "iris_confusion.svg";
    auto const written = ctnn::write_file(
        path, [&](std::ostream& file) { return ctnn::write_svg(file, unseen, "Iris: the 30 flowers held out"); });
    if (!written) std::cerr << "error: " << written.error() << '\n';
    claims.that("the confusion matrix is in " + path.string(), static_cast<bool>(written));
  }
  return claims.exit_code();
}
