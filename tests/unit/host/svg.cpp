// SPDX-License-Identifier: BSL-1.0
/// \file Escapes, and elements that are well-formed.
#include <ctnn/host/svg.hpp>

#include "well_formed.hpp"

#include <sstream>
#include <string>
#include <string_view>
#include <support/catch.hpp>

using ctnn::detail::xml_escaped;

TEST_CASE("svg escapes what XML would take for markup", "[host][svg]") {
  CHECK(xml_escaped("a < b && c > \"d\" 'e'") == "a &lt; b &amp;&amp; c &gt; &quot;d&quot; &#39;e&#39;");
  CHECK(xml_escaped("</svg>") == "&lt;/svg&gt;");
  CHECK(xml_escaped("&amp;") == "&amp;amp;");
  CHECK(xml_escaped("").empty());
}

TEST_CASE("svg keeps what is UTF-8 and replaces what is not", "[host][svg]") {
  for (auto const* good :
       {"\xC3\xA4", "\xE2\x88\x82", "\xF0\x9F\x8C\xB8", "\xC2\xA0", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF"})
    CHECK(xml_escaped(good) == good);
  CHECK(xml_escaped("a\nb\tc\x7F") == "a?b?c?");
  CHECK(xml_escaped(std::string_view{"a\0b", 3}) == "a?b");
  CHECK(xml_escaped("\xE4") == "?");       // Latin-1
  CHECK(xml_escaped("\xE2\x88") == "??");  // cut off
  CHECK(xml_escaped("\xE2\x88x") == "??x");
  CHECK(xml_escaped("\xC0\xAF") == "??");            // a slash in two bytes
  CHECK(xml_escaped("\xE0\x80\xBC") == "???");       // a < in three
  CHECK(xml_escaped("\xED\xA0\x80") == "???");       // a surrogate
  CHECK(xml_escaped("\xEF\xBF\xBF") == "???");       // no character
  CHECK(xml_escaped("\xF4\x90\x80\x80") == "????");  // beyond Unicode
  CHECK(xml_escaped("\xF8\x90\x80\x80") == "????");
  CHECK(xml_escaped("\xC2\x85") == "??");  // a control character
}

TEST_CASE("svg measures text in characters, not bytes", "[host][svg]") {
  CHECK(ctnn::detail::text_width("\xC3\xA4\xC3\xB6", 10) == ctnn::detail::text_width("ao", 10));
  CHECK(ctnn::detail::text_width("", 10) == 0);
}

TEST_CASE("svg writes every element well-formed", "[host][svg]") {
  std::ostringstream out;
  {
    ctnn::detail::svg_picture picture{out, 100, 50.5, "<title> & \"more\""};
    picture.line(0, 1, 2, 3, "#000", 1.5, "2 3");
    picture.rectangle(0, 0, 1. / 3, 1, "#fff");
    picture.disc(-0.001, 1, 2, "red");
    picture.polyline(picture.point(0, .5) + ' ' + picture.point(1, 100), "#000", 2, "");
    picture.text({.x = 1, .y = 2, .text = "a<b", .anchor = "end", .bold = true, .upwards = true});
  }
  auto const svg = out.str();
  CHECK(ctnn_test::xml_error(svg) == "");
  CHECK(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
  CHECK(svg.find("viewBox=\"0 0 100 50.5\"") != svg.npos);
  CHECK(svg.find("width=\"0.33\"") != svg.npos);
  CHECK(svg.find("cx=\"0\"") != svg.npos);  // not "-0"
  CHECK(svg.find("points=\"0,0.5 1,100\"") != svg.npos);
  CHECK(svg.find("rotate(-90 1 2)\">a&lt;b</text>") != svg.npos);
}
