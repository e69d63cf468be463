// SPDX-License-Identifier: BSL-1.0
/// \file Numbers as text for people, the same in every locale.
#pragma once
#include <ctnn/config/abi.hpp>

#include <array>
#include <charconv>
#include <string>
#include <system_error>

namespace ctnn::inline CTNN_ABI::detail {

/// The shortest text that reads back as the same number.
inline std::string number_text(double value) {
  std::array<char, 32> buffer{};
  auto const [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return error == std::errc{} ? std::string(buffer.data(), end) : std::string{};
}

/// With so many decimals (at most 20); never "-0". Values are below 1e20 in magnitude, or come out in another form.
inline std::string number_text(double value, int decimals) {
  std::array<char, 48> buffer{};
  auto const [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals);
  if (error != std::errc{}) return number_text(value);
  std::string text(buffer.data(), end);
  if (text.find_first_not_of("-0.") == text.npos && text.starts_with('-')) text.erase(0, 1);
  return text;
}

/// With commas between the thousands.
inline std::string grouped(std::size_t value) {
  auto text = std::to_string(value);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), 1, ',');
  return text;
}

}  // namespace ctnn::inline CTNN_ABI::detail
