// SPDX-License-Identifier: BSL-1.0
/// \file A page of headings, formulas and tables, written as plain text or as Markdown.
#pragma once
#include <ctnn/config/abi.hpp>

#include <charconv>
#include <concepts>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace ctnn::inline CTNN_ABI {

/// What explain writes.
enum class explain_format : unsigned char { text, markdown };

namespace detail {

/// A number with the given number of decimals, or that many significant digits if it is very small or large; fewer if
/// fewer say which number it is. Independent of locale and of the stream's flags.
template <std::floating_point T> std::string figure_text(T x, int digits) {
  if (x == T(0)) return "0";  // -0 too
  T const size = x < T(0) ? -x : x;
  bool const plain = size >= T(1e-4) && size < T(1e9);
  auto const format = plain ? std::chars_format::fixed : std::chars_format::scientific;
  char buffer[64];
  auto const written = [&buffer](std::to_chars_result end) { return std::string(buffer, end.ptr); };
  auto rounded = written(std::to_chars(buffer, buffer + sizeof buffer, x, format, plain ? digits : digits - 1));
  if (plain && rounded.find('.') != std::string::npos) {
    rounded.erase(rounded.find_last_not_of('0') + 1);
    if (rounded.back() == '.') rounded.pop_back();
  }
  auto const exact = written(std::to_chars(buffer, buffer + sizeof buffer, x, format));
  // Short of decimals: better the number's size than 0.
  if (rounded == "0" || rounded == "-0") return exact;
  return exact.size() < rounded.size() ? exact : rounded;
}

/// How many characters a UTF-8 text shows.
inline std::size_t shown_width(std::string_view text) {
  std::size_t width = 0;
  for (char const c : text) width += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return width;
}

/// Rows of as many cells as there are columns.
struct text_table {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
  std::size_t left_aligned;  ///< so many columns from the left hold words, the others numbers
};

class explain_page {
public:
  explain_page(std::ostream& stream, explain_format format) : stream_{stream}, format_{format} {}

  /// \param level  1 for the title of the page
  void heading(unsigned level, std::string_view text) {
    blank_line();
    if (format_ == explain_format::markdown)
      stream_ << std::string(level, '#') << ' ' << text << '\n';
    else if (level <= 2)
      stream_ << text << '\n' << std::string(shown_width(text), level == 1 ? '=' : '-') << '\n';
    else
      stream_ << text << '\n';
  }

  void paragraph(std::string_view text) {
    blank_line();
    stream_ << text << '\n';
  }

  void formulas(std::vector<std::string> const& lines) {
    if (lines.empty()) return;
    blank_line();
    bool const fenced = format_ == explain_format::markdown;
    if (fenced) stream_ << "```text\n";
    for (auto const& line : lines) stream_ << (fenced || line.empty() ? "" : "  ") << line << '\n';
    if (fenced) stream_ << "```\n";
  }

  void table(text_table const& table) {
    blank_line();
    auto const columns = table.header.size();
    std::vector<std::size_t> widths;
    for (std::size_t c = 0; c < columns; ++c) {
      std::size_t width = std::size_t{3};  // of the shortest rule that Markdown takes
      auto const include = [&width](std::string const& cell) {
        if (width < shown_width(cell)) width = shown_width(cell);
      };
      include(table.header[c]);
      for (auto const& row : table.rows) include(row[c]);
      widths.push_back(width);
    }
    std::vector<std::string> rule;
    for (std::size_t c = 0; c < columns; ++c) {
      rule.emplace_back(widths[c], '-');
      if (format_ == explain_format::markdown && c >= table.left_aligned) rule.back().back() = ':';
    }
    write_row(table.header, widths, table.left_aligned);
    write_row(rule, widths, table.left_aligned);
    for (auto const& row : table.rows) write_row(row, widths, table.left_aligned);
  }

private:
  void blank_line() {
    if (begun_) stream_ << '\n';
    begun_ = true;
  }

  void write_row(std::vector<std::string> const& cells, std::vector<std::size_t> const& widths, std::size_t left) {
    bool const ruled = format_ == explain_format::markdown;
    std::string line = ruled ? "|" : " ";
    for (std::size_t c = 0; c < cells.size(); ++c) {
      std::string const padding(widths[c] - shown_width(cells[c]), ' ');
      line += ' ';
      line += c < left ? cells[c] + padding : padding + cells[c];
      line += ruled ? " |" : " ";
    }
    while (line.back() == ' ') line.pop_back();
    stream_ << line << '\n';
  }

  std::ostream& stream_;
  explain_format format_;
  bool begun_ = false;
};

}  // namespace detail
}  // namespace ctnn::inline CTNN_ABI
