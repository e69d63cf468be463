// SPDX-License-Identifier: BSL-1.0
/// \file Time of ctnn::math on arrays of 1,024 floats beside the host's libm (scalar) and, when present, Eigen.
/// ctnn's time is that of vectors, as the library computes its layers; a plain loop's time stands beside it.
///
/// The contestants of a function take turns, and each one's median counts, so that a busy machine slows all alike.
/// With --check it fails when a ratio misses its target: 3 times libm, and 1.5 times Eigen's time.
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

#include "contestants.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <string_view>
#include <vector>

namespace {

using array = std::array<float, math_bench::size>;
alignas(64) array x;
alignas(64) array y;

template <class F> double nanoseconds(F f) {
  constexpr int repeats = 50;
  auto const start = std::chrono::steady_clock::now();
  for (int i = 0; i < repeats; ++i) {
    f();
    asm volatile("" : : "r"(y.data()) : "memory");
  }
  std::chrono::duration<double, std::nano> const time = std::chrono::steady_clock::now() - start;
  return time.count() / repeats / math_bench::size;
}

double median(std::vector<double>& v) {
  auto const middle = v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2);
  std::nth_element(v.begin(), middle, v.end());
  return *middle;
}

constexpr double libm_target = 3;
constexpr double eigen_target = 1.5;
int missed = 0;

/// A ratio, marked where it misses its target.
void print_ratio(double ratio, bool good) {
  std::printf(" %5.2f%c", ratio, good ? ' ' : '!');
  missed += good ? 0 : 1;
}

// Compiled like Eigen's: functions of their own, with the constants in registers.

/// A function over the array one number after another, as far as the compiler does not vectorise that.
template <class F> [[gnu::noinline]] void over_array(float* to, float const* from, F f) {
  for (std::size_t i = 0; i < math_bench::size; ++i) to[i] = f(from[i]);
}

/// A function over the array as the library computes its layers.
template <class F> [[gnu::noinline]] void over_vectors(float* to, float const* from, F f) {
  ctnn::kernel::transform<math_bench::size>(to, f, from);
}

template <class Ours, class Libm>
void compare(char const* name, Ours ours, Libm libm, math_bench::function* eigen, float low) {
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = low + (10 - low) * static_cast<float>(i) / math_bench::size;
  std::vector<double> t_ours;
  std::vector<double> t_loop;
  std::vector<double> t_libm;
  std::vector<double> t_eigen;
  for (int round = 0; round < 101; ++round) {
    t_ours.push_back(nanoseconds([&] { over_vectors(y.data(), x.data(), ours); }));
    t_loop.push_back(nanoseconds([&] { over_array(y.data(), x.data(), ours); }));
    t_libm.push_back(nanoseconds([&] { over_array(y.data(), x.data(), libm); }));
    if (eigen != nullptr) t_eigen.push_back(nanoseconds([&] { eigen(y.data(), x.data()); }));
  }
  double const mine = median(t_ours);
  double const theirs = median(t_libm);
  std::printf("%-9s %7.3f %7.3f %7.3f", name, mine, median(t_loop), theirs);
  print_ratio(theirs / mine, theirs / mine >= libm_target);
  if (eigen != nullptr) {
    double const best = median(t_eigen);
    std::printf(" %9.3f", best);
    print_ratio(mine / best, mine / best <= eigen_target);
  }
  std::printf("\n");
}

#define CTNN_BENCH(NAME, LIBM, EIGEN, LOW)                                                                             \
  compare(                                                                                                             \
      #NAME, [](auto v) { return ctnn::math::NAME(v); }, [](float v) { return LIBM; }, EIGEN, LOW)

}  // namespace

int main(int argc, char** argv) {
  bool const check = argc == 2 && std::string_view{argv[1]} == "--check";
  if (argc > 1 && !check) {
    std::fprintf(stderr, "usage: ctnn_bench_math [--check]\n");
    return 2;
  }
  std::printf("%-9s %7s %7s %7s %6s %10s %6s\n", "", "ctnn", "ctnn", "libm", "libm/", "Eigen", "ctnn/");
  std::printf("%-9s %7s %7s %7s %6s %10s %6s\n", "", "ns", "loop ns", "ns", "ctnn", "ns", "Eigen");
  CTNN_BENCH(exp, std::exp(v), math_bench::eigen_exp, -10);
  CTNN_BENCH(expm1, std::expm1(v), nullptr, -10);
  CTNN_BENCH(log, std::log(v), nullptr, 0.01F);
  CTNN_BENCH(log1p, std::log1p(v), nullptr, -0.9F);
  CTNN_BENCH(tanh, std::tanh(v), math_bench::eigen_tanh, -10);
  CTNN_BENCH(logistic, 1 / (1 + std::exp(-v)), math_bench::eigen_logistic, -10);
  CTNN_BENCH(softplus, std::log1p(std::exp(v)), nullptr, -10);
  CTNN_BENCH(erf, std::erf(v), nullptr, -10);
  CTNN_BENCH(sqrt, std::sqrt(v), nullptr, 0.01F);
  if (missed > 0) std::printf("%d of the ratios miss their targets (marked !)\n", missed);
  return check && missed > 0 ? 1 : 0;
}
