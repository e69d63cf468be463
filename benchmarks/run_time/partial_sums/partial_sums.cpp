// SPDX-License-Identifier: BSL-1.0
/// \file How many interleaved partial sums a sum should have: time of matrix-vector products for P = 1, 2, 4, 8, 16.
///
/// Every kernel is first compared with a scalar sum in the same order, bit for bit. Then all kernels of a shape take
/// turns; the median of each counts, and a P is as fast as its fastest kernel.
#include "kernels.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#ifdef __linux__
#include <sched.h>
#endif

namespace {

using namespace partial_sums;

using kernel = void(float const* w, float const* x, float const* bias, float* y, size_t M);

constexpr std::array<size_t, 5> all_p{1, 2, 4, 8, 16};
constexpr std::array<size_t, 7> outputs{1, 3, 4, 10, 16, 64, 128};

struct candidate {
  size_t p;
  kernel* run;
  std::vector<float> const* weights = nullptr;
  std::vector<double> times = {};
};

// --- kernels for any number of outputs -------------------------------------------------------------------------------

template <size_t N, size_t P, size_t R>
[[gnu::noinline]] void by_narrow_rows(float const* w, float const* x, float const* bias, float* y, size_t M) {
  size_t o = 0;
  for (; o + R <= M; o += R) narrow_rows<N, P, R>(w + o * N, x, bias + o, y + o);
  if constexpr (R > 2)
    for (; o + 2 <= M; o += 2) narrow_rows<N, P, 2>(w + o * N, x, bias + o, y + o);
  for (; o < M; ++o) narrow_rows<N, P, 1>(w + o * N, x, bias + o, y + o);
}

/// What does not fill the last vector is left to narrow ones.
template <size_t N, size_t P, size_t R>
[[gnu::noinline]] void by_wide_rows(float const* w, float const* x, float const* bias, float* y, size_t M) {
  constexpr size_t rows = native_lanes / P;
  size_t o = 0;
  for (; o + R * rows <= M; o += R * rows) wide_rows<N, P, R, false>(w + o * N, x, bias + o, y + o);
  if constexpr (R > 1)
    for (; o + rows <= M; o += rows) wide_rows<N, P, 1, false>(w + o * N, x, bias + o, y + o);
  for (; o + 2 <= M; o += 2) narrow_rows<N, P, 2>(w + o * N, x, bias + o, y + o);
  for (; o < M; ++o) narrow_rows<N, P, 1>(w + o * N, x, bias + o, y + o);
}

/// M is a multiple of R * native_lanes / P; the storage is padded.
template <size_t N, size_t P, size_t R>
[[gnu::noinline]] void by_packed_rows(float const* w, float const* x, float const* bias, float* y, size_t M) {
  constexpr size_t rows = R * native_lanes / P, numbers = (N + P - 1) / P * P;
  for (size_t o = 0; o < M; o += rows) wide_rows<N, P, R, true>(w + o * numbers, x, bias + o, y + o);
}

/// M is a multiple of L.
template <size_t N, size_t P, size_t L, size_t B>
[[gnu::noinline]] void by_columns(float const* w, float const* x, float const* bias, float* y, size_t M) {
  size_t o = 0;
  for (; o + B * L <= M; o += B * L) columns<N, P, L, B>(w + o, x, bias + o, y + o, M);
  if constexpr (B > 1)
    for (; o < M; o += L) columns<N, P, L, 1>(w + o, x, bias + o, y + o, M);
}

/// The same, stored block by block in the order of reading; M is a multiple of B * L.
template <size_t N, size_t P, size_t L, size_t B>
[[gnu::noinline]] void by_column_blocks(float const* w, float const* x, float const* bias, float* y, size_t M) {
  for (size_t o = 0; o < M; o += B * L) columns<N, P, L, B>(w + o * N, x, bias + o, y + o, B * L);
}

template <size_t N, size_t P, size_t L, size_t B>
[[gnu::noinline]] void by_columns_and_sums(float const* w, float const* x, float const* bias, float* y, size_t M) {
  auto const offset = [=](size_t i) { return i * M; };
  size_t o = 0;
  for (; o + B * L <= M; o += B * L) columns_by_sum<N, P, L, B>(w + o, x, bias + o, y + o, offset);
  for (; o < M; o += L) columns_by_sum<N, P, L, 1>(w + o, x, bias + o, y + o, offset);
}

/// Where term i lies if all terms of a partial sum are stored in a row.
template <size_t N, size_t P> constexpr size_t rank_by_sum(size_t i) {
  size_t const j = i % P, longer = N % P;
  return j * (N / P) + (j < longer ? j : longer) + i / P;
}
template <size_t N, size_t P, size_t L, size_t B>
[[gnu::noinline]] void by_column_blocks_and_sums(float const* w, float const* x, float const* bias, float* y,
                                                 size_t M) {
  auto const offset = [](size_t i) { return rank_by_sum<N, P>(i) * B * L; };
  for (size_t o = 0; o < M; o += B * L) columns_by_sum<N, P, L, B>(w + o * N, x, bias + o, y + o, offset);
}

// --- measuring -------------------------------------------------------------------------------------------------------

int rounds = 31;
double round_microseconds = 20;

struct shape {
  size_t n, m;
  std::vector<float> w, x, bias;
};

size_t padded(size_t n, size_t multiple) { return (n + multiple - 1) / multiple * multiple; }

/// The sum in its order, one scalar after the other.
float canonical(shape const& s, size_t o, size_t p) {
  std::vector<float> sum(p, -0.F);
  sum[0] = s.bias[o];
  for (size_t i = 0; i < s.n; ++i) sum[i % p] += s.w[o * s.n + i] * s.x[i];
  for (size_t half = p / 2; half != 0; half /= 2)
    for (size_t j = 0; j < half; ++j) sum[j] += sum[j + half];
  return sum[0];
}

void run(candidate const& c, shape const& s, float* y, size_t m, long repeats) {
  for (long i = 0; i < repeats; ++i) {
    c.run(c.weights->data(), s.x.data(), s.bias.data(), y, m);
    asm volatile("" : : "r"(y) : "memory");
  }
}

double seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

double median(std::vector<double> v) {
  auto const middle = v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2);
  std::nth_element(v.begin(), middle, v.end());
  return *middle;
}

struct summary {
  std::array<double, all_p.size()> log_sum{}, worst{};
  std::array<int, all_p.size()> near_best{};
  int shapes = 0;
};

/// Checks the candidates, lets them take turns and prints a line of the table.
void compare(shape const& s, std::vector<candidate>& candidates, std::vector<size_t> const& sizes, summary& total) {
  std::vector<float> y(padded(s.m, 1024));
  std::vector<long> repeats;
  for (size_t k = 0; k < candidates.size(); ++k) {
    auto const& c = candidates[k];
    run(c, s, y.data(), sizes[k], 1);
    for (size_t o = 0; o < s.m; ++o)
      if (std::bit_cast<std::uint32_t>(y[o]) != std::bit_cast<std::uint32_t>(canonical(s, o, c.p))) {
        std::printf("wrong: N %zu, M %zu, P %zu, kernel %zu, output %zu: %.9g for %.9g\n", s.n, s.m, c.p, k, o,
                    static_cast<double>(y[o]), static_cast<double>(canonical(s, o, c.p)));
        std::exit(1);
      }
    long n = 1;
    for (double time = 0; time < round_microseconds * 1e-6; n *= 2) {
      double const start = seconds();
      run(c, s, y.data(), sizes[k], n);
      time = seconds() - start;
    }
    repeats.push_back(n / 2);
  }
  for (int round = 0; round < rounds; ++round)
    for (size_t k = 0; k < candidates.size(); ++k) {
      run(candidates[k], s, y.data(), sizes[k], repeats[k] / 8 + 1);
      double const start = seconds();
      run(candidates[k], s, y.data(), sizes[k], repeats[k]);
      candidates[k].times.push_back((seconds() - start) / static_cast<double>(repeats[k]) * 1e9);
    }
  std::array<double, all_p.size()> best;
  best.fill(1e30);
  for (auto const& c : candidates)
    for (size_t k = 0; k < all_p.size(); ++k)
      if (all_p[k] == c.p) best[k] = std::min(best[k], median(c.times));
  double const fastest = *std::min_element(best.begin(), best.end());
  std::printf("%6zu %6zu ", s.n, s.m);
  for (size_t k = 0; k < all_p.size(); ++k) {
    double const ratio = best[k] / fastest;
    std::printf(" %6.2f", ratio);
    total.log_sum[k] += std::log(ratio);
    total.worst[k] = std::max(total.worst[k], ratio);
    total.near_best[k] += ratio <= 1.1 ? 1 : 0;
  }
  ++total.shapes;
  std::printf("  %9.1f\n", fastest);
  std::fflush(stdout);
}

// --- the three directions --------------------------------------------------------------------------------------------

enum class direction { rows, packed, columns };

/// A list of candidates with the storage that each reads. Storage of one form is shared.
struct field {
  shape const& s;
  std::vector<candidate> candidates;
  std::vector<size_t> sizes;
  std::vector<std::vector<float>*> storage;

  explicit field(shape const& of) : s{of} {}
  field(field const&) = delete;
  ~field() {
    for (auto* p : storage) delete p;
  }
  void add(size_t p, kernel* f, std::vector<float> const* w, size_t m) {
    candidates.push_back({.p = p, .run = f, .weights = w});
    sizes.push_back(m);
  }
  std::vector<float>& make(size_t numbers) {
    storage.push_back(new std::vector<float>(numbers, -0.F));
    return *storage.back();
  }
};

/// More partial sums than terms are as many as there are terms.
template <size_t N, size_t P> constexpr size_t used = P < std::bit_ceil(N) ? P : std::bit_ceil(N);

template <size_t N, size_t P> void add_rows(field& f) {
  f.add(P, by_narrow_rows<N, used<N, P>, 1>, &f.s.w, f.s.m);
  f.add(P, by_narrow_rows<N, used<N, P>, 4>, &f.s.w, f.s.m);
  if constexpr (used<N, P> <= native_lanes) f.add(P, by_narrow_rows<N, used<N, P>, 8>, &f.s.w, f.s.m);
  if constexpr (used<N, P> < native_lanes) {
    f.add(P, by_wide_rows<N, used<N, P>, 1>, &f.s.w, f.s.m);
    f.add(P, by_wide_rows<N, used<N, P>, 4>, &f.s.w, f.s.m);
  }
}

/// Used is used<N, P>.
template <size_t N, size_t P, size_t Used, size_t R> void add_packed(field& f) {
  constexpr size_t rows = native_lanes / Used, block = R * rows, groups = (N + Used - 1) / Used;
  size_t const m = padded(f.s.m, block);
  auto& w = f.make(m * groups * Used);
  for (size_t o = 0; o < f.s.m; ++o)
    for (size_t i = 0; i < N; ++i)
      w[o / block * block * groups * Used + i / Used * block * Used + o % block * Used + i % Used] = f.s.w[o * N + i];
  f.add(P, by_packed_rows<N, Used, R>, &w, m);
}
/// Kernels with B vectors at once. A sum of few terms is not worth passes of its own.
template <size_t N, size_t P, size_t L, size_t B> void add_columns(field& f, std::vector<float> const& w, size_t m) {
  constexpr size_t u = used<N, P>;
  if (B > 1 && m < B * L) return;
  if constexpr (B == 1 || B * u <= registers) f.add(P, by_columns<N, u, L, B>, &w, m);
  if constexpr (u > 1 && N >= 4 * u) f.add(P, by_columns_and_sums<N, u, L, B>, &w, m);
}
template <size_t N, size_t P, size_t L> void add_columns(field& f) {
  size_t const m = padded(f.s.m, L);
  auto& w = f.make(m * N);
  for (size_t o = 0; o < f.s.m; ++o)
    for (size_t i = 0; i < N; ++i) w[i * m + o] = f.s.w[o * N + i];
  [&]<size_t... B>(std::index_sequence<B...>) { (add_columns<N, P, L, B>(f, w, m), ...); }
  (std::index_sequence<1, 2, 3, 4, 8>{});
}
template <size_t N, size_t P> void add_columns(field& f) {
  if (f.s.m == 1) return add_columns<N, P, 1>(f);
  if (f.s.m <= 4 || native_lanes == 4) return add_columns<N, P, 4>(f);
  if constexpr (native_lanes >= 8)
    if (f.s.m <= 8 || native_lanes == 8) return add_columns<N, P, 8>(f);
  if constexpr (native_lanes >= 16) add_columns<N, P, 16>(f);
}

/// Columns in blocks of B vectors.
template <size_t N, size_t P, size_t B> void add_column_blocks(field& f) {
  constexpr size_t u = used<N, P>, L = native_lanes;
  if (f.s.m <= (B / 2) * L) return;
  size_t const m = padded(f.s.m, B * L);
  auto const store = [&](auto offset) -> auto& {
    auto& w = f.make(m * N);
    for (size_t o = 0; o < f.s.m; ++o)
      for (size_t i = 0; i < N; ++i)
        w[o / (B * L) * (B * L) * N + offset(i) * (B * L) + o % (B * L)] = f.s.w[o * N + i];
    return w;
  };
  if constexpr (B == 1 || B * u <= registers)
    f.add(P, by_column_blocks<N, u, L, B>, &store([](size_t i) { return i; }), m);
  if constexpr (u > 1 && N >= 4 * u) f.add(P, by_column_blocks_and_sums<N, u, L, B>, &store(rank_by_sum<N, u>), m);
}

/// Any storage will do.
template <size_t N, size_t P> void add_packed(field& f) {
  constexpr size_t u = used<N, P>;
  if constexpr (u < native_lanes) {
    add_packed<N, P, u, 1>(f);
    if (f.s.m > native_lanes / u) add_packed<N, P, u, 2>(f);
    if (f.s.m > 2 * native_lanes / u) add_packed<N, P, u, 4>(f);
    if (f.s.m > 4 * native_lanes / u) add_packed<N, P, u, 8>(f);
  }
  add_rows<N, P>(f);
  add_columns<N, P>(f);
  [&]<size_t... B>(std::index_sequence<B...>) { (add_column_blocks<N, P, B>(f), ...); }
  (std::index_sequence<1, 2, 3, 4, 8>{});
}

template <size_t N> void table_of_length(direction d, summary& total) {
  for (size_t const m : outputs) {
    std::mt19937 random(1);
    std::uniform_real_distribution<float> uniform(-1, 1);
    // Padded outputs have a bias too.
    shape s{N, m, std::vector<float>(N * m), std::vector<float>(N), std::vector<float>(padded(m, 1024))};
    for (auto* v : {&s.w, &s.x, &s.bias})
      for (float& f : *v) f = uniform(random);
    field f{s};
    [&]<size_t... K>(std::index_sequence<K...>) {
      if (d == direction::rows) (add_rows<N, all_p[K]>(f), ...);
      if (d == direction::packed) (add_packed<N, all_p[K]>(f), ...);
      if (d == direction::columns) (add_columns<N, all_p[K]>(f), ...);
    }
    (std::make_index_sequence<all_p.size()>{});
    compare(s, f.candidates, f.sizes, total);
  }
}

void table(direction d, char const* title) {
  std::printf("\n%s, vectors of %zu floats: time relative to the best P\n     N      M ", title, native_lanes);
  for (size_t const p : all_p) std::printf("   P=%-2zu", p);
  std::printf("    best ns\n");
  summary total;
  table_of_length<3>(d, total);
  table_of_length<4>(d, total);
  table_of_length<8>(d, total);
  table_of_length<10>(d, total);
  table_of_length<13>(d, total);
  table_of_length<16>(d, total);
  table_of_length<32>(d, total);
  table_of_length<64>(d, total);
  table_of_length<128>(d, total);
  table_of_length<640>(d, total);
  table_of_length<784>(d, total);
  auto const line = [&](char const* what, auto value) {
    std::printf("%-14s", what);
    for (size_t k = 0; k < all_p.size(); ++k) std::printf(" %6.2f", value(k));
    std::printf("\n");
  };
  line("mean (geom.)", [&](size_t k) { return std::exp(total.log_sum[k] / total.shapes); });
  line("worst", [&](size_t k) { return total.worst[k]; });
  line("within 10 %", [&](size_t k) { return double(total.near_best[k]) / total.shapes; });
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--quick") == 0) {
      rounds = 7;
      round_microseconds = 5;
    } else {
      std::printf("usage: %s [--quick]\nPrints the time of matrix-vector products for 1 to 16 partial sums.\n",
                  argv[0]);
      return std::strcmp(argv[i], "--help") == 0 ? 0 : 2;
    }
  }
#ifdef __linux__
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(sched_getcpu(), &one);
  if (sched_setaffinity(0, sizeof one, &one) != 0) std::perror("warning: not pinned to one core");
#endif
  table(direction::rows, "rows contiguous");
  table(direction::packed, "packed");
  table(direction::columns, "outputs contiguous");
}
