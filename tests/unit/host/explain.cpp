// SPDX-License-Identifier: BSL-1.0
/// \file explain: every figure is on the page, the page is well formed, and watching a step does not change it.
#include <ctnn_host.hpp>

#include "static/tutorials/mazur.hpp"
#include "support/catch.hpp"

#include <array>
#include <cctype>
#include <cstdio>
#include <iomanip>
#include <limits>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace mazur = tutorials::mazur;
constexpr auto markdown = ctnn::explain_format::markdown;
constexpr auto updated_weights = ctnn::update_order::updated_weights;

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// Whether a number stands in the text, and not as a part of a longer one.
bool has_number(std::string const& text, std::string const& number) {
  auto const in_number = [&](std::size_t at) {
    return at < text.size() && (std::isdigit(static_cast<unsigned char>(text[at])) != 0 || text[at] == '.');
  };
  for (auto at = text.find(number); at != std::string::npos; at = text.find(number, at + 1)) {
    bool const minus = at != 0 && text[at - 1] == '-' && number.front() != '-';
    if (!minus && (at == 0 || !in_number(at - 1)) && !in_number(at + number.size())) return true;
  }
  return false;
}

/// Nine decimals, by another printer than the library's, without zeros at the end.
std::string nine_decimals(double x) {
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.9f", x);
  std::string text = buffer.data();
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

/// Judges a tutorial's figures by whether they stand on the page.
struct on_page {
  std::string page;

  void exactly(char const* what, double, double figure) const {
    INFO(what << " = " << figure << " in\n" << page);
    CHECK(has_number(page, nine_decimals(figure)));
  }
  void printed(char const* what, double, double figure, int) const { exactly(what, 0, figure); }
  void so(char const*, bool) const {}
};

std::vector<std::string> lines_of(std::string const& page) {
  std::vector<std::string> lines;
  std::istringstream stream{page};
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// What is wrong with a Markdown page; empty if nothing is.
std::string markdown_fault(std::string const& page) {
  bool fenced = false;
  std::size_t level = 0, columns = 0, width = 0;
  std::string before;
  for (auto const& line : lines_of(page)) {
    auto const fault = [&](char const* what) { return std::string(what) + ": " + line; };
    bool const row = !fenced && line.starts_with("|");
    if (line.starts_with("```")) {
      if (!fenced && !before.empty()) return fault("a fence without a blank line before it");
      fenced = !fenced;
    } else if (!fenced && line.starts_with("#")) {
      auto const hashes = line.find_first_not_of('#');
      if (line[hashes] != ' ') return fault("a heading without a blank");
      if (hashes > level + 1) return fault("a heading that skips a level");
      if (!before.empty()) return fault("a heading without a blank line before it");
      level = hashes;
    } else if (row) {
      std::size_t bars = 0;
      for (char const c : line) bars += c == '|' ? 1 : 0;
      auto const shown = ctnn::detail::shown_width(line);
      if (columns == 0 && !before.empty()) return fault("a table without a blank line before it");
      if (columns != 0 && (bars != columns || shown != width)) return fault("a row that is not aligned");
      columns = bars;
      width = shown;
    }
    if (!row) columns = 0;
    before = line;
  }
  if (fenced) return "a fence that is not closed";
  return page.starts_with("# ") && page.ends_with("\n") ? "" : "no title, or no last newline";
}

/// Explains a step in both formats and both update orders, and compares it with a step that nobody watched.
template <class Loss, class Net, class Optimizer>
std::string explained(Net const& net, ctnn::sample<Net> const& s, Optimizer const& optimizer) {
  ctnn::trainer<Net, Loss, Optimizer> unwatched{net, optimizer};
  REQUIRE(unwatched.step(s.input, s.target) == ctnn::status::ok);
  std::ostringstream page, text;
  CHECK(ctnn::explain<Loss>(page, net, s, optimizer, {.format = markdown}) == unwatched.network());
  CHECK(ctnn::explain<Loss>(text, net, s, optimizer) == unwatched.network());
  CHECK(markdown_fault(page.str()) == "");
  CHECK_FALSE(contains(text.str(), "|"));

  using rule = typename Optimizer::template rule<typename Net::scalar_type>;
  std::ostringstream other;
  auto const moved = ctnn::explain<Loss>(other, net, s, optimizer, {.format = markdown, .order = updated_weights});
  if constexpr (requires(rule r) { r.limit({}); }) {
    CHECK(moved == net);
    CHECK(contains(other.str(), "explain: gradient clipping"));
  } else {
    ctnn::trainer<Net, Loss, Optimizer, ctnn::constant_rate, updated_weights> unwatched_too{net, optimizer};
    REQUIRE(unwatched_too.step(s.input, s.target) == ctnn::status::ok);
    CHECK(moved == unwatched_too.network());
    CHECK(markdown_fault(other.str()) == "");
  }
  return text.str();
}

template <class Net> ctnn::sample<Net> some_sample() {
  using T = typename Net::scalar_type;
  ctnn::sample<Net> s{};
  T x(.25);
  for (auto& value : s.input) value = x = T(1) - T(1.5) * x * x;
  s.target[Net::output_count - 1] = T(1);
  return s;
}

template <class Loss, class Net, class Optimizer> std::string explained(Optimizer const& optimizer) {
  return explained<Loss>(ctnn::initialize<Net>(ctnn::glorot{.seed = 7}), some_sample<Net>(), optimizer);
}

std::string mazur_page(ctnn::explain_options const& options = {}) {
  std::ostringstream page;
  ctnn::explain(page, mazur::initial, mazur::samples[0], mazur::rate, options);
  return page.str();
}

template <std::size_t N> using in = ctnn::input<N>;
using hse = ctnn::half_squared_error;

}  // namespace

TEST_CASE("The walk-through holds every figure of the tutorial", "[explain]") {
  auto const format = GENERATE(ctnn::explain_format::text, ctnn::explain_format::markdown);
  auto const page = mazur_page({.format = format});
  mazur::figures(on_page{page}, mazur::initial, mazur::samples[0], mazur::rate);
  CHECK(has_number(page, "0.291027774"));
  for (auto const* line : {
           "net_h1 = w1·i1 + w2·i2 + b1 = 0.15·0.05 + 0.2·0.1 + 0.35 = 0.3775",
           "out_h1 = logistic(net_h1) = logistic(0.3775) = 0.593269992",
           "E_o1 = ½(target_o1 − out_o1)² = ½(0.01 − 0.75136507)² = 0.274811083",
           "E = E_o1 + E_o2 = 0.274811083 + 0.023560026 = 0.298371109",
           "∂E/∂w5 = ∂E/∂out_o1·∂out_o1/∂net_o1·∂net_o1/∂w5 = 0.74136507·0.186815602·0.593269992 = 0.082167041",
           "∂E/∂out_h1 = δ_o1·w5 + δ_o2·w7 = 0.138498562·0.4 + (-0.038098237)·0.5 = "
           "0.055399425 + (-0.019049118) = 0.036350306",
           "w5⁺ = w5 − η·∂E/∂w5 = 0.4 − 0.5·0.082167041 = 0.35891648",
       }) {
    INFO(page);
    CHECK(contains(page, line));
  }
}

TEST_CASE("The walk-through with updated weights says so", "[explain]") {
  auto const page = mazur_page({.order = updated_weights});
  CHECK(contains(page, "∂E/∂out_h1 = δ_o1·w5⁺ + δ_o2·w7⁺ = 0.138498562·0.35891648 + (-0.038098237)·0.51130127 = "));
  CHECK(has_number(page, "0.291027924"));
  CHECK_FALSE(contains(mazur_page(), "·w5⁺"));
}

TEST_CASE("The walk-through fits any network", "[explain]") {
  using namespace ctnn;
  SECTION("three layers, float, adam") {
    using net = network<float, in<3>, dense<4, ctnn::tanh>, dense<3, gelu>, dense<2, leaky_relu>>;
    auto const page = explained<mean_squared_error, net>(adam{});
    CHECK(contains(page, "δ_h2.1 = ∂E/∂net_h2.1 = "));
    CHECK(contains(page, "gelu′(net_h2.1)"));
    CHECK(contains(page, "∂E/∂b7 = δ_h2.3·∂net_h2.3/∂b7 = "));
  }
  SECTION("one layer, no biases") {
    auto const page = explained<hse, network<double, in<2>, dense<1, linear, bias::none>>>(sgd{.1});
    CHECK(contains(page, "E = E_o1 = "));
    CHECK_FALSE(contains(page, "Hidden"));
    CHECK_FALSE(contains(page, "b1"));
  }
  SECTION("softmax and cross-entropy, whose derivative is by the net input") {
    using net = network<double, in<3>, dense<4, relu>, dense<3, softmax>>;
    auto const page = explained<cross_entropy, net>(sgd_momentum{});
    CHECK(contains(page, "δ_o1 = ∂E/∂net_o1 = out_o1 − target_o1 = "));
    CHECK_FALSE(contains(page, "∂E/∂out_o1"));
    CHECK(contains(page, "∂E/∂w13 = δ_o1·∂net_o1/∂w13 = "));
  }
  SECTION("softmax in the middle, which has no factor of its own") {
    using net = network<double, in<2>, dense<3, softmax>, dense<2, logistic>>;
    auto const page = explained<hse, net>(rmsprop{});
    CHECK(contains(page, "from all ∂E/∂out of the layer"));
    CHECK_FALSE(contains(page, "∂out_h1/∂net_h1"));
  }
  SECTION("the middle layer is frozen") {
    using net = network<double, in<2>, dense<3, ctnn::tanh>, frozen<dense<3, ctnn::tanh>>, dense<2>>;
    auto const page = explained<hse, net>(sgd{.1});
    CHECK(contains(page, "w7 to w15 are kept, so they need no gradient."));
    CHECK(contains(page, "This layer keeps its parameters."));
  }
  SECTION("the first layer is frozen, so no error reaches it") {
    using net = network<double, in<2>, frozen<dense<3, ctnn::tanh>>, dense<2, ctnn::tanh>>;
    CHECK(contains(explained<huber, net>(sgd{.1}), "so no error is carried back to it"));
  }
  SECTION("nothing learns") { explained<hse, network<double, in<2>, frozen<dense<2>>>>(sgd{.1}); }
  SECTION("clipped") {
    auto const page = explained<hse, network<float, in<2>, dense<2>>>(clipped<adamw>{.max_norm = 1e-3});
    CHECK(contains(page, "The optimizer scaled the gradient before it used it."));
  }
  SECTION("weight decay: not the tutorials' formula") {
    auto const page = explained<hse, network<double, in<2>, dense<2>>>(sgd{.learning_rate = .1, .weight_decay = .1});
    CHECK_FALSE(contains(page, "η"));
  }
  SECTION("binary cross-entropy") {
    using net = network<double, in<2>, dense<2, logistic>>;
    CHECK(contains(explained<binary_cross_entropy, net>(sgd{.1}),
                   "binary_cross_entropy for the target 0 and the output"));
  }
}

TEST_CASE("Long rows are cut", "[explain]") {
  using net = ctnn::network<float, in<64>, ctnn::dense<32, ctnn::relu>, ctnn::dense<10, ctnn::softmax>>;
  auto const page = explained<ctnn::cross_entropy, net>(ctnn::sgd{.1});
  CHECK(contains(page, "w6·i6 + … + 58 more + b1 = "));
  CHECK(contains(page, "w2054·out_h6 + … + 26 more + b33 = "));
  CHECK(contains(page, "… and 26 more neurons in the same way."));
  CHECK(contains(page, "… and so on, 2038 parameters more."));
  CHECK(lines_of(page).size() < 600);

  auto const start = ctnn::initialize<net>(ctnn::glorot{.seed = 7});
  std::ostringstream whole;
  ctnn::explain<ctnn::cross_entropy>(whole, start, some_sample<net>(), ctnn::sgd{.1}, {.longest_row = 64});
  CHECK_FALSE(contains(whole.str(), "…"));
  CHECK(contains(whole.str(), "w2048·i64 + b32 = "));
}

TEST_CASE("Numbers on the page", "[explain]") {
  using ctnn::detail::figure_text;
  CHECK(figure_text(.5932699921071872, 9) == "0.593269992");
  CHECK(figure_text(.35891647971788465, 9) == "0.35891648");
  CHECK(figure_text(.1 + .2, 9) == "0.3");
  CHECK(figure_text(1.0, 9) == "1");
  CHECK(figure_text(-0.0, 9) == "0");
  CHECK(figure_text(100.0, 1) == "100");
  CHECK(figure_text(123456789.126, 2) == "123456789.13");
  CHECK(figure_text(.1F, 9) == "0.1");
  CHECK(figure_text(3.510187782978859e-05, 9) == "3.51018778e-05");
  CHECK(figure_text(1e-5, 9) == "1e-05");
  CHECK(figure_text(.0625, 2) == "0.06");
  CHECK(figure_text(.0004, 2) == "0.0004");
  CHECK(figure_text(1e300, 9) == "1e+300");
  CHECK(figure_text(-1.0 / 3, 17) == "-0.3333333333333333");
  CHECK(figure_text(std::numeric_limits<double>::infinity(), 9) == "inf");
  CHECK(ctnn::detail::shown_width("δ_o1·½") == 6);

  auto const few = mazur_page({.digits = 3});
  CHECK(has_number(few, "0.593"));
  CHECK_FALSE(contains(few, "0.5932"));
  CHECK(has_number(mazur_page({.digits = 15}), "0.593269992107187"));
}

TEST_CASE("The stream's own settings neither change the page nor are changed", "[explain]") {
  std::ostringstream stream;
  stream << std::hex << std::scientific << std::setprecision(2) << std::showpos;
  auto const flags = stream.flags();
  ctnn::explain(stream, mazur::initial, mazur::samples[0], mazur::rate);
  CHECK(stream.str() == mazur_page());
  CHECK(stream.flags() == flags);
}

TEST_CASE("What explain refuses reads as a sentence, and changes nothing", "[explain]") {
  auto const refusal = [](ctnn::sgd const& optimizer, ctnn::explain_options const& options) {
    std::ostringstream stream;
    CHECK(ctnn::explain(stream, mazur::initial, mazur::samples[0], optimizer, options) == mazur::initial);
    return stream.str();
  };
  CHECK(refusal({.learning_rate = -1}, {}) == "explain: sgd: learning_rate is -1, it must be above 0.\n");
  CHECK(refusal({}, {.digits = 0}) == "explain: digits is 0, it must be from 1 to 17.\n");
  CHECK(refusal({}, {.digits = 18}) == "explain: digits is 18, it must be from 1 to 17.\n");
  CHECK(refusal({}, {.longest_row = 0}) == "explain: longest_row is 0, it must be above 0.\n");

  auto sample = mazur::samples[0];
  sample.target[0] = std::numeric_limits<double>::infinity();
  std::ostringstream stream;
  CHECK(ctnn::explain(stream, mazur::initial, sample, ctnn::sgd{.5}) == mazur::initial);
  CHECK(stream.str() == "explain: the loss is not finite; the network is the one before that step.\n");
}
