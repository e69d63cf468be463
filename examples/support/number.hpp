// SPDX-License-Identifier: BSL-1.0
/// \file Numbers on a command line.
#pragma once
#include <ctnn/host/result.hpp>

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace example {

/// The whole number that was given for an option, or the fallback if none was.
/// \errors  a failure: what is given is no number, or lies outside [lowest, highest]
inline ctnn::result<std::uint64_t> whole_number(std::string_view option, std::optional<std::string> const& given,
                                                std::uint64_t fallback, std::uint64_t lowest, std::uint64_t highest) {
  if (!given) return fallback;
  std::uint64_t value = 0;
  auto const* const last = given->data() + given->size();
  auto const [end, error] = std::from_chars(given->data(), last, value);
  if (error == std::errc{} && end == last && value >= lowest && value <= highest) return value;
  return ctnn::failure{std::string{option} + " wants a whole number from " + std::to_string(lowest) + " to " +
                       std::to_string(highest) + ", found \"" + *given + '"'};
}

}  // namespace example
