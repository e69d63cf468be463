// SPDX-License-Identifier: BSL-1.0
// Packed networks on vectors of floats that flush subnormal numbers (see ctnn/tensor/mve.hpp): what the flags tell of
// single instructions, and layers with the compiler's bits whether something was flushed or not.
#include <ctnn.hpp>
#include <ctnn/model/packed.hpp>

#include "device.hpp"
#include "report.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

namespace {

using ctnn::bias;
using ctnn::dense;
using ctnn::input;
using ctnn::linear;
using ctnn::network;
using ctnn::relu;
using ctnn::softmax;
namespace mve = ctnn::kernel::mve;

constexpr float tiny = std::numeric_limits<float>::min();
constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float nan = std::numeric_limits<float>::quiet_NaN();

constexpr std::uint32_t input_denormal = 1U << 7, underflow = 1U << 3;

std::uint32_t status() {
  std::uint32_t s;
  asm volatile("vmrs %0, fpscr" : "=r"(s) : : "memory");
  return s;
}
void set_status(std::uint32_t s) { asm volatile("vmsr fpscr, %0" : : "r"(s) : "memory"); }

// --- single instructions: the flags that a[2] op b[2] sets, where the other lanes hold ordinary numbers
// -----------------

using words = mve::words;
words lane(float x) { return words{0x3F80'0000, 0x3F80'0000, __builtin_bit_cast(std::uint32_t, x), 0x3F80'0000}; }

#define FLAGS_OF(NAME, INSTRUCTION)                                                                                    \
  std::uint32_t NAME(float a, float b) {                                                                               \
    words x = lane(device::opaque(a)), y = lane(device::opaque(b));                                                    \
    set_status(status() & ~0x9FU);                                                                                     \
    asm volatile(".arch_extension mve.fp\n\t" INSTRUCTION "\n\t.arch_extension nomve.fp" : "+w"(x) : "w"(y));          \
    return status() & (input_denormal | underflow);                                                                    \
  }
FLAGS_OF(product, "vmul.f32 %q0, %q0, %q1")
FLAGS_OF(sum, "vadd.f32 %q0, %q0, %q1")
FLAGS_OF(difference, "vsub.f32 %q0, %q0, %q1")
#undef FLAGS_OF

/// A product of which only the first two lanes are computed.
std::uint32_t product_elsewhere(float a, float b) {
  words x = lane(device::opaque(a)), y = lane(device::opaque(b));
  set_status(status() & ~0x9FU);
  asm volatile(".arch_extension mve.fp\n\tvctp.32 %2\n\tvpst\n\tvmult.f32 %q0, %q0, %q1\n\t.arch_extension nomve.fp"
               : "+w"(x)
               : "w"(y), "r"(2));
  return status() & (input_denormal | underflow);
}

void instructions() {
  report::check(product(2, 3) == 0 && sum(2, 3) == 0 && difference(3, 3) == 0, "ordinary numbers");
  report::check((product(tiny / 2, 1) & input_denormal) != 0, "a subnormal factor");
  report::check((product(1, -tiny / 2) & input_denormal) != 0, "a subnormal factor on the right");
  report::check((product(tiny / 2, 0) & input_denormal) != 0, "a subnormal number times 0");
  report::check((product(tiny / 2, infinity) & input_denormal) != 0, "a subnormal number times infinity");
  report::check((sum(tiny / 2, 1) & input_denormal) != 0, "a subnormal summand");
  report::check((product(tiny, .5F) & underflow) != 0, "an exact subnormal product");
  report::check((product(1e-30F, 1e-30F) & underflow) != 0, "a product that rounds to 0");
  report::check((sum(1.5F * tiny, -tiny) & underflow) != 0, "an exact subnormal sum");
  report::check((difference(1.5F * tiny, tiny) & underflow) != 0, "an exact subnormal difference");
  // The least normal number after rounding, a little above it and a little below it before that.
  report::check(product(tiny * (1 + 0x1p-23F), 1 - 0x1p-24F) == 0, "normal before rounding");
  report::check((product(tiny * (2 - 0x1p-23F), .5F) & underflow) != 0, "subnormal before rounding");
  report::check(product(0, -1) == 0 && sum(-0.F, -0.F) == 0 && product(tiny, 1) == 0,
                "zeros and the least normal number");
  report::check(product(nan, 1) == 0 && sum(infinity, -infinity) == 0 && product(3e38F, 3e38F) == 0,
                "NaN and infinity");
  report::check(product_elsewhere(tiny / 2, 1) == 0 && product_elsewhere(1e-30F, 1e-30F) == 0, "lanes left out");
}

// --- layers
// -------------------------------------------------------------------------------------------------------------

/// Bit for bit, but a NaN is any NaN.
template <class Array> bool agree(Array const& a, Array const& b) {
  bool same = true;
  for (std::size_t i = 0; i < a.size(); ++i) same &= report::same_bits(a[i], b[i]) || (a[i] != a[i] && b[i] != b[i]);
  return same;
}

/// A layer of random weights, with an input like any other.
template <std::size_t In, std::size_t Out, class A, bias B = bias::trained> struct sample {
  using net = network<float, input<In>, dense<Out, A, B>>;
  static constexpr std::size_t biases_at = In * Out;
  net layer = ctnn::initialize<net>(ctnn::he{.seed = 100 * In + Out});
  typename net::input_type x{};

  constexpr sample() {
    for (std::size_t i = 0; i < In; ++i) x[i] = static_cast<float>(i * 5 % 11) / 8 - .5F;
    if constexpr (B != bias::none)
      for (std::size_t o = 0; o < Out; ++o) layer.parameters[biases_at + o] = static_cast<float>(o) / 4 - .75F;
  }
};

/// Whether the packed layer has the compiler's bits, and was computed by vectors or not, as is said.
template <class Make> bool as_compiled(Make, bool by_vectors) {
  static constexpr auto given = Make{}();
  using S = decltype(Make{}());
  using net = typename S::net;
  using stage = typename net::layers::template stage_at<0>;
  using A = typename stage::layer_type::activation_type;
  static constexpr auto expected = given.layer(given.x);
  static constexpr ctnn::packed<net> packed{given.layer};
  bool const right = agree(device::opaque(packed)(device::opaque(given.x)), expected);

  static float numbers[(stage::outputs + 3) / 4 * 4 * (stage::inputs + 1)];
  constexpr bool has_bias = stage::place.sizes.biases != 0;
  float const* const p = given.layer.parameters.data();
  ctnn::kernel::pack<stage::outputs, stage::inputs, has_bias>(p + stage::parameters_at, p + stage::biases_at, numbers);
  float y[(stage::outputs + 3) / 4 * 4];
  return right &&
         mve::dense_layer<stage::outputs, stage::inputs, A>(numbers, device::opaque(given.x).data(), y) == by_vectors;
}

/// All numbers of inputs from 1 on, so that each way to take them occurs, with numbers of outputs from 1 to 9.
template <std::size_t... In> bool all_inputs(std::index_sequence<In...>) {
  return (... && (as_compiled([] { return sample<In + 1, 1 + In % 9, linear>{}; }, true) &&
                  as_compiled([] { return sample<In + 1, 1 + In * 5 % 9, relu, bias::none>{}; }, true)));
}

void ordinary_layers() {
  report::check(all_inputs(std::make_index_sequence<26>{}), "1 to 26 inputs");
  report::check(as_compiled([] { return sample<64, 12, relu>{}; }, true) &&
                    as_compiled([] { return sample<131, 5, relu>{}; }, true) &&
                    as_compiled([] { return sample<1100, 2, linear>{}; }, true),
                "many inputs");
  report::check(as_compiled([] { return sample<7, 4, softmax>{}; }, true) &&
                    as_compiled([] { return sample<7, 10, softmax>{}; }, true) &&
                    as_compiled([] { return sample<7, 13, softmax>{}; }, true),
                "softmax");
  report::check(as_compiled([] { return sample<9, 6, ctnn::tanh>{}; }, true), "tanh");
}

/// Biases of 0 and -0, and products -0.
template <class A> constexpr sample<9, 6, A> zeros() {
  sample<9, 6, A> s;
  for (auto& p : s.layer.parameters) p = 0;
  for (std::size_t o = 0; o < 6; ++o) s.layer.parameters[s.biases_at + o] = o % 2 == 0 ? -0.F : 0.F;
  for (auto& x : s.x) x = -1;
  return s;
}

void signs_of_zero() {
  // Sums of nothing but -0 are -0, and relu keeps that.
  static_assert(__builtin_bit_cast(std::uint32_t, zeros<relu>().layer(zeros<relu>().x)[0]) == 0x8000'0000U);
  report::check(as_compiled([] { return zeros<relu>(); }, true) && as_compiled([] { return zeros<linear>(); }, true),
                "-0");
  // Without a bias there is no 0 in front.
  report::check(as_compiled(
                    [] {
                      sample<2, 3, linear, bias::none> s;
                      for (auto& p : s.layer.parameters) p = 0;
                      for (auto& x : s.x) x = -1;
                      return s;
                    },
                    true),
                "-0 without a bias");
}

template <class A> bool passes_nan(float special) {
  static constexpr sample<9, 6, A> s;
  static constexpr ctnn::packed packed{s.layer};
  auto x = device::opaque(s.x);
  x[5] = special;
  return agree(packed(x), s.layer(x));
}

void what_is_flushed() {
  report::check(as_compiled(
                    [] {
                      sample<12, 7, relu> s;
                      s.layer.parameters[3 * 12 + 5] = tiny / 3;
                      return s;
                    },
                    false),
                "a subnormal weight");
  report::check(as_compiled(
                    [] {
                      sample<12, 7, linear> s;
                      for (auto& x : s.x) x = 0;
                      s.x[7] = -tiny / 5;
                      for (std::size_t o = 0; o < 7; ++o) s.layer.parameters[s.biases_at + o] = 0;
                      return s;
                    },
                    false),
                "a subnormal input, and nothing else");
  report::check(as_compiled(
                    [] {
                      sample<12, 7, linear> s;
                      for (auto& p : s.layer.parameters) p *= 1e-25F;
                      for (auto& x : s.x) x *= 1e-17F;
                      for (std::size_t o = 0; o < 7; ++o) s.layer.parameters[s.biases_at + o] = 0;
                      return s;
                    },
                    false),
                "products that underflow");
  report::check(as_compiled(
                    [] {
                      sample<3, 4, relu> s;
                      for (auto& p : s.layer.parameters) p = 0;
                      for (auto& x : s.x) x = 1;
                      s.layer.parameters[1] = -tiny;
                      s.layer.parameters[s.biases_at] = 1.5F * tiny;
                      return s;
                    },
                    false),
                "a sum that is subnormal");
  report::check(as_compiled(
                    [] {
                      sample<7, 10, softmax> s;
                      for (auto& p : s.layer.parameters) p *= 90;
                      return s;
                    },
                    false),
                "softmax of numbers far apart");
}

/// The middle layer's outputs are subnormal, and the last one makes them large again.
void in_the_middle() {
  using net = network<float, input<6>, dense<8, relu>, dense<9, relu>, dense<5>>;
  static constexpr net deep = [] {
    net n = ctnn::initialize<net>(ctnn::he{.seed = 3});
    for (std::size_t i = 6 * 8 + 8; i < 6 * 8 + 8 + 8 * 9; ++i) n.parameters[i] *= 0x1p-130F;
    for (std::size_t i = n.parameters.size() - 9 * 5 - 5; i < n.parameters.size(); ++i) n.parameters[i] *= 0x1p120F;
    return n;
  }();
  static constexpr net::input_type x{.5F, -1, .25F, 2, -.75F, 1};
  static constexpr auto expected = deep(x);
  static_assert(expected[0] != 0);
  static constexpr ctnn::packed<net> packed{deep};
  report::check(agree(packed(device::opaque(x)), expected), "subnormal numbers between layers");
}

/// The program's flags are as if there were no vectors.
void flags() {
  static constexpr sample<12, 7, relu> s;
  static constexpr ctnn::packed ordinary{s.layer};
  auto x = device::opaque(s.x);
  auto const clear = status() & ~0x9FU;

  set_status(clear);
  static_cast<void>(device::opaque(ordinary(x)));
  report::check((status() & (input_denormal | underflow)) == 0, "clear flags stay clear");
  set_status(clear | input_denormal | underflow);
  static_cast<void>(device::opaque(ordinary(x)));
  report::check((status() & (input_denormal | underflow)) == (input_denormal | underflow), "set flags stay set");

  x[2] = tiny / 2;
  set_status(clear);
  auto const packed_y = device::opaque(ordinary(x));
  auto const packed_flags = status() & 0x9F;
  set_status(clear);
  auto const plain_y = device::opaque(s.layer(x));
  report::check(packed_flags == (status() & 0x9F) && agree(packed_y, plain_y), "flags after something subnormal");
  set_status(clear | input_denormal);
  static_cast<void>(device::opaque(ordinary(x)));
  report::check((status() & input_denormal) != 0, "a flag that was set stays so");
  set_status(clear);
}

}  // namespace

int main() {
  instructions();
  ordinary_layers();
  signs_of_zero();
  report::check(passes_nan<relu>(nan) && passes_nan<linear>(nan) && passes_nan<relu>(-nan), "NaN");
  report::check(passes_nan<relu>(infinity) && passes_nan<linear>(-infinity) && passes_nan<softmax>(infinity) &&
                    passes_nan<softmax>(nan),
                "infinity");
  what_is_flushed();
  in_the_middle();
  flags();
  return report::finish();
}
