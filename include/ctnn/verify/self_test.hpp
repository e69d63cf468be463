// SPDX-License-Identifier: BSL-1.0
/// \file A known-answer test: does this target compute what the compiler computed?
#pragma once
#include <ctnn/math/ieee.hpp>
#include <ctnn/tensor/mve.hpp>
#include <ctnn/verify/self_test_cases.hpp>

#include <type_traits>

namespace ctnn::inline CTNN_ABI {

/// What differs from the compiler's own evaluation: the first of these that does. Each presumes those before it.
enum class self_test_result : unsigned char {
  ok,
  flushed_inputs,   ///< subnormal operands count as 0
  flushed_results,  ///< subnormal results become 0
  rounding,         ///< not to nearest, ties to even
  reordering,       ///< (x + y) - x became y, or sums are kept in a higher precision
  contraction,      ///< a product is not rounded before it is added to something
  special_values,   ///< NaN, infinity or -0 is not what it should be
  unnoticed,        ///< vectors flush subnormal numbers without a flag; only with CTNN_CHECKED_MVE
  addition,
  multiplication,
  division,
  sqrt,
  exp,
  expm1,
  log,
  log1p,
  tanh,
  logistic,
  softplus,
  erf,
  cospi,
  forward_pass,
  training_step,
};

/// The result as a sentence, in static storage.
[[nodiscard]] constexpr char const* message(self_test_result result) noexcept {
  using enum self_test_result;
  switch (result) {
    case ok: return "computes what the compiler computed";
    case flushed_inputs: return "subnormal operands are taken for 0 (denormals-are-zero, flush-to-zero mode)";
    case flushed_results: return "subnormal results become 0 (flush-to-zero mode)";
    case rounding: return "rounding is not to nearest, ties to even";
    case reordering: return "sums are taken in another order or precision (-ffast-math, -fassociative-math, x87)";
    case contraction: return "products are not rounded before they are added (compile with -ffp-contract=off)";
    case special_values: return "NaN, infinity or -0 is not kept (-ffast-math, -ffinite-math-only, -fno-signed-zeros)";
    case unnoticed: return "vectors of floats flush subnormal numbers and no flag tells (do without CTNN_CHECKED_MVE)";
    case addition: return "an addition or subtraction differs";
    case multiplication: return "a multiplication differs";
    case division: return "a division differs (-freciprocal-math, -ffast-math)";
    case sqrt: return "sqrt differs";
    case exp: return "exp differs";
    case expm1: return "expm1 differs";
    case log: return "log differs";
    case log1p: return "log1p differs";
    case tanh: return "tanh differs";
    case logistic: return "logistic differs";
    case softplus: return "softplus differs";
    case erf: return "erf differs";
    case cospi: return "cospi differs";
    case forward_pass: return "a forward pass differs";
    case training_step: return "a training step differs";
  }
  return "unknown result";
}

/// Computes a little of everything in T and compares it with what the compiler computed: for the start of a program.
/// Without T in float, and in double where the target has instructions for it; for doubles that a library computes call
/// self_test<double>(). Needs some 1.5 KiB of stack for float, twice that for double, and no heap.
/// \errors  none; a result says what differs
template <class T = void>
requires(math::detail::ieee_binary<T> || std::is_void_v<T>) [[nodiscard]] self_test_result self_test() noexcept {
  if constexpr (std::is_void_v<T>) {
    auto const result = self_test<float>();
    if constexpr (detail::has_double_hardware)
      if (result == self_test_result::ok) return self_test<double>();
    return result;
  } else {
    using enum self_test_result;
    using C = detail::self_test_cases<T>;
    // clang-format off
    if (C::flushed_inputs() != detail::expected_answer<C::flushed_inputs>) return flushed_inputs;
    if (C::flushed_results() != detail::expected_answer<C::flushed_results>) return flushed_results;
    if (C::rounding() != detail::expected_answer<C::rounding>) return rounding;
    if (C::reordering() != detail::expected_answer<C::reordering>) return reordering;
    if (C::contraction() != detail::expected_answer<C::contraction>) return contraction;
    if (C::special_values() != detail::expected_answer<C::special_values>) return special_values;
#ifdef CTNN_CHECKED_MVE
    if (std::is_same_v<T, float> && !kernel::mve::flags_tell()) return unnoticed;
#endif
    if (C::addition() != detail::expected_answer<C::addition>) return addition;
    if (C::multiplication() != detail::expected_answer<C::multiplication>) return multiplication;
    if (C::division() != detail::expected_answer<C::division>) return division;
    if (C::sqrt() != detail::expected_answer<C::sqrt>) return self_test_result::sqrt;
    if (C::exp() != detail::expected_answer<C::exp>) return self_test_result::exp;
    if (C::expm1() != detail::expected_answer<C::expm1>) return expm1;
    if (C::log() != detail::expected_answer<C::log>) return self_test_result::log;
    if (C::log1p() != detail::expected_answer<C::log1p>) return log1p;
    if (C::tanh() != detail::expected_answer<C::tanh>) return self_test_result::tanh;
    if (C::logistic() != detail::expected_answer<C::logistic>) return self_test_result::logistic;
    if (C::softplus() != detail::expected_answer<C::softplus>) return self_test_result::softplus;
    if (C::erf() != detail::expected_answer<C::erf>) return erf;
    if (C::cospi() != detail::expected_answer<C::cospi>) return cospi;
    if (C::forward_pass() != detail::expected_answer<C::forward_pass>) return forward_pass;
    if (C::training_step() != detail::expected_answer<C::training_step>) return training_step;
    // clang-format on
    return ok;
  }
}

}  // namespace ctnn::inline CTNN_ABI
