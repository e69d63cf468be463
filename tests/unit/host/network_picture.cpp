// SPDX-License-Identifier: BSL-1.0
/// \file Networks as pictures: every neuron and weight is there, in the right colour and width, and what cannot be
/// drawn is refused.
#include <ctnn.hpp>
#include <ctnn/host/network_picture.hpp>

#include "well_formed.hpp"

#include <limits>
#include <sstream>
#include <string>
#include <support/catch.hpp>

namespace {

using small = ctnn::network<double, ctnn::input<2>, ctnn::dense<2, ctnn::linear>, ctnn::dense<1, ctnn::linear>>;
// h1 = 2 i1 - 3 i2 + 1, h2 = i2; o1 = h1 - 4 h2
constexpr small net{{2, -3, 0, 1, 1, 0, 1, -4, 0}};

std::string svg_of(ctnn::network_picture const& picture) {
  std::ostringstream out;
  auto const done = ctnn::write_svg(out, picture);
  INFO((done ? std::string{} : done.error()));
  CHECK(done);
  return out.str();
}
std::string refusal_of(ctnn::network_picture const& picture) {
  std::ostringstream out;
  auto const done = ctnn::write_svg(out, picture);
  CHECK(out.str().empty());
  return done ? "none" : done.error();
}

}  // namespace

TEST_CASE("a picture holds the parameters and, for an input, the outputs of every layer", "[host][network_picture]") {
  auto const picture = ctnn::picture_of(net, {5, 2}, "small");
  CHECK(picture.inputs == 2);
  CHECK(picture.input == std::vector<double>{5, 2});
  REQUIRE(picture.layers.size() == 2);
  CHECK(picture.layers[0].weights == std::vector<double>{2, -3, 0, 1});
  CHECK(picture.layers[0].biases == std::vector<double>{1, 0});
  CHECK(picture.layers[0].outputs == std::vector<double>{5, 2});
  CHECK(picture.layers[1].weights == std::vector<double>{1, -4});
  CHECK(picture.layers[1].outputs == std::vector<double>{-3});
  CHECK(ctnn::picture_of(net, "small").layers[0].outputs.empty());
}

TEST_CASE("a picture shows each neuron, weight and bias", "[host][network_picture]") {
  auto const svg = svg_of(ctnn::picture_of(net, {5, 2}, "a < b & c"));
  CHECK(ctnn_test::xml_error(svg) == "");
  CHECK(svg.find("<title>a &lt; b &amp; c</title>") != svg.npos);
  CHECK(ctnn_test::occurrences(svg, "<circle") == 2 * 5);
  CHECK(ctnn_test::occurrences(svg, "<line") == 6);
  for (auto const* text :
       {">i1<", ">h2<", ">o1<", ">w1 2<", ">w2 -3<", ">w5 1<", ">w6 -4<", ">b1 1<", ">b3 0<", ">-3<"})
    CHECK(svg.find(text) != svg.npos);
  // The widest is the weight of the largest size, and colours go by sign.
  CHECK(ctnn_test::occurrences(svg, "stroke=\"#b4470b\" stroke-width=\"6\"") == 1);
  CHECK(ctnn_test::occurrences(svg, "stroke=\"#b4470b\"") == 2);
  CHECK(ctnn_test::occurrences(svg, "stroke=\"#0069a6\" stroke-width=\"0.8\"") == 1);
}

TEST_CASE("a picture of a wide network has no labels on its weights", "[host][network_picture]") {
  ctnn::network<float, ctnn::input<16>, ctnn::dense<8, ctnn::tanh, ctnn::bias::none>, ctnn::dense<4>, ctnn::dense<3>>
      wide;
  auto const svg = svg_of(ctnn::picture_of(wide, "wide"));
  CHECK(ctnn_test::xml_error(svg) == "");
  CHECK(ctnn_test::occurrences(svg, "<line") == 16 * 8 + 8 * 4 + 4 * 3);
  CHECK(svg.find(">w1") == svg.npos);
  CHECK(svg.find(">h1.8<") != svg.npos);
}

TEST_CASE("a picture that cannot be drawn is refused, and nothing is written", "[host][network_picture]") {
  ctnn::network<float, ctnn::input<17>, ctnn::dense<1>> const wide;
  CHECK(refusal_of(ctnn::picture_of(wide, "p")) == "picture \"p\": layers of 1 to 16 neurons can be drawn, one has 17");
  auto picture = ctnn::picture_of(net, {5, 2}, "p");
  picture.layers[1].weights[0] = std::numeric_limits<double>::quiet_NaN();
  CHECK(refusal_of(picture) == "picture \"p\": a number is not finite, which cannot be drawn");
  picture.layers[1].weights.pop_back();
  CHECK(refusal_of(picture) == "picture \"p\": its numbers do not fit its layers");
  CHECK(refusal_of({"p", 2, {}, {}}) == "picture \"p\": a network of 1 to 8 layers can be drawn, this one has 0");
  CHECK(refusal_of({"p", 2, {}, std::vector<ctnn::pictured_layer>(9)}).find("has 9") != std::string::npos);
}
