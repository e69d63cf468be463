// SPDX-License-Identifier: BSL-1.0
/// \file What the example programs share: command lines, and claims that decide about the exit code.
#pragma once
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace example {

/// The arguments of a program. Ask for those that it knows, then whether to stop: for --help, or for one that is
/// unknown.
class arguments {
public:
  arguments(int count, char** values, std::string_view help) : rest_(values + 1, values + count), help_{help} {
    wants_help_ = flag("--help") || flag("-h");
  }

  bool flag(std::string_view name) {
    auto const found = find(name);
    if (found == rest_.end()) return false;
    rest_.erase(found);
    return true;
  }

  /// What follows \p name.
  std::optional<std::string> value(std::string_view name) {
    auto const found = find(name);
    if (found == rest_.end()) return {};
    if (found + 1 == rest_.end()) return {};  // stays, and is reported
    std::string const given{found[1]};
    rest_.erase(found, found + 2);
    return given;
  }

  /// The exit code if the program is to stop.
  std::optional<int> stop() const {
    if (wants_help_) {
      std::cout << help_;
      return 0;
    }
    if (rest_.empty()) return {};
    std::cerr << "error: cannot make sense of " << rest_.front() << "\n\n" << help_;
    return 2;
  }

private:
  std::vector<std::string_view>::iterator find(std::string_view name) {
    auto at = rest_.begin();
    while (at != rest_.end() && *at != name) ++at;
    return at;
  }

  std::vector<std::string_view> rest_;
  std::string_view help_;
  bool wants_help_ = false;
};

/// Prints what the program claims and whether it holds.
class claims {
public:
  void that(std::string_view claim, bool holds) {
    std::cout << (holds ? "holds: " : "FAILS: ") << claim << '\n';
    all_hold_ &= holds;
  }
  [[nodiscard]] int exit_code() const { return all_hold_ ? 0 : 1; }

private:
  bool all_hold_ = true;
};

}  // namespace example
