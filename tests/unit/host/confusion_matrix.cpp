// SPDX-License-Identifier: BSL-1.0
/// \file Counts, their table and their picture.
#include <ctnn.hpp>
#include <ctnn/host/confusion_chart.hpp>
#include <ctnn/host/confusion_matrix.hpp>

#include "well_formed.hpp"

#include <array>
#include <cstddef>
#include <sstream>
#include <string>
#include <support/catch.hpp>
#include <vector>

namespace {

ctnn::confusion_matrix example() {
  ctnn::confusion_matrix m{{"cat", "dog"}};
  for (int i = 0; i < 8; ++i) m.add(0, 0);
  for (int i = 0; i < 2; ++i) m.add(0, 1);
  for (int i = 0; i < 5; ++i) m.add(1, 1);
  return m;
}

std::string printed(ctnn::confusion_matrix const& m) {
  std::ostringstream out;
  out << m;
  return out.str();
}

std::string drawn(ctnn::confusion_matrix const& m, char const* title = "Pets") {
  std::ostringstream out;
  REQUIRE(ctnn::write_svg(out, m, title));
  return out.str();
}

}  // namespace

TEST_CASE("confusion_matrix counts", "[host][confusion_matrix]") {
  auto const m = example();
  CHECK(m.count(0, 0) == 8);
  CHECK(m.count(0, 1) == 2);
  CHECK(m.count(1, 0) == 0);
  CHECK(m.total(0) == 10);
  CHECK(m.total() == 15);
  CHECK(m.right() == 13);
  CHECK(m.accuracy() == 13. / 15);
  CHECK(ctnn::summary(m) == "13 of 15 right (86.67 %)");
}

TEST_CASE("confusion_matrix of nothing is nothing, not a division by zero", "[host][confusion_matrix]") {
  ctnn::confusion_matrix const m{{"cat", "dog"}};
  CHECK(m.accuracy() == 0);
  CHECK(ctnn::summary(m) == "0 of 0 right (-)");
  CHECK(ctnn_test::xml_error(drawn(m)) == "");
}

TEST_CASE("confusion_matrix asks a network", "[host][confusion_matrix]") {
  using net = ctnn::network<float, ctnn::input<2>, ctnn::dense<2, ctnn::linear, ctnn::bias::none>>;
  constexpr net same{{1, 0, 0, 1}};
  constexpr std::array samples{ctnn::sample<net>{{2, 1}, {1, 0}}, ctnn::sample<net>{{1, 2}, {1, 0}},
                               ctnn::sample<net>{{1, 2}, {0, 1}}};
  ctnn::confusion_matrix const m{{"first", "second"}, same, samples};
  CHECK(m.count(0, 0) == 1);
  CHECK(m.count(0, 1) == 1);
  CHECK(m.count(1, 1) == 1);
}

TEST_CASE("confusion_matrix takes the first of equal scores", "[host][confusion_matrix]") {
  static_assert(ctnn::class_of(std::array{1, 3, 3}) == 1);
  static_assert(ctnn::class_of(std::array{0., 0.}) == 0);
  static_assert(ctnn::class_of(std::array{-2., -1.}) == 1);
}

TEST_CASE("confusion_matrix prints a table", "[host][confusion_matrix]") {
  CHECK(printed(example()) == "actual  predicted\n"
                              "        cat  dog     right\n"
                              "cat       8    2    80.0 %\n"
                              "dog       .    5   100.0 %\n");
}

TEST_CASE("confusion_matrix calls only all of them 100 %", "[host][confusion_matrix]") {
  CHECK(ctnn::detail::percent(9'999, 10'000, 1) == "99.9 %");
  CHECK(ctnn::detail::percent(10'000, 10'000, 1) == "100.0 %");
  CHECK(ctnn::detail::percent(2, 3, 2) == "66.67 %");
  CHECK(ctnn::detail::percent(0, 3, 2) == "0.00 %");
  CHECK(ctnn::detail::grouped(1'234'567) == "1,234,567");
  CHECK(ctnn::detail::grouped(999) == "999");
  CHECK(ctnn::detail::grouped(1'000) == "1,000");
}

TEST_CASE("confusion_chart draws a cell a pair and a number a count", "[host][confusion_chart]") {
  auto const svg = drawn(example());
  CHECK(ctnn_test::xml_error(svg) == "");
  CHECK(ctnn_test::occurrences(svg, "<rect") == 1 + 4);
  for (auto const* text : {">8<", ">2<", ">5<", ">cat<", ">dog<", ">80.0 %<", ">Pets<", ">13 of 15 right (86.67 %)<"})
    CHECK(svg.find(text) != svg.npos);
  CHECK(svg.find(">0<") == svg.npos);
}

TEST_CASE("confusion_chart escapes names and stays well-formed from 1 to 60 classes", "[host][confusion_chart]") {
  for (std::size_t const classes : {1U, 2U, 10U, 60U}) {
    ctnn::confusion_matrix m{std::vector<std::string>(classes, "<a & \"rather\" long name>")};
    m.add(classes - 1, 0);
    CHECK(ctnn_test::xml_error(drawn(m, "x < y")) == "");
  }
  for (std::size_t const classes : {0U, 61U}) {
    std::ostringstream out;
    auto const written = ctnn::write_svg(out, ctnn::confusion_matrix{std::vector<std::string>(classes, "a")}, "");
    CHECK(written.error() ==
          "a picture of a confusion matrix wants 1 to 60 classes; there are " + std::to_string(classes));
    CHECK(out.str().empty());
  }
}
