// SPDX-License-Identifier: BSL-1.0
/// \file Compile-time errors that read as sentences.
///
/// C++20 has no computed static_assert message, so a sentence travels as a template argument, which both compilers
/// print. Clang cuts strings at 35 characters, hence the sentence is broken into lines there.
#pragma once
#include <ctnn/config/abi.hpp>

#include <cstddef>
#include <cstdint>

namespace ctnn::inline CTNN_ABI::detail {

/// A sentence as a structural value. Unused room is blank: Clang prints a line with a NUL inside as numbers.
template <std::size_t Lines, std::size_t Width> struct sentence { char lines[Lines][Width + 1]{}; };

/// A type, to be named in a sentence.
template <class T> struct name_of {};

/// Puts a sentence together from words, numbers and types, at most 300 characters long.
class sentence_writer {
public:
  constexpr sentence_writer& operator<<(char const* words) {
    while (*words != '\0') put(*words++);
    return *this;
  }
  constexpr sentence_writer& operator<<(std::size_t number) {
    if (number >= 10) *this << number / 10;
    put(static_cast<char>('0' + number % 10));
    return *this;
  }
  /// Up to six decimals: enough to recognise an option's value.
  constexpr sentence_writer& operator<<(double number) {
    if (number != number) return *this << "NaN";
    if (number < 0) {
      put('-');
      number = -number;
    }
    if (number > 1e12) return *this << "above 1e12";
    auto const millionths = static_cast<std::uint64_t>(number * 1e6 + .5);
    *this << static_cast<std::size_t>(millionths / 1'000'000);
    auto rest = millionths % 1'000'000;
    if (rest != 0) put('.');
    for (std::uint64_t unit = 100'000; rest != 0; unit /= 10) {
      put(static_cast<char>('0' + rest / unit));
      rest %= unit;
    }
    return *this;
  }
  /// As the compiler names it, which ends its signature of this function: "... [with T = int]".
  template <class T> constexpr sentence_writer& operator<<(name_of<T>) {
    char const* name = __PRETTY_FUNCTION__;
    while (name[0] != 'T' || name[1] != ' ' || name[2] != '=') ++name;
    for (name += 4; name[1] != '\0'; ++name) put(*name);
    return *this;
  }

#ifdef __clang__
  static constexpr std::size_t longest_line = 35;
#else
  static constexpr std::size_t longest_line = 300;
#endif

private:
  constexpr void put(char c) {
    if (length_ < sizeof text_) text_[length_++] = c;
  }

  /// Breaks the text at blanks, tells \p place where each character goes, and returns the number of lines.
  constexpr std::size_t break_lines(auto place) const {
    std::size_t line = 0;
    for (std::size_t begin = 0; begin < length_; ++line) {
      auto end = length_;
      if (length_ - begin > longest_line) {
        end = begin + longest_line;
        while (end > begin && text_[end] != ' ') --end;
        if (end == begin) end = begin + longest_line;
      }
      for (auto i = begin; i < end; ++i) place(line, i - begin, text_[i]);
      begin = end + (end < length_ && text_[end] == ' ' ? 1 : 0);
    }
    return line;
  }

  char text_[300]{};
  std::size_t length_ = 0;

public:
  [[nodiscard]] constexpr std::size_t lines() const {
    return break_lines([](auto...) {});
  }
  [[nodiscard]] constexpr std::size_t width() const { return length_ < longest_line ? length_ : longest_line; }

  template <std::size_t Lines, std::size_t Width> [[nodiscard]] constexpr auto finish() const {
    sentence<Lines, Width> done;
    for (auto& line : done.lines)
      for (std::size_t i = 0; i < Width; ++i) line[i] = ' ';
    break_lines([&done](std::size_t line, std::size_t column, char c) { done.lines[line][column] = c; });
    return done;
  }
};

template <auto> inline constexpr bool never = false;

template <auto Sentence> struct misuse {
  static_assert(never<Sentence>, "ctnn is misused: the sentence in misuse<...> says how");
};

/// Stops the compilation with the sentence that \p Describe (a captureless generic lambda) writes.
template <auto Describe> constexpr void report_misuse() {
  constexpr auto written = [] {
    sentence_writer writer;
    Describe(writer);
    return writer;
  }();
  (void)misuse<written.template finish<written.lines(), written.width()>()>{};
}

}  // namespace ctnn::inline CTNN_ABI::detail
