// SPDX-License-Identifier: BSL-1.0
/// \file Accuracy of ctnn::math, in units in the last place (ulp) of the exact result.
///
///     ctnn_accuracy --sample       a fixed sample for CI: 10^7 floats, evenly over exponents, 2 * 10^5 doubles of each
///     ctnn_accuracy --exhaustive   all 2^32 floats of each function, 10^7 doubles of each, on two threads
///
/// A function's name behind that restricts the run to it.
///
/// The reference for float is the host's double libm, whose error of about 2^-29 float ulp is decided by MPFR where it
/// could matter; for double it is MPFR. Every function here is non-decreasing. Rounding may make a result fall by a
/// unit where the function is flatter than its result's grid, but never by more: that is checked between neighbours,
/// across each seam between two formulas too. Each float is also computed by vectors, which must give the same bits.
#include <ctnn/math/erf.hpp>
#include <ctnn/math/exp.hpp>
#include <ctnn/math/expm1.hpp>
#include <ctnn/math/log.hpp>
#include <ctnn/math/log1p.hpp>
#include <ctnn/math/logistic.hpp>
#include <ctnn/math/softplus.hpp>
#include <ctnn/math/sqrt.hpp>
#include <ctnn/math/tanh.hpp>
#include <ctnn/tensor/simd.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <mpfr.h>
#include <string_view>
#include <thread>
#include <type_traits>
#include <vector>

namespace {

/// An MPFR number of 160 bits: 100 more than a result's, so that its own rounding never matters.
class real {
public:
  real() { mpfr_init2(value_, 160); }
  ~real() { mpfr_clear(value_); }
  real(real const&) = delete;
  real& operator=(real const&) = delete;
  operator mpfr_ptr() { return value_; }

private:
  mpfr_t value_;
};

constexpr double float_limit = 1.5;

// A function: ours, the double reference and the MPFR reference (in place).
#define CTNN_ACCURACY_LIBM(NAME, LIMIT)                                                                                \
  struct NAME##_function {                                                                                             \
    static constexpr char const* name = #NAME;                                                                         \
    static constexpr double limit = LIMIT;                                                                             \
    template <class T> static T ours(T x) { return ctnn::math::NAME(x); }                                              \
    static double libm(double x) { return std::NAME(x); }                                                              \
    static void exact(mpfr_ptr y, mpfr_ptr x) { mpfr_##NAME(y, x, MPFR_RNDN); }                                        \
  };
CTNN_ACCURACY_LIBM(exp, 1)
CTNN_ACCURACY_LIBM(expm1, float_limit)
CTNN_ACCURACY_LIBM(log, 1)
CTNN_ACCURACY_LIBM(log1p, float_limit)
CTNN_ACCURACY_LIBM(tanh, float_limit)
CTNN_ACCURACY_LIBM(erf, float_limit)
CTNN_ACCURACY_LIBM(sqrt, 0.5)
#undef CTNN_ACCURACY_LIBM

struct logistic_function {
  static constexpr char const* name = "logistic";
  static constexpr double limit = float_limit;
  template <class T> static T ours(T x) { return ctnn::math::logistic(x); }
  static double libm(double x) { return 1 / (1 + std::exp(-x)); }
  static void exact(mpfr_ptr y, mpfr_ptr x) {
    mpfr_neg(y, x, MPFR_RNDN);
    mpfr_exp(y, y, MPFR_RNDN);
    mpfr_add_ui(y, y, 1, MPFR_RNDN);
    mpfr_ui_div(y, 1, y, MPFR_RNDN);
  }
};

struct softplus_function {
  static constexpr char const* name = "softplus";
  static constexpr double limit = float_limit;
  template <class T> static T ours(T x) { return ctnn::math::softplus(x); }
  static double libm(double x) { return (x > 0 ? x : 0) + std::log1p(std::exp(-std::fabs(x))); }
  static void exact(mpfr_ptr y, mpfr_ptr x) {
    if (mpfr_cmp_ui(x, 1000) > 0) {  // x is the result to far more than 160 bits, or infinite
      mpfr_set(y, x, MPFR_RNDN);
      return;
    }
    mpfr_exp(y, x, MPFR_RNDN);
    mpfr_log1p(y, y, MPFR_RNDN);
  }
};

/// Wrong by some ulp for one input in 65,536, to show that this program can fail.
template <class T> struct perturbed_function : exp_function {
  static T ours(T x) {
    T const y = ctnn::math::exp(x);
    bool const chosen = (std::bit_cast<ctnn::math::detail::bits_of<T>>(x) & 0xFFFF) == 0x1234;
    return chosen && y > 1 && y < 1000 ? y * (1 - 4 * std::numeric_limits<T>::epsilon()) : y;
  }
};

/// Numbers in order are ranks in order, and neighbours are one apart.
template <class T> std::int64_t rank(T x) {
  auto const bits = std::bit_cast<ctnn::math::detail::bits_of<T>>(std::fabs(x));
  return std::signbit(x) ? -static_cast<std::int64_t>(bits) : static_cast<std::int64_t>(bits);
}

template <class T> struct outcome {
  std::uint64_t points = 0;
  std::uint64_t falls = 0;  ///< neighbours out of order
  std::uint64_t fall = 0;   ///< the deepest, in units in the last place
  double worst = 0;
  T worst_input = 0;
  T fall_input = 0;

  void add(T x, double error) {
    if (error > worst) {
      worst = error;
      worst_input = x;
    }
  }
  void fell(T x, std::uint64_t units) {
    if (units > fall) {
      fall = units;
      fall_input = x;
    }
  }
  /// y at x after `before` at the next smaller x; NaN is in order with anything.
  void follow(T x, T y, T before) {
    if (!(y < before)) return;
    ++falls;
    fell(x, static_cast<std::uint64_t>(rank(before) - rank(y)));
  }
  void merge(outcome const& other) {
    points += other.points;
    falls += other.falls;
    fell(other.fall_input, other.fall);
    add(other.worst_input, other.worst);
  }
};

constexpr double infinite_error = std::numeric_limits<double>::infinity();

/// Errors of special results: 0 when right, infinite when wrong; -1 when `exact` is finite and not zero.
template <class T> double special_error(T y, double exact) {
  if (std::isnan(exact)) return std::isnan(y) ? 0 : infinite_error;
  if (std::isnan(y)) return infinite_error;
  if (exact == 0 || std::isinf(exact))
    return static_cast<double>(y) == exact && std::signbit(y) == std::signbit(exact) ? 0 : infinite_error;
  return -1;
}

/// 1 / ulp of a finite double, on the scale of float.
double inverse_float_ulp(double exact) {
  auto const exponent = static_cast<int>(std::bit_cast<std::uint64_t>(exact) >> 52 & 0x7FF) - 1023;
  return std::bit_cast<double>(static_cast<std::uint64_t>(1023 + 23 - std::clamp(exponent, -126, 127)) << 52);
}

/// Error of y against f(x) by MPFR. An infinite y counts as the number that would follow the largest finite one.
template <class F, class T> double mpfr_error(T x, T y) {
  thread_local real exact;
  thread_local real other;
  constexpr int digits = std::numeric_limits<T>::digits;
  mpfr_set_d(other, static_cast<double>(x), MPFR_RNDN);
  F::exact(exact, other);
  if (double const special = special_error(
          y, mpfr_zero_p(static_cast<mpfr_ptr>(exact)) || !mpfr_number_p(exact) ? mpfr_get_d(exact, MPFR_RNDN) : 1.0);
      special >= 0)
    return special;
  mpfr_set_ui_2exp(other, 1, std::numeric_limits<T>::max_exponent, MPFR_RNDN);
  if (mpfr_cmpabs(exact, other) > 0) mpfr_copysign(exact, other, exact, MPFR_RNDN);
  long const exponent = std::max<long>(mpfr_get_exp(exact), std::numeric_limits<T>::min_exponent);
  if (std::isinf(y))
    mpfr_setsign(other, other, std::signbit(y), MPFR_RNDN);
  else
    mpfr_set_d(other, static_cast<double>(y), MPFR_RNDN);
  mpfr_sub(other, other, exact, MPFR_RNDN);
  mpfr_mul_2si(other, other, digits - std::min<long>(exponent, std::numeric_limits<T>::max_exponent), MPFR_RNDN);
  return std::fabs(mpfr_get_d(other, MPFR_RNDN));
}

template <class F> double float_error(float x, float y) {
  double exact = F::libm(static_cast<double>(x));
  if (double const special = special_error(y, exact); special >= 0) return special;
  double const inverse = inverse_float_ulp(exact);
  exact = std::clamp(exact, -0x1p128, 0x1p128);
  double const error =
      std::fabs((std::isinf(y) ? std::copysign(0x1p128, y) : static_cast<double>(y)) - exact) * inverse;
  return error > F::limit - 1e-6 ? mpfr_error<F>(x, y) : error;
}

/// All floats with bit patterns first, first + step, ... below last; a step of 1 checks the order of neighbours too.
template <class F> outcome<float> scan_floats(std::uint64_t first, std::uint64_t last, std::uint64_t step) {
  constexpr std::size_t block = 4096;
  std::array<float, block> x{};
  std::array<float, block> y{};
  outcome<float> result;
  float previous = std::numeric_limits<float>::quiet_NaN();
  for (std::uint64_t b = first; b < last;) {
    std::size_t count = 0;
    for (; count < block && b < last; ++count, b += step)
      x[count] = std::bit_cast<float>(static_cast<std::uint32_t>(b));
    for (std::size_t i = 0; i < block; ++i) y[i] = F::ours(x[i]);  // the loop that compilers vectorise
    std::array<float, block> by_vectors = y;
    if constexpr (requires(ctnn::kernel::vector<float, 4> v) { F::ours(v); })
      ctnn::kernel::transform<block>(
          by_vectors.data(), [](auto v) { return F::ours(v); }, x.data());
    for (std::size_t i = 0; i < count; ++i) {
      bool const same = std::bit_cast<std::uint32_t>(by_vectors[i]) == std::bit_cast<std::uint32_t>(y[i]);
      result.add(x[i], same ? float_error<F>(x[i], y[i]) : infinite_error);
      if (step == 1) {  // bit patterns of negative numbers descend
        if (std::signbit(x[i]))
          result.follow(x[i], previous, y[i]);
        else
          result.follow(x[i], y[i], previous);
        previous = y[i];
      }
    }
    result.points += count;
  }
  return result;
}

/// splitmix64: small, and the same sample everywhere.
struct random_bits {
  std::uint64_t state;
  std::uint64_t operator()() {
    std::uint64_t z = state += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return z ^ z >> 31;
  }
  double uniform(double low, double high) {
    return low + (high - low) * static_cast<double>((*this)() >> 11) * 0x1p-53;
  }
};

/// Where the functions change formula or a result its kind, and where reductions change their whole part.
template <class T> std::vector<T> seams() {
  std::vector<T> result{0, 0.5, 0.75, 1, 4, 6, 10, 18, 20, 38, 71, 88, 104, 708, 710, 745, 746};
  for (int k = -160; k <= 160; ++k) {
    result.push_back(static_cast<T>((k + 0.5) * 0.693147180559945309417));
    result.push_back(static_cast<T>((k + 0.5) * 0.693147180559945309417 / 2));
    result.push_back(static_cast<T>(std::ldexp(1.41421356237309504880, std::clamp(k, -149, 127))));
  }
  for (int k = 0; k <= 60; ++k) result.push_back(static_cast<T>(std::ldexp(1.41421356237309504880, -k) - 1));
  using limits = std::numeric_limits<T>;
  for (T x : {limits::min(), limits::max(), ctnn::math::detail::exp_constants<T>::max, -T(1)}) result.push_back(x);
  return result;
}

/// Neighbours of each seam on both sides, in ascending order of magnitude.
template <class F, class T> outcome<T> scan_seams(int neighbours) {
  outcome<T> result;
  for (T seam : seams<T>())
    for (T start : {seam, -seam}) {
      T x = start;
      for (int i = 0; i < neighbours; ++i) x = std::nextafter(x, -std::numeric_limits<T>::infinity());
      T previous = std::numeric_limits<T>::quiet_NaN();
      for (int i = 0; i < 2 * neighbours; ++i, x = std::nextafter(x, std::numeric_limits<T>::infinity())) {
        T const y = F::ours(x);
        result.follow(x, y, previous);
        previous = y;
        result.add(x, mpfr_error<F>(x, y));
        ++result.points;
      }
    }
  return result;
}

/// Doubles: a third over all bit patterns, a third where results are ordinary, a third over small exponents around 1.
template <class F> outcome<double> scan_doubles(std::uint64_t count, std::uint64_t seed) {
  outcome<double> result;
  random_bits random{seed};
  for (std::uint64_t i = 0; i < count; ++i) {
    double x = 0;
    if (i % 3 == 0) x = std::bit_cast<double>(random());
    if (i % 3 == 1) x = i % 2 == 0 ? random.uniform(-40, 40) : random.uniform(-750, 720);
    if (i % 3 == 2) {
      int const exponent = static_cast<int>(random() % 70) - 60;
      x = std::ldexp(random.uniform(1, 2), exponent) * (i % 2 == 0 ? 1 : -1);
    }
    result.add(x, mpfr_error<F>(x, F::ours(x)));
  }
  result.points = count;
  return result;
}

template <class T> bool report(char const* name, outcome<T> const& result, double limit) {
  bool const good = result.worst <= limit && result.fall <= 1;
  std::printf("%-9s %-6s %11llu %8.4f  %-24a %-16.9g %5.1f %10llu %6llu  %s\n", name,
              sizeof(T) == 4 ? "float" : "double", static_cast<unsigned long long>(result.points), result.worst,
              static_cast<double>(result.worst_input), static_cast<double>(result.worst_input), limit,
              static_cast<unsigned long long>(result.falls), static_cast<unsigned long long>(result.fall),
              good ? "ok" : "FAILED");
  if (result.fall > 1) std::printf("  falls most at %a\n", static_cast<double>(result.fall_input));
  std::fflush(stdout);
  return good;
}

template <class F> bool check(bool exhaustive) {
  outcome<float> floats;
  outcome<double> doubles;
  if (exhaustive) {
    constexpr std::uint64_t half = std::uint64_t{1} << 31;
    outcome<float> negative;
    outcome<double> more;
    std::thread other{[&] {
      negative = scan_floats<F>(half, 2 * half, 1);
      more = scan_doubles<F>(5'000'000, 2);
    }};
    floats = scan_floats<F>(0, half, 1);
    doubles = scan_doubles<F>(5'000'000, 1);
    other.join();
    floats.merge(negative);
    doubles.merge(more);
  } else {
    constexpr std::uint64_t all = std::uint64_t{1} << 32;
    floats = scan_floats<F>(0, all, 419);  // 10.25 million, as many of each exponent and sign, a prime apart
    doubles = scan_doubles<F>(120'000, 1);
  }
  floats.merge(scan_seams<F, float>(exhaustive ? 1000 : 20));
  doubles.merge(scan_seams<F, double>(exhaustive ? 1000 : 20));
  bool const good = report(F::name, floats, F::limit);
  return report(F::name, doubles, F::limit) && good;
}

/// A wrong function must be caught by its error and by its order, in both precisions.
bool can_fail() {
  auto const bits = [](float x) { return std::uint64_t{std::bit_cast<std::uint32_t>(x)}; };
  auto const floats = scan_floats<perturbed_function<float>>(bits(2.0F), bits(2.5F), 1);
  double const x = std::bit_cast<double>((std::bit_cast<std::uint64_t>(2.5) & ~std::uint64_t{0xFFFF}) | 0x1234);
  double const error = mpfr_error<perturbed_function<double>>(x, perturbed_function<double>::ours(x));
  return floats.worst > 2 && floats.fall > 1 && error > 2;
}

}  // namespace

int main(int argc, char** argv) {
  std::string_view const mode = argc == 2 || argc == 3 ? argv[1] : "";
  if (mode != "--sample" && mode != "--exhaustive") {
    std::fprintf(stderr, "usage: ctnn_accuracy --sample | --exhaustive [function]\n");
    return 2;
  }
  if (!can_fail()) {
    std::printf("the self-check failed: a wrong function was not caught\n");
    return 1;
  }
  std::printf("self-check: a function with wrong results is caught\n");
  std::printf(
      "function  type        points    worst  at                       =                limit      falls deepest\n");
  bool const exhaustive = mode == "--exhaustive";
  auto const chosen = [&](char const* name) { return argc == 2 || std::string_view{argv[2]} == name; };
  auto const all = [&]<class... F>(std::type_identity<F>...) {
    bool good = true;
    ((good = (!chosen(F::name) || check<F>(exhaustive)) && good), ...);
    return good;
  };
  bool const good =
      all(std::type_identity<exp_function>{}, std::type_identity<expm1_function>{}, std::type_identity<log_function>{},
          std::type_identity<log1p_function>{}, std::type_identity<tanh_function>{},
          std::type_identity<logistic_function>{}, std::type_identity<softplus_function>{},
          std::type_identity<erf_function>{}, std::type_identity<sqrt_function>{});
  return good ? 0 : 1;
}
