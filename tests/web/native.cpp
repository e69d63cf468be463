// SPDX-License-Identifier: BSL-1.0
// What the page has to arrive at: trains a network of the page natively, by one call of trainer::fit, and prints the
// bits.
//
// usage: native KEY ROUNDS SAMPLES <STATE
// STATE is doubles as 16 hexadecimal digits: the learning rate, the parameters, and each sample's inputs and targets.
// Prints, one in a line: the parameters, the mean error, and the outputs for each sample.
#include <ctnn.hpp>

#include <bit>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace {

using ctnn::update_order;

double read() {
  std::uint64_t bits = 0;
  if (std::scanf("%16" SCNx64, &bits) != 1) {
    std::fputs("error: the state is too short\n", stderr);
    std::exit(2);
  }
  return std::bit_cast<double>(bits);
}
void write(double value) { std::printf("%016" PRIx64 "\n", std::bit_cast<std::uint64_t>(value)); }

template <class Net, update_order Order = update_order::original_weights>
int run(std::size_t rounds, std::size_t count) {
  ctnn::sgd const optimizer{.learning_rate = read()};
  Net start;
  for (double& p : start.parameters) p = read();
  std::vector<ctnn::sample<Net>> samples(count);
  for (auto& s : samples) {
    for (double& x : s.input) x = read();
    for (double& t : s.target) t = read();
  }
  ctnn::trainer<Net, ctnn::half_squared_error, ctnn::sgd, ctnn::constant_rate, Order> trainer{start, optimizer};
  ctnn::fit_options<Net> options{.epochs = rounds / count};
  if (count > 1) options.shuffle_seed = 1, options.replacement = true;
  if (trainer.fit(samples, options).state != ctnn::status::ok) return 1;
  auto const& net = trainer.network();
  for (double const p : net.parameters) write(p);
  write(ctnn::loss<ctnn::half_squared_error>(net, samples));
  for (auto const& s : samples)
    for (double const y : net(s.input)) write(y);
  return 0;
}

template <ctnn::bias B, class F, std::size_t... Neurons>
using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<Neurons, F, B>...>;
using linear = net<ctnn::bias::none, ctnn::linear, 2, 1>;
using mazur = net<ctnn::bias::frozen, ctnn::logistic, 2, 2>;
template <std::size_t In, std::size_t... Neurons>
using logistic = ctnn::network<double, ctnn::input<In>, ctnn::dense<Neurons, ctnn::logistic>...>;

struct choice {
  std::string_view key;
  int (*run)(std::size_t rounds, std::size_t samples);
};
constexpr choice choices[]{{"hmkcode", run<linear>},
                           {"assignment", run<linear>},
                           {"mazur", run<mazur>},
                           {"mazur-updated", run<mazur, update_order::updated_weights>},
                           {"mazur-biases", run<logistic<2, 2, 2>>},
                           {"xor", run<logistic<2, 5, 1>>},
                           {"2-2-1", run<logistic<2, 2, 1>>},
                           {"2-8-1", run<logistic<2, 8, 1>>},
                           {"2-4-4-1", run<logistic<2, 4, 4, 1>>},
                           {"2-8-8-1", run<logistic<2, 8, 8, 1>>},
                           {"2-4-4-4-1", run<logistic<2, 4, 4, 4, 1>>},
                           {"1-1", run<logistic<1, 1>>},
                           {"3-4-2", run<logistic<3, 4, 2>>},
                           {"8-8-8-8-8", run<logistic<8, 8, 8, 8, 8>>},
                           {"4-2-4", run<logistic<4, 2, 4>>},
                           {"8-3-8", run<logistic<8, 3, 8>>}};

}  // namespace

int main(int argc, char** argv) {
  if (argc == 4)
    for (auto const& [key, run] : choices)
      if (key == argv[1]) return run(std::strtoul(argv[2], nullptr, 10), std::strtoul(argv[3], nullptr, 10));
  std::fputs("error: no such network\n", stderr);
  return 2;
}
