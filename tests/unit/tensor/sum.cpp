// SPDX-License-Identifier: BSL-1.0
/// \file The order of sums: `sum` adds as specified, and all that is faster adds as `sum` does.
#include <ctnn/tensor/sum.hpp>

#include "random_numbers.hpp"

#include <string>
#include <utility>

namespace {

using namespace tensor_test;
namespace kernel = ctnn::kernel;

/// A number that tells how it was computed.
struct spelled {
  std::string text;

  friend spelled operator+(spelled const& a, spelled const& b) { return {"(" + a.text + "+" + b.text + ")"}; }
  friend spelled operator*(spelled const& a, spelled const& b) { return {a.text + b.text}; }
  spelled& operator+=(spelled const& b) { return *this = *this + b; }
};

template <std::size_t N> std::string sum_of_terms() {
  return kernel::sum<N>([](std::size_t i) { return spelled{std::to_string(i)}; }).text;
}

template <std::size_t N> std::string dot_of_terms() {
  std::array<spelled, N> a, b;
  for (std::size_t i = 0; i < N; ++i) a[i].text = std::to_string(i);
  return kernel::dot<N>(a.data(), b.data(), spelled{"b"}).text;
}

}  // namespace

TEST_CASE("a sum has four interleaved partial sums", "[tensor][sum]") {
  CHECK(sum_of_terms<1>() == "0");
  CHECK(sum_of_terms<2>() == "(0+1)");
  CHECK(sum_of_terms<3>() == "((0+2)+1)");
  CHECK(sum_of_terms<4>() == "((0+2)+(1+3))");
  CHECK(sum_of_terms<5>() == "(((0+4)+2)+(1+3))");
  CHECK(sum_of_terms<7>() == "(((0+4)+(2+6))+((1+5)+3))");
  CHECK(sum_of_terms<9>() == "((((0+4)+8)+(2+6))+((1+5)+(3+7)))");
  CHECK(sum_of_terms<18>() == "((((((0+4)+8)+12)+16)+(((2+6)+10)+14))+(((((1+5)+9)+13)+17)+(((3+7)+11)+15)))");
}

TEST_CASE("a number to start with comes in front of the first term", "[tensor][sum]") {
  CHECK(dot_of_terms<1>() == "(b+0)");
  CHECK(dot_of_terms<2>() == "((b+0)+1)");
  CHECK(dot_of_terms<3>() == "(((b+0)+2)+1)");
  CHECK(dot_of_terms<6>() == "((((b+0)+4)+2)+((1+5)+3))");
  CHECK(dot_of_terms<18>() == "(((((((b+0)+4)+8)+12)+16)+(((2+6)+10)+14))+(((((1+5)+9)+13)+17)+(((3+7)+11)+15)))");
}

TEST_CASE("a sum of zeros keeps the sign of -0", "[tensor][sum]") {
  for (float zero : {0.F, -0.F}) {
    CHECK(same(kernel::sum<1>([=](std::size_t) { return zero; }), zero));
    CHECK(same(kernel::sum<9>([=](std::size_t) { return zero; }), zero));
  }
}

namespace {

template <std::size_t N> struct dots {
  template <class A> constexpr auto operator()(A const& a, A const& b) const {
    using T = std::remove_cvref_t<decltype(a[0])>;
    return std::array<T, 2>{kernel::dot<N>(a.data(), b.data()), kernel::dot<N>(a.data(), b.data(), b[N / 2])};
  }
};

template <class T, std::size_t N, std::size_t Stride> void compare_strided(std::uint64_t seed, range r) {
  auto const a = random_numbers<T, (N - 1) * Stride + 1>(seed, r);
  auto const b = random_numbers<T, N>(seed + 1, r);
  T const start = random_numbers<T, 1>(seed + 2, range::tame)[0];
  auto const term = [&](std::size_t i) { return a[i * Stride] * b[i]; };
  auto const term_after = [&](std::size_t i) { return i == 0 ? start + term(0) : term(i); };
  INFO(N << " terms, stride " << Stride << ", seed " << seed);
  CHECK(same(kernel::dot<N, Stride>(a.data(), b.data()), kernel::sum<N>(term)));
  CHECK(same(kernel::dot<N, Stride>(a.data(), b.data(), start), kernel::sum<N>(term_after)));
  if constexpr (N <= 33) {
    CHECK(same(kernel::products<N, 0, Stride, 0>::sum(a, b), kernel::sum<N>(term)));
    CHECK(same(kernel::products<N, 0, Stride, 0>::sum_after(start, a, b), kernel::sum<N>(term_after)));
  }
}

template <class T, std::size_t N> void compare() {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    auto const r = seed % 2 == 0 ? range::tame : range::wild;
    compare_strided<T, N, 1>(seed, r);
    compare_strided<T, N, 3>(seed, r);
    compare_strided<T, N, 16>(seed, r);
  }
  static constexpr auto a = random_numbers<T, N>(77, range::tame), b = random_numbers<T, N>(78, range::tame);
  ctnn_test::exact<dots<N>{}, a, b>();
}

}  // namespace

TEMPLATE_TEST_CASE("products are added up as sum does", "[tensor][sum]", float, double) {
  [&]<std::size_t... I>(std::index_sequence<I...>) { (compare<TestType, lengths[I]>(), ...); }
  (std::make_index_sequence<length_count>{});
}
