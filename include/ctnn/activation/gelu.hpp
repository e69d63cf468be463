// SPDX-License-Identifier: BSL-1.0
/// \file The Gaussian error linear unit, in its exact form.
#pragma once
#include <ctnn/math/erf.hpp>
#include <ctnn/math/exp.hpp>
#include <ctnn/scalar/scalar.hpp>

namespace ctnn::inline CTNN_ABI {

/// f(x) = x P(x), with P the distribution function of the standard normal distribution.
/// \source  Hendrycks, Gimpel 2016 (the form with erf, not the one with tanh)
struct gelu {
  static constexpr char const* name = "gelu";
  static constexpr bool derivative_needs_net = true;

  template <scalar_or_vector T> [[nodiscard]] static constexpr T apply(T net) noexcept {
    return net * distribution(net);
  }
  template <scalar_or_vector T> [[nodiscard]] static constexpr T derivative(T net, T) noexcept {
    constexpr auto inverse_root_of_two_pi = static_cast<element_of_value<T>>(0.398942280401432677939946059934);
    // Beyond 40 the density is 0 in either precision, and the square of a large input must not overflow.
    T const least = T{} - 40, most = T{} + 40;
    T const above = net < least ? least : net;
    T const x = most < above ? most : above;
    return distribution(net) +
           x * (inverse_root_of_two_pi * math::exp(static_cast<element_of_value<T>>(-.5) * (x * x)));
  }

private:
  template <scalar_or_vector T> [[nodiscard]] static constexpr T distribution(T x) noexcept {
    constexpr auto root_of_half = static_cast<element_of_value<T>>(0.707106781186547524400844362105);
    return static_cast<element_of_value<T>>(.5) * (1 + math::erf(x * root_of_half));
  }
};

}  // namespace ctnn::inline CTNN_ABI
