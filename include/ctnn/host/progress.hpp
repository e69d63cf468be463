// SPDX-License-Identifier: BSL-1.0
/// \file How far a long run has come, and when it will end.
#pragma once
#include <ctnn/host/number_text.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iostream>
#include <ostream>
#include <string>
#include <string_view>

#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

namespace ctnn::inline CTNN_ABI {

/// Whether what is written to std::cout or std::cerr is seen at once, rather than kept in a file or handed to a
/// program. Of another stream nothing is known, so it is none.
[[nodiscard]] inline bool is_terminal(std::ostream const& stream) noexcept {
#if __has_include(<unistd.h>)
  if (&stream == &std::cout) return ::isatty(STDOUT_FILENO) == 1;
  if (&stream == &std::cerr) return ::isatty(STDERR_FILENO) == 1;
#endif
  return false;
}

namespace detail {

/// "0.4 s", "42 s", "3 min 05 s", "2 h 04 min".
inline std::string duration_text(double seconds) {
  if (!(seconds >= 0)) return "?";
  if (seconds < 9.95) return number_text(seconds, 1) + " s";
  if (seconds >= 1e9) return "ages";
  auto const whole = static_cast<long long>(seconds + .5);
  auto const two_digits = [](long long n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  if (whole < 60) return std::to_string(whole) + " s";
  if (whole < 3600) return std::to_string(whole / 60) + " min " + two_digits(whole % 60) + " s";
  return std::to_string(whole / 3600) + " h " + two_digits(whole / 60 % 60) + " min";
}

/// The time that is left if the rest goes as what is done went; below 0 if nothing is done yet.
inline double time_left(std::size_t done, std::size_t total, double elapsed) {
  if (done == 0) return -1;
  if (done >= total) return 0;
  return elapsed / static_cast<double>(done) * static_cast<double>(total - done);
}

inline std::string progress_bar(std::size_t done, std::size_t total, std::size_t width) {
  // In floating point, since a product could overflow.
  double const share = total == 0 ? 1 : static_cast<double>(std::min(done, total)) / static_cast<double>(total);
  auto const full = static_cast<std::size_t>(share * static_cast<double>(width));
  return '[' + std::string(full, '#') + std::string(width - full, '.') + ']';
}

/// "epoch  3/40  loss 0.012  2.1 s, 26 s left".
inline std::string progress_text(std::string_view unit, std::size_t done, std::size_t total, double elapsed,
                                 std::string_view figures) {
  auto const all = std::to_string(total);
  auto count = std::to_string(done);
  if (count.size() < all.size()) count.insert(0, all.size() - count.size(), ' ');
  auto text = std::string{unit} + ' ' + count + '/' + all;
  if (!figures.empty()) text.append("  ").append(figures);
  text += "  " + duration_text(elapsed);
  if (done != 0 && done < total) text += ", " + duration_text(time_left(done, total, elapsed)) + " left";
  return text;
}

}  // namespace detail

/// Shows progress: one line that is rewritten for a terminal, one line an update otherwise. The line ends with
/// finish(), or with the object. \errors  none; a stream that fails shows nothing \example examples/digits.cpp
class progress {
public:
  /// \param unit  what is counted: "epoch"
  progress(std::ostream& out, std::string_view unit, std::size_t total)
      : progress{out, unit, total, is_terminal(out)} {}
  progress(std::ostream& out, std::string_view unit, std::size_t total, bool rewrite)
      : out_{out}, unit_{unit}, total_{total}, rewrite_{rewrite} {}
  progress(progress const&) = delete;
  progress& operator=(progress const&) = delete;
  ~progress() { finish(); }

  /// \param figures  what there is to tell: "loss 0.012"
  void update(std::size_t done, std::string_view figures = {}) {
    auto const now = clock::now();
    auto const text = detail::progress_text(unit_, done, total_, seconds(now - start_), figures);
    if (!rewrite_) {
      out_ << text << '\n' << std::flush;
      return;
    }
    // A line that wraps could not be rewritten. First the bar gives way, then the end of the text.
    constexpr std::size_t longest = 79, longest_bar = 12;
    auto const room = longest - std::min(longest, text.size() + 3);
    line_ = detail::progress_bar(done, total_, std::min(room, longest_bar)) + ' ' + text;
    line_.resize(std::min(line_.size(), longest));
    if (shown_ && seconds(now - shown_at_) < .05) return;  // more often is a flicker, and takes time
    show();
    shown_at_ = now;
  }

  /// Shows the latest update, and ends the line.
  void finish() {
    if (line_.empty()) return;
    show();
    out_ << '\n' << std::flush;
    line_.clear();
    shown_ = false;
  }

private:
  using clock = std::chrono::steady_clock;
  static double seconds(clock::duration d) { return std::chrono::duration<double>(d).count(); }

  void show() {
    out_ << '\r' << line_ << "\x1b[K" << std::flush;  // clears what is left of a longer line
    shown_ = true;
  }

  std::ostream& out_;
  std::string unit_;
  std::size_t total_;
  bool rewrite_;
  bool shown_ = false;
  clock::time_point start_ = clock::now(), shown_at_{};
  std::string line_;
};

}  // namespace ctnn::inline CTNN_ABI
