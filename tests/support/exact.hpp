// SPDX-License-Identifier: BSL-1.0
/// \file Evaluates a case as a constant and again at run time, and compares the bits.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <source_location>
#include <string>
#include <support/catch.hpp>
#include <tuple>
#include <type_traits>

namespace ctnn_test {

/// A copy of a value that the optimiser knows nothing about.
template <class T> [[nodiscard]] T opaque(T const& value) {
  T copy = value;
  asm volatile("" : : "g"(&copy) : "memory");
  return copy;
}

namespace detail {

template <class T> std::string text(T x) {
  std::array<char, 64> buffer{};
  if constexpr (std::is_floating_point_v<T>) {
    auto const number = static_cast<double>(x);
    std::snprintf(buffer.data(), buffer.size(), "%a (%.17g)", number, number);
  } else if constexpr (std::is_enum_v<T>) {
    return text(static_cast<std::underlying_type_t<T>>(x));
  } else {
    return std::to_string(x);
  }
  return buffer.data();
}

template <class T> constexpr bool same_bits(T a, T b) {
  if constexpr (!std::is_floating_point_v<T>) {
    return a == b;
  } else {
    using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
    return std::bit_cast<bits>(a) == std::bit_cast<bits>(b);
  }
}

template <class T>
concept range = requires(T const& x) {
  x.data()[x.size() - 1];
};

/// Appends a line for each scalar that differs.
template <class T> void compare(std::string& report, std::string const& name, T const& a, T const& b) {
  if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
    if (!same_bits(a, b)) report += name + ": " + text(a) + " as a constant, " + text(b) + " at run time\n";
  } else if constexpr (range<T>) {
    for (std::size_t i = 0; i < a.size(); ++i) compare(report, name + "[" + std::to_string(i) + "]", a[i], b[i]);
  } else if constexpr (requires { a.parameters; }) {
    compare(report, name + ".parameters", a.parameters, b.parameters);
  } else if constexpr (requires { a.input, a.target; }) {
    compare(report, name + ".input", a.input, b.input);
    compare(report, name + ".target", a.target, b.target);
  } else {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (compare(report, name + "<" + std::to_string(I) + ">", std::get<I>(a), std::get<I>(b)), ...);
    }
    (std::make_index_sequence<std::tuple_size_v<T>>{});
  }
}

}  // namespace detail

/// The scalars that differ in their bits, a line each; empty if there are none. Looks into arrays, tuples, networks and
/// samples. 0 and -0 differ; NaNs are the same if their bits are.
template <class T> [[nodiscard]] std::string difference(T const& constant, T const& run_time) {
  std::string report;
  detail::compare(report, "result", constant, run_time);
  return report;
}

/// Checks that Case(Inputs...) has the same bits as a constant and at run time from opaque inputs. Case is a
/// captureless lambda or an empty functor; Inputs are constexpr objects of static storage.
template <auto Case, auto const&... Inputs>
void exact(std::source_location const where = std::source_location::current()) {
  static constexpr auto constant = Case(Inputs...);
  INFO(where.file_name() << ":" << where.line());
  CHECK(difference(constant, std::remove_cv_t<decltype(constant)>(Case(opaque(Inputs)...))) == "");
}

}  // namespace ctnn_test
