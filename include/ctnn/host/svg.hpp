// SPDX-License-Identifier: BSL-1.0
/// \file The few elements of SVG that the charts consist of.
#pragma once
#include <ctnn/host/number_text.hpp>

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

namespace ctnn::inline CTNN_ABI::detail {

/// How many bytes the UTF-8 sequence at the beginning of text has; 0 if it is none that XML allows.
inline std::size_t character_length(std::string_view text) {
  auto const byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  auto const first = byte(0);
  if (first < 0x80) return first >= 0x20 && first != 0x7F ? 1 : 0;
  std::size_t const length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  unsigned code = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return 0;
    code = (code << 6U) | (byte(i) & 0x3FU);
  }
  // Longer forms than needed, surrogates, control characters and what is beyond Unicode.
  unsigned const least = length == 2 ? 0xA0 : length == 3 ? 0x800 : 0x10000;
  bool const allowed = first >= 0xC2 && first <= 0xF4 && code >= least && code <= 0x10FFFF &&
                       (code < 0xD800 || code > 0xDFFF) && code != 0xFFFE && code != 0xFFFF;
  return allowed ? length : 0;
}

/// Calls back for each character; what XML does not allow comes as "?".
inline void for_each_character(std::string_view text, auto&& call) {
  while (!text.empty()) {
    auto const length = character_length(text);
    call(length == 0 ? std::string_view{"?"} : text.substr(0, length));
    text.remove_prefix(length == 0 ? 1 : length);
  }
}

/// Any text as the content of an XML element or attribute.
inline std::string xml_escaped(std::string_view text) {
  std::string out;
  for_each_character(text, [&](std::string_view c) {
    out += c == "&" ? "&amp;" : c == "<" ? "&lt;" : c == ">" ? "&gt;" : c == "\"" ? "&quot;" : c == "'" ? "&#39;" : c;
  });
  return out;
}

/// How wide a text is about, in pixels. Browsers differ in their sans-serif; this is as wide as wide ones.
inline double text_width(std::string_view text, double size) {
  std::size_t characters = 0;
  for_each_character(text, [&](std::string_view) { ++characters; });
  return .62 * size * static_cast<double>(characters);
}

struct svg_text {
  double x = 0, y = 0;
  std::string_view text;
  std::string_view anchor = "start";  // or middle, end
  double size = 12;
  std::string_view fill = "#24292f";
  bool bold = false;
  bool upwards = false;  // turned to read from below
};

/// A picture of fixed size on white, so that it can be read on a dark page as well. The destructor ends it.
class svg_picture {
public:
  svg_picture(std::ostream& out, double width, double height, std::string_view title) : out_{out} {
    out_ << R"(<svg xmlns="http://www.w3.org/2000/svg" role="img")" << at("width", width) << at("height", height)
         << " viewBox=\"0 0 " << number(width) << ' ' << number(height)
         << "\" font-family=\"system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif\">\n"
         << "<title>" << xml_escaped(title) << "</title>\n"
         << R"(<rect width="100%" height="100%" fill="#ffffff"/>)" << '\n';
  }
  svg_picture(svg_picture const&) = delete;
  svg_picture& operator=(svg_picture const&) = delete;
  ~svg_picture() { out_ << "</svg>\n"; }

  void line(double x1, double y1, double x2, double y2, std::string_view colour, double width = 1,
            std::string_view dashes = {}) {
    out_ << "<line" << at("x1", x1) << at("y1", y1) << at("x2", x2) << at("y2", y2);
    stroke(colour, width, dashes);
    out_ << "/>\n";
  }
  void rectangle(double x, double y, double width, double height, std::string_view fill) {
    out_ << "<rect" << at("x", x) << at("y", y) << at("width", width) << at("height", height) << " fill=\"" << fill
         << "\"/>\n";
  }
  void disc(double x, double y, double radius, std::string_view fill) {
    out_ << "<circle" << at("cx", x) << at("cy", y) << at("r", radius) << " fill=\"" << fill << "\"/>\n";
  }
  /// \p points is "x,y x,y ...", as point writes them.
  void polyline(std::string_view points, std::string_view colour, double width, std::string_view dashes) {
    out_ << "<polyline fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\"";
    stroke(colour, width, dashes);
    out_ << " points=\"" << points << "\"/>\n";
  }
  void text(svg_text const& t) {
    out_ << "<text" << at("x", t.x) << at("y", t.y) << at("font-size", t.size) << " fill=\"" << t.fill << '"';
    if (t.anchor != "start") out_ << " text-anchor=\"" << t.anchor << '"';
    if (t.bold) out_ << " font-weight=\"600\"";
    if (t.upwards) out_ << " transform=\"rotate(-90 " << number(t.x) << ' ' << number(t.y) << ")\"";
    out_ << '>' << xml_escaped(t.text) << "</text>\n";
  }

  [[nodiscard]] static std::string point(double x, double y) { return number(x) + ',' + number(y); }

private:
  /// A hundredth of a pixel is finer than anyone sees.
  static std::string number(double value) {
    auto text = number_text(value, 2);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
  }
  static std::string at(std::string_view name, double value) {
    return ' ' + std::string{name} + "=\"" + number(value) + '"';
  }
  void stroke(std::string_view colour, double width, std::string_view dashes) {
    out_ << " stroke=\"" << colour << '"' << at("stroke-width", width);
    if (!dashes.empty()) out_ << " stroke-dasharray=\"" << dashes << '"';
  }

  std::ostream& out_;
};

}  // namespace ctnn::inline CTNN_ABI::detail
