// SPDX-License-Identifier: BSL-1.0
// Made digits_data.hpp, once, on a host: trains the 64-32-10 classifier on examples/data/optdigits.tra and picks the first
// two of each digit in examples/data/optdigits.tes, which other people wrote.
//
//   g++-12 -std=c++20 -O2 -ffp-contract=off -Iinclude tests/firmware/programs/generate_digits.cpp -o generate_digits &&
//     ./generate_digits examples/data >tests/firmware/programs/digits_data.hpp
#include <array>
#include <cstddef>
#include <cstdio>
#include <ctnn.hpp>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace {

using net = ctnn::network<float, ctnn::input<64>, ctnn::dense<32, ctnn::relu>, ctnn::dense<10, ctnn::softmax>>;

struct digit {
  std::array<int, 64> dots;
  std::size_t label;
};

std::vector<digit> read(std::string const& file) {
  std::vector<digit> digits;
  std::ifstream in{file};
  for (std::string line; std::getline(in, line);) {
    std::istringstream row{line};
    digit d{};
    char comma = ',';
    for (int& dots : d.dots) row >> dots >> comma;
    if (!(row >> d.label)) break;
    digits.push_back(d);
  }
  return digits;
}

ctnn::sample<net> sample_of(digit const& d) {
  ctnn::sample<net> s{};
  for (std::size_t i = 0; i < d.dots.size(); ++i) s.input[i] = static_cast<float>(d.dots[i]) / 16;
  s.target[d.label] = 1;
  return s;
}

}  // namespace

int main(int argc, char** argv) {
  std::string const folder = argc > 1 ? argv[1] : "examples/data";
  auto const training = read(folder + "/optdigits.tra"), test = read(folder + "/optdigits.tes");
  if (training.size() != 3823 || test.size() != 1797) {
    std::cerr << "usage: generate_digits FOLDER, with optdigits.tra (3,823 rows) and optdigits.tes (1,797)\n";
    return 2;
  }
  std::vector<ctnn::sample<net>> samples;
  for (auto const& d : training) samples.push_back(sample_of(d));
  auto const trainer = std::make_unique<ctnn::trainer<net, ctnn::cross_entropy, ctnn::adamw>>(
      ctnn::initialize<net>(ctnn::he{.seed = 1}), ctnn::adamw{.learning_rate = 2e-3, .weight_decay = .1});
  if (trainer->fit(samples, {.epochs = 30, .batch = 32, .shuffle_seed = 1}).state != ctnn::status::ok) return 1;

  std::size_t right = 0;
  for (auto const& d : test) {
    auto const y = trainer->network()(sample_of(d).input);
    std::size_t best = 0;
    for (std::size_t i = 1; i < y.size(); ++i)
      if (y[i] > y[best]) best = i;
    right += best == d.label ? 1 : 0;
  }
  std::fprintf(stderr, "%zu of %zu test digits are right\n", right, test.size());

  std::printf("// SPDX-License-Identifier: BSL-1.0\n"
              "/// \\file A trained 64-32-10 classifier and 20 handwritten digits; made by generate_digits.cpp.\n"
              "#pragma once\n"
              "#include \"flash.hpp\"\n\n"
              "#include <cstdint>\n\n"
              "namespace digits_data {\n\n"
              "/// Two of each digit, from 0 to 9: how many dots are set in each of 8x8 blocks of 4x4, row by row.\n"
              "/// \\source Alpaydin, Kaynak, Optical Recognition of Handwritten Digits, UCI 1998, optdigits.tes\n"
              "IN_FLASH constexpr std::uint8_t dots[20][64] = {\n    ");
  for (std::size_t label = 0; label < 10; ++label) {
    int found = 0;
    for (auto const& d : test) {
      if (d.label != label || found == 2) continue;
      ++found;
      std::printf("%s{", label == 0 && found == 1 ? "" : ",\n    ");
      for (std::size_t i = 0; i < d.dots.size(); ++i) std::printf("%s%d", i == 0 ? "" : ", ", d.dots[i]);
      std::printf("}");
    }
  }
  std::printf("};\n\n/// Weights [32][64] and biases [32], weights [10][32] and biases [10].\n"
              "IN_FLASH constexpr float parameters[%zu] = {\n    ",
              net::parameter_count);
  for (std::size_t i = 0; i < net::parameter_count; ++i)
    std::printf("%s%aF", i == 0 ? "" : i % 6 == 0 ? ",\n    " : ", ",
                static_cast<double>(trainer->network().parameters[i]));
  std::printf("};\n\n}  // namespace digits_data\n");
}
