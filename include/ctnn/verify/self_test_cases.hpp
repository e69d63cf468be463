// SPDX-License-Identifier: BSL-1.0
/// \file What the self-test computes.
///
/// Every case is a function without arguments, evaluated once as a constant and once on the target. Its inputs pass
/// through empty assembly, of which an optimiser has to assume that it changes them.
#pragma once
#include <ctnn/activation/logistic.hpp>
#include <ctnn/activation/tanh.hpp>
#include <ctnn/layer/dense.hpp>
#include <ctnn/loss/half_squared_error.hpp>
#include <ctnn/math/cospi.hpp>
#include <ctnn/math/erf.hpp>
#include <ctnn/math/exp.hpp>
#include <ctnn/math/expm1.hpp>
#include <ctnn/math/ieee.hpp>
#include <ctnn/math/log.hpp>
#include <ctnn/math/log1p.hpp>
#include <ctnn/math/logistic.hpp>
#include <ctnn/math/softplus.hpp>
#include <ctnn/math/sqrt.hpp>
#include <ctnn/math/tanh.hpp>
#include <ctnn/model/network.hpp>
#include <ctnn/optimizer/adam.hpp>
#include <ctnn/train/evaluate.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace ctnn::inline CTNN_ABI {
namespace detail {

template <class T> [[nodiscard]] constexpr T opaque(T x) noexcept {
  if (!std::is_constant_evaluated()) asm volatile("" : "+m"(x));
  return x;
}

/// Answers of a case, folded to 32 bits.
class answer {
public:
  template <class T> constexpr void add(T x) noexcept {
    auto const b = math::detail::to_bits(x);
    add_word(static_cast<std::uint32_t>(b));
    if constexpr (sizeof b > 4) add_word(static_cast<std::uint32_t>(b >> 32U));
  }
  [[nodiscard]] constexpr std::uint32_t value() const noexcept { return value_; }

private:
  constexpr void add_word(std::uint32_t word) noexcept {
    value_ = (value_ ^ word) * 0x9E3779B1U;
    value_ ^= value_ >> 15U;
  }
  std::uint32_t value_ = 0;
};

template <class T> struct self_test_cases {
  using limits = std::numeric_limits<T>;
  static constexpr T half = T(0.5);
  static constexpr T full = math::detail::is_binary32<T> ? T(0x1.048882p0F) : T(0x1.0488823db1011p0);
  static constexpr T inputs[] = {T(-740),
                                 T(-87.4),
                                 T(-12.25),
                                 T(-1.5),
                                 T(-0.3),
                                 -T(0),
                                 limits::min() / 8,
                                 T(1e-3),
                                 T(0.7),
                                 T(2.4),
                                 T(31.25),
                                 T(200),
                                 math::detail::ieee<T>::infinity,
                                 math::detail::ieee<T>::nan};

  static constexpr std::uint32_t flushed_inputs() noexcept {
    // Constants, as without optimisation a division here would itself be flushed.
    constexpr T subnormal = limits::min() / 4, negative = -subnormal;
    answer a;
    a.add(opaque(subnormal) * opaque(T(1024)));
    // A loop to be vectorised: the vectors of Armv7 flush where its scalars do not.
    T x[16], y[16]{};
    for (T& each : x) each = opaque(negative);
    for (int i = 0, count = opaque(16); i < count; ++i) y[i] = x[i] < 0 ? T(1) : x[i];
    for (T const each : y) a.add(each);
    return a.value();
  }
  static constexpr std::uint32_t flushed_results() noexcept {
    answer a;
    a.add(opaque(limits::min()) * opaque(half));
    a.add(opaque(limits::min() + limits::min() / 2) - opaque(limits::min()));
    return a.value();
  }
  static constexpr std::uint32_t rounding() noexcept {
    answer a;
    T const one = opaque(T(1)), unit = opaque(limits::epsilon());
    a.add(one + opaque(limits::epsilon() / 4));
    a.add(one + opaque(limits::epsilon() * T(0.75)));
    a.add(-one - opaque(limits::epsilon() / 4));
    a.add(-one - opaque(limits::epsilon() * T(0.75)));
    a.add(one + opaque(limits::epsilon() / 2));
    a.add(opaque(T(1) + limits::epsilon()) + opaque(limits::epsilon() / 2));
    a.add(one + unit);
    return a.value();
  }
  static constexpr std::uint32_t reordering() noexcept {
    T const x = opaque(T(1)), y = opaque(limits::epsilon() / 8);
    answer a;
    a.add((x + y) - x);
    a.add(((y + x) + y) + y);
    return a.value();
  }
  static constexpr std::uint32_t contraction() noexcept {
    // x^2 = y + tiny^2, and the last term is less than half a unit of x^2. Each product has inputs of its own: LLVM
    // does not fuse one that is used twice.
    constexpr T tiny = math::detail::is_binary32<T> ? T(0x1p-13) : T(0x1p-27);
    constexpr T x = 1 + tiny, y = 1 + 2 * tiny;
    answer a;
    a.add(opaque(x) * opaque(x) - opaque(y));
    a.add(opaque(y) - opaque(x) * opaque(x));
    T sum = opaque(T(-y));
    sum += opaque(x) * opaque(x);
    a.add(sum);
    return a.value();
  }
  static constexpr std::uint32_t special_values() noexcept {
    T const nan = opaque(math::detail::ieee<T>::nan), zero = opaque(T(-T(0))),
            infinity = opaque(math::detail::ieee<T>::infinity);
    answer a;
    a.add(T(nan != nan));
    a.add(T(nan < infinity));
    a.add(T(infinity <= limits::max()));
    a.add(zero + T(0));
    a.add(T(0) - zero);
    return a.value();
  }

  /// One operation with numbers of every exponent that matters beside 1. A subtraction with exponents 33 apart is what
  /// libgcc rounds wrongly for Arm without double-precision hardware.
  static constexpr std::uint32_t addition() noexcept {
    answer a;
    T const one = opaque(T(1));
    T y = opaque(full);
    for (int i = 0; i < limits::digits + 3; ++i, y *= half) {
      a.add(one + y);
      a.add(one - y);
    }
    return a.value();
  }
  /// Down into the subnormal numbers, where the last place moves up.
  static constexpr std::uint32_t multiplication() noexcept {
    answer a;
    T const x = opaque(full);
    T y = opaque(limits::min() * (8 * full));
    for (int i = 0; i < 16; ++i, y *= half) a.add(x * y);
    return a.value();
  }
  static constexpr std::uint32_t division() noexcept {
    answer a;
    T x = opaque(T(1));
    for (int i = 0; i < 12; ++i, x += T(1)) {
      a.add(x / T(10));
      a.add(opaque(full) / x);
    }
    return a.value();
  }

  template <class F> static constexpr std::uint32_t function(F f) noexcept {
    answer a;
    T const* const first = opaque(static_cast<T const*>(inputs));
    for (std::size_t i = 0; i < sizeof inputs / sizeof *inputs; ++i) a.add(f(opaque(first[i])));
    return a.value();
  }
  static constexpr std::uint32_t sqrt() noexcept {
    return function([](T x) { return math::sqrt(x); });
  }
  static constexpr std::uint32_t exp() noexcept {
    return function([](T x) { return math::exp(x); });
  }
  static constexpr std::uint32_t expm1() noexcept {
    return function([](T x) { return math::expm1(x); });
  }
  static constexpr std::uint32_t log() noexcept {
    return function([](T x) { return math::log(x); });
  }
  static constexpr std::uint32_t log1p() noexcept {
    return function([](T x) { return math::log1p(x); });
  }
  static constexpr std::uint32_t tanh() noexcept {
    return function([](T x) { return math::tanh(x); });
  }
  static constexpr std::uint32_t logistic() noexcept {
    return function([](T x) { return math::logistic(x); });
  }
  static constexpr std::uint32_t softplus() noexcept {
    return function([](T x) { return math::softplus(x); });
  }
  static constexpr std::uint32_t erf() noexcept {
    return function([](T x) { return math::erf(x); });
  }
  static constexpr std::uint32_t cospi() noexcept {
    return function([](T x) { return math::cospi(x); });
  }

  // Sums of more than four terms, so that every partial sum of a reduction takes part.
  using net = network<T, input<6>, dense<5, ctnn::tanh>, dense<3, ctnn::logistic>>;

  /// Numbers with full significands from -1/2 to 1/2.
  static constexpr void fill(T* x, std::size_t count, int seed) noexcept {
    for (std::size_t i = 0; i < count; ++i) {
      x[i] = T(seed % 64 - 32) / opaque(T(65));
      seed += 37;
    }
  }
  static constexpr std::uint32_t forward_pass() noexcept {
    net n;
    fill(n.parameters.data(), net::parameter_count, 0);
    typename net::input_type x{};
    fill(x.data(), x.size(), 5);
    answer a;
    for (T const y : n(x)) a.add(y);
    return a.value();
  }
  /// Two steps of Adam, by its rule itself: a trainer would check options, which are double, on targets without any.
  static constexpr std::uint32_t training_step() noexcept {
    using rule_type = adam::rule<T>;
    constexpr rule_type start = rule_type::from(adam{.learning_rate = 0.125});
    net n;
    T* const p = n.parameters.data();
    fill(p, net::parameter_count, 0);
    rule_type rule = start;
    T moments[rule_type::moments * net::parameter_count]{};
    typename net::input_type x{};
    typename net::output_type target{};
    answer a;
    for (int step = 0; step < 2; ++step) {
      fill(x.data(), x.size(), 5 + step);
      fill(target.data(), target.size(), 50);
      auto const slope = gradient<half_squared_error>(n, x, target);
      T const* const g = slope.parameters.data();
      rule.begin_step(T(1));
      for (std::size_t i = 0; i < net::parameter_count; ++i)
        rule.move(p[i], g[i], moments[i], moments[i + net::parameter_count]);
      a.add(loss<half_squared_error>(n, x, target));
    }
    for (std::size_t i = 0; i < net::parameter_count; ++i) a.add(p[i]);
    return a.value();
  }
};

template <std::uint32_t (*Case)() noexcept> inline constexpr std::uint32_t expected_answer = Case();

/// Whether double is computed by instructions, not by a library.
#if defined(__SSE2__) || defined(__aarch64__) || defined(__s390x__) || defined(__powerpc64__) || defined(__wasm__)
inline constexpr bool has_double_hardware = true;
#elif defined(__ARM_FP)
inline constexpr bool has_double_hardware = (__ARM_FP & 8) != 0;
#elif defined(__riscv_flen)
inline constexpr bool has_double_hardware = __riscv_flen >= 64;
#else
inline constexpr bool has_double_hardware = false;
#endif

}  // namespace detail

}  // namespace ctnn::inline CTNN_ABI
