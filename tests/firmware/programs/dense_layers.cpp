// SPDX-License-Identifier: BSL-1.0
// Dense layers of many shapes, forward and one step of descent, against docs/arithmetic.md in plain loops: kernels for
// a core treat the ends of rows and columns in ways of their own.
#include <ctnn.hpp>

#include "device.hpp"
#include "report.hpp"

#include <array>
#include <cstddef>

namespace {

using ctnn::bias;
using ctnn::dense;
using ctnn::input;
using ctnn::network;

/// Of each operation the rounded result, whatever the compiler knows about it.
float rounded(float x) {
  asm volatile("" : "+m"(x));
  return x;
}
float product(float a, float b) { return rounded(rounded(a) * rounded(b)); }
float sum(float a, float b) { return rounded(rounded(a) + rounded(b)); }

/// first + terms(0) + terms(1) + ..., without first if there is none.
template <class Terms> float sum_of(std::size_t count, float const* first, Terms terms) {
  float s[4]{};
  for (std::size_t i = 0; i < count; ++i) {
    float const t = i == 0 && first != nullptr ? sum(*first, terms(0)) : terms(i);
    s[i % 4] = i < 4 ? t : sum(s[i % 4], t);
  }
  if (count == 1) return s[0];
  if (count == 2) return sum(s[0], s[1]);
  if (count == 3) return sum(sum(s[0], s[2]), s[1]);
  return sum(sum(s[0], s[2]), sum(s[1], s[3]));
}

float relu(float x) { return x < 0 ? 0 : x; }

/// Numbers of many sizes and both signs, zeros and subnormal ones among them.
struct numbers {
  unsigned state = 7;
  float next() {
    state = state * 1'664'525U + 1'013'904'223U;
    switch (state >> 28) {
      case 0: return 0;
      case 1: return -0.F;
      case 2: return 0x1.234p-130F;
      case 3: return -0x1.8p-149F;
      default: return static_cast<float>(static_cast<int>(state >> 8 & 0xFFFFU) - 0x8000) / 4096;
    }
  }
};

constexpr float rate = .03125F;

/// In - Hidden with relu - Out, half the squared error, one step.
template <std::size_t In, std::size_t Hidden, std::size_t Out, bias B> void check_network() {
  using net = network<float, input<In>, dense<Hidden, ctnn::relu, B>, dense<Out, ctnn::linear, B>>;
  constexpr bool biased = B == bias::trained;
  constexpr std::size_t b0 = In * Hidden, w1 = b0 + (biased ? Hidden : 0), b1 = w1 + Hidden * Out;
  numbers some;
  static constinit net start;
  static constinit typename net::input_type x{};
  static constinit typename net::output_type target{};
  for (float& p : start.parameters) p = some.next();
  for (float& v : x) v = some.next();
  for (float& v : target) v = some.next();

  float* const p = start.parameters.data();
  std::array<float, Hidden> hidden, before;
  std::array<float, Out> out, error;
  for (std::size_t o = 0; o < Hidden; ++o)
    hidden[o] =
        relu(sum_of(In, biased ? p + b0 + o : nullptr, [&](std::size_t i) { return product(p[o * In + i], x[i]); }));
  for (std::size_t o = 0; o < Out; ++o)
    out[o] = sum_of(Hidden, biased ? p + b1 + o : nullptr,
                    [&](std::size_t i) { return product(p[w1 + o * Hidden + i], hidden[i]); });
  report::check(report::same_bits_in(start(x), out), "inference");
  report::check(report::same_bits_in(ctnn::packed<net>{start}(x), out), "packed inference");

  static constinit ctnn::trainer<net> trainer{net{}, {.learning_rate = .03125}};
  trainer.restart(start);
  report::check(trainer.step(x, target) == ctnn::status::ok, "status");
  for (std::size_t o = 0; o < Out; ++o) error[o] = sum(out[o], -target[o]);
  for (std::size_t i = 0; i < Hidden; ++i) {
    float const e = sum_of(Out, nullptr, [&](std::size_t o) { return product(p[w1 + o * Hidden + i], error[o]); });
    before[i] = product(e, hidden[i] > 0 ? 1 : 0);
  }
  auto const move = [](float& parameter, float slope) { parameter = sum(parameter, -product(rate, slope)); };
  for (std::size_t o = 0; o < Hidden; ++o) {
    for (std::size_t i = 0; i < In; ++i) move(p[o * In + i], product(before[o], x[i]));
    if (biased) move(p[b0 + o], before[o]);
  }
  for (std::size_t o = 0; o < Out; ++o) {
    for (std::size_t i = 0; i < Hidden; ++i) move(p[w1 + o * Hidden + i], product(error[o], hidden[i]));
    if (biased) move(p[b1 + o], error[o]);
  }
  report::check(report::same_bits_in(trainer.network().parameters, start.parameters), "step");
}

/// Only a number below 0 becomes 0: -0 stays, and so does a NaN of either sign.
template <std::size_t In> void check_relu() {
  constexpr float infinity = __builtin_inff(), nan = __builtin_nanf("");
  constexpr float values[]{1, -0.F, -infinity, -nan, 0x1p-149F, -0x1p-149F, infinity, nan, -1, 0, -0x1p127F};
  constexpr std::size_t count = sizeof values / sizeof(float);
  using net = network<float, input<In>, dense<count, ctnn::relu, bias::none>>;
  static constinit net some;
  static constinit typename net::input_type x{};
  for (float& v : x) v = -0.F;
  x[0] = 1;
  // A sum is the value and many -0, which do not change it.
  for (std::size_t o = 0; o < count; ++o)
    for (std::size_t i = 0; i < In; ++i) some.parameters[o * In + i] = i == 0 ? values[o] : 1;
  auto const judge = [&](auto const& y) {
    for (std::size_t o = 0; o < count; ++o)
      report::check(values[o] != values[o] ? y[o] != y[o] : report::same_bits(y[o], relu(values[o])), "relu");
  };
  judge(some(x));
  judge(ctnn::packed<net>{some}(x));
}

template <std::size_t In, std::size_t Hidden, std::size_t Out> void check_both() {
  check_network<In, Hidden, Out, bias::trained>();
  check_network<In, Hidden, Out, bias::none>();
}

}  // namespace

int main() {
  check_both<3, 4, 1>();
  check_both<4, 3, 2>();
  check_both<5, 5, 3>();
  check_both<6, 6, 4>();
  check_both<7, 7, 5>();
  check_both<8, 8, 6>();
  check_both<9, 10, 7>();
  check_both<17, 19, 11>();
  check_both<20, 13, 1>();
  check_relu<4>();
  check_relu<11>();
  return report::finish();
}
