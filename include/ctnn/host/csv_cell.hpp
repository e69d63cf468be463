// SPDX-License-Identifier: BSL-1.0
/// \file One value of a table in text: what may stand there, and reading it.
#pragma once
#include <ctnn/host/number_text.hpp>
#include <ctnn/host/result.hpp>

#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace ctnn::inline CTNN_ABI {

/// What may stand in a column. Made by number, whole_number and word.
struct csv_column {
  std::string name;  ///< for messages
  double lowest = 0, highest = 0;
  bool whole = false;
  std::vector<std::string> words = {};  ///< if any, one of these stands there, and its index is the value

  [[nodiscard]] static csv_column number(std::string name, double lowest, double highest) {
    return {std::move(name), lowest, highest};
  }
  [[nodiscard]] static csv_column whole_number(std::string name, double lowest, double highest) {
    return {std::move(name), lowest, highest, true};
  }
  [[nodiscard]] static csv_column word(std::string name, std::vector<std::string> words) {
    return {std::move(name), 0, 0, false, std::move(words)};
  }
};

namespace detail {

inline std::string_view without_blanks(std::string_view text) {
  auto const first = text.find_first_not_of(" \t");
  return first == text.npos ? std::string_view{} : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Foreign text as part of a message: short, and printable.
inline std::string quoted(std::string_view text) {
  if (text.empty()) return "nothing";
  constexpr std::size_t longest = 40;
  std::string out = "\"";
  for (char const c : text.substr(0, longest)) out += c < ' ' || c > '~' ? '?' : c;
  return out += text.size() > longest ? "...\"" : "\"";
}

inline std::string wanted_of(csv_column const& column) {
  if (column.words.empty())
    return (column.whole ? "a whole number from " : "a number from ") + number_text(column.lowest) + " to " +
           number_text(column.highest);
  std::string list;
  for (std::size_t i = 0; i < column.words.size(); ++i)
    list += (i == 0 ? "" : i + 1 == column.words.size() ? " or " : ", ") + column.words[i];
  return list;
}

/// The value that stands in text, or what was expected in its place.
inline result<double> read_csv_cell(std::string_view text, csv_column const& column) {
  text = without_blanks(text);
  auto const refuse = [&] { return failure{"expected " + wanted_of(column) + ", found " + quoted(text)}; };
  if (!column.words.empty()) {
    for (std::size_t i = 0; i < column.words.size(); ++i)
      if (text == column.words[i]) return static_cast<double>(i);
    return refuse();
  }
  double value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const read = error == std::errc{} && end == text.data() + text.size();
  // Written so that a NaN, which from_chars reads, is refused.
  if (!read || !(value >= column.lowest && value <= column.highest)) return refuse();
  if (column.whole && value != std::floor(value)) return refuse();
  return value;
}

}  // namespace detail
}  // namespace ctnn::inline CTNN_ABI
