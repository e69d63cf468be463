// SPDX-License-Identifier: BSL-1.0
/// \file Learning-rate schedules: by what factor the learning rate is multiplied in each update.
#pragma once
#include <ctnn/math/cospi.hpp>
#include <ctnn/optimizer/concepts.hpp>
#include <ctnn/scalar/scalar.hpp>

#include <cstddef>

namespace ctnn::inline CTNN_ABI {

/// The learning rate as it is.
struct constant_rate {
  static constexpr char const* name = "constant_rate";
  [[nodiscard]] constexpr option_error check() const { return {}; }
  template <scalar T> [[nodiscard]] constexpr T factor(std::size_t) const noexcept { return T(1); }
};

/// Multiplied by decay after every so many updates.
/// \source  PyTorch StepLR
struct step_decay {
  std::size_t every = 1000;
  double decay = .5;

  static constexpr char const* name = "step_decay";
  [[nodiscard]] constexpr option_error check() const {
    return detail::option_check{}
        .positive("every", static_cast<double>(every))
        .positive("decay", decay)
        .fraction("decay", decay)
        .result();
  }
  template <scalar T> [[nodiscard]] constexpr T factor(std::size_t step) const noexcept {
    T result(1), power = static_cast<T>(decay);
    for (auto n = step / every; n != 0; n /= 2) {
      if (n % 2 != 0) result *= power;
      power *= power;
    }
    return result;
  }
};

/// From 1 down to last along half a cosine in the given number of updates, and last from then on.
/// \source  Loshchilov, Hutter 2017; PyTorch CosineAnnealingLR
struct cosine {
  std::size_t steps = 1000;
  double last = 0;

  static constexpr char const* name = "cosine";
  [[nodiscard]] constexpr option_error check() const {
    return detail::option_check{}.positive("steps", static_cast<double>(steps)).fraction("last", last).result();
  }
  template <scalar T> [[nodiscard]] constexpr T factor(std::size_t step) const noexcept {
    auto const low = static_cast<T>(last);
    if (step >= steps) return low;
    T const wave = math::cospi(static_cast<T>(step) / static_cast<T>(steps));
    return low + (T(1) - low) * (static_cast<T>(.5) * (T(1) + wave));
  }
};

/// From 1/steps up to 1 along a line in the given number of updates, then what comes after it, which counts from there.
template <schedule After = constant_rate> struct warm_up {
  std::size_t steps = 100;
  After after{};

  static constexpr char const* name = "warm_up";
  [[nodiscard]] constexpr option_error check() const {
    if (auto const error = detail::option_check{}.positive("steps", static_cast<double>(steps)).result()) return error;
    return after.check();
  }
  template <scalar T> [[nodiscard]] constexpr T factor(std::size_t step) const noexcept {
    if (step >= steps) return after.template factor<T>(step - steps);
    return static_cast<T>(step + 1) / static_cast<T>(steps);
  }
};

}  // namespace ctnn::inline CTNN_ABI
