// SPDX-License-Identifier: BSL-1.0
/// \file Whether a text is well-formed XML, of the simple kind that charts are written in.
#pragma once
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ctnn_test {

/// What is wrong with the text; empty if nothing is. Knows elements, attributes in double quotes, text and entities.
inline std::string xml_error(std::string_view text) {
  std::vector<std::string> open;
  std::size_t i = 0, roots = 0;
  auto const at = [&](char c) { return i < text.size() && text[i] == c; };
  auto const name = [&] {
    auto const first = i;
    while (i < text.size() && (std::isalnum(static_cast<unsigned char>(text[i])) != 0 || at('-'))) ++i;
    return std::string{text.substr(first, i - first)};
  };
  // Up to a character, with every & beginning an entity.
  auto const skip_text = [&](char end) {
    for (; i < text.size() && !at(end); ++i) {
      if (at('<') || static_cast<unsigned char>(text[i]) == 0) return false;
      if (at('&')) {
        auto const entity = text.substr(i, text.find(';', i) + 1 - i);
        if (entity != "&amp;" && entity != "&lt;" && entity != "&gt;" && entity != "&quot;" && entity != "&#39;")
          return false;
      }
    }
    return true;
  };
  while (true) {
    if (!skip_text('<')) return "text that is not escaped at " + std::to_string(i);
    if (i >= text.size()) break;
    ++i;
    if (at('/')) {
      ++i;
      if (auto const closed = name(); open.empty() || open.back() != closed) return "</" + closed + "> closes nothing";
      open.pop_back();
      if (!at('>')) return "an end tag without end";
      ++i;
      continue;
    }
    auto const element = name();
    if (element.empty()) return "a < that begins no element at " + std::to_string(i);
    if (open.empty() && ++roots > 1) return "a second root, <" + element + ">";
    while (at(' ')) {
      ++i;
      if (name().empty() || !at('=')) return "no attribute in <" + element + ">";
      ++i;
      if (!at('"')) return "no quotes in <" + element + ">";
      ++i;
      if (!skip_text('"') || !at('"')) return "no end of a value in <" + element + ">";
      ++i;
    }
    if (at('/'))
      ++i;
    else
      open.push_back(element);
    if (!at('>')) return "<" + element + " without end";
    ++i;
  }
  if (roots == 0) return "no element";
  return open.empty() ? "" : "<" + open.back() + "> is not closed";
}

inline std::size_t occurrences(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + what.size())) ++count;
  return count;
}

}  // namespace ctnn_test
