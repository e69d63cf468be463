// SPDX-License-Identifier: BSL-1.0
// Claim: the pictures of a network in the README are what the library draws.
#include <ctnn_host.hpp>

#include "support/program.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>

namespace {

using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<2, ctnn::logistic, ctnn::bias::frozen>,
                          ctnn::dense<2, ctnn::logistic, ctnn::bias::frozen>>;

constexpr net initial{{.15, .20, .25, .30, .35, .35, .40, .45, .50, .55, .60, .60}};
constexpr std::array samples{ctnn::sample<net>{{.05, .10}, {.01, .99}}};
constexpr net trained = ctnn::train<initial, samples, ctnn::sgd{.learning_rate = .5}, ctnn::epochs{10'000}>;

constexpr char const* help = R"(usage: example_network_picture [--output DIR]

Draws Mazur's network before and after 10,000 rounds, and compares the pictures with those of the README.

  --output DIR  also write them to DIR (DIR/mazur_untrained.svg, DIR/mazur_trained.svg)
)";

std::string drawn(net const& network, char const* title) {
  std::ostringstream svg;
  auto const done = ctnn::write_svg(svg, ctnn::picture_of(network, samples[0].input, title));
  if (!done) std::cerr << done.error() << '\n';
  return svg.str();
}

std::string content_of(std::filesystem::path const& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

int main(int argc, char** argv) {
  example::arguments arguments{argc, argv, help};
  auto const folder = arguments.value("--output");
  if (auto const code = arguments.stop()) return *code;

  auto const docs = std::filesystem::path{CTNN_EXAMPLE_DATA} / "../../docs";
  example::claims claims;
  auto const show = [&](std::string const& name, std::string const& svg) {
    if (folder) {
      std::error_code failed;
      std::filesystem::create_directories(*folder, failed);
      auto const path = std::filesystem::path{*folder} / name;
      std::ofstream file{path, std::ios::binary};
      file << svg;
      claims.that("the picture is in " + path.string(), static_cast<bool>(file.flush()));
    }
    claims.that("docs/" + name + " is what the library draws", !svg.empty() && svg == content_of(docs / name));
  };
  show("mazur_untrained.svg", drawn(initial, "Mazur's network before training: outputs 0.7514 and 0.7729"));
  show("mazur_trained.svg", drawn(trained, "Mazur's network after 10,000 rounds: outputs 0.0159 and 0.9841"));
  return claims.exit_code();
}
