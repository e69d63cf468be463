// SPDX-License-Identifier: BSL-1.0
/// \file How the library's figures are compared with PyTorch's.
#pragma once
#include <cmath>
#include <cstddef>
#include <golden/networks.hpp>
#include <support/catch.hpp>
#include <type_traits>

namespace golden {

/// Both sides round each operation, and sum in their own order: n terms are off by at most n/2 ulp of the sum of their
/// magnitudes. With 20 terms, five layers, and ten steps through which errors are carried, that is a few hundred ulp of
/// the largest figure: 1e-13 and 3e-5; double has a margin of 10 above that. Float is held to 1e-5, since its chains
/// here are shorter.
template <class T> inline constexpr double tolerance = std::is_same_v<T, float> ? 1e-5 : 1e-12;

/// Compares relative to the largest expected figure, but at least to `scale`.
template <class T>
void compare(T const* found, T const* expected, std::size_t count, double scale, double allowed = tolerance<T>) {
  for (std::size_t i = 0; i < count; ++i) scale = std::fmax(scale, std::fabs(static_cast<double>(expected[i])));
  for (std::size_t i = 0; i < count; ++i) {
    INFO("number " << i << ": " << found[i] << ", PyTorch: " << expected[i]);
    CHECK(std::fabs(static_cast<double>(found[i]) - static_cast<double>(expected[i])) <= allowed * scale);
  }
}

/// The network of a case with its parameters from the start, or with others.
template <class Case> typename Case::net network_of(auto const& parameters) {
  static_assert(std::extent_v<std::remove_cvref_t<decltype(parameters)>> == Case::net::parameter_count);
  return typename Case::net(parameters);
}

}  // namespace golden
