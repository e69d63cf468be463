// SPDX-License-Identifier: BSL-1.0
/// \file The product of a packed layer against plain loops over `sum`, bit for bit.
#include <ctnn/activation/linear.hpp>
#include <ctnn/activation/relu.hpp>
#include <ctnn/tensor/packed_affine.hpp>

#include "random_numbers.hpp"

#include <utility>

namespace {

using namespace tensor_test;
namespace kernel = ctnn::kernel;

template <class T, std::size_t Out, std::size_t In> struct layer {
  static constexpr kernel::packing packing = kernel::packing::of<T>(Out, In);
  alignas(64) std::array<T, packing.padded() * (In + 1)> with_bias{}, without{};

  constexpr layer(T const* w, T const* bias) {
    kernel::pack<Out, In, true>(w, bias, with_bias.data());
    kernel::pack<Out, In, false>(w, static_cast<T const*>(nullptr), without.data());
  }
};

template <class T, std::size_t Out, std::size_t In> void compare(std::uint64_t seed, range r) {
  static std::array<T, Out * In> w;
  w = random_numbers<T, Out * In>(seed, r);
  auto const x = random_numbers<T, In>(seed + 1, r);
  auto const bias = random_numbers<T, Out>(seed + 2, r);
  static layer<T, Out, In> packed{w.data(), bias.data()};
  packed = layer<T, Out, In>{w.data(), bias.data()};

  guarded<T, Out> with_bias, without;
  guarded<T, packed.packing.padded()> wide;
  kernel::packed_affine<Out, In, true, false, ctnn::relu>(packed.with_bias.data(), x.data(), with_bias.data());
  kernel::packed_affine<Out, In, false, false, ctnn::linear>(packed.without.data(), x.data(), without.data());
  kernel::packed_affine<Out, In, true, true, ctnn::linear>(packed.with_bias.data(), x.data(), wide.data());
  bool good = true;
  for (std::size_t o = 0; o < Out; ++o) {
    auto const term = [&](std::size_t i) { return w[o * In + i] * x[i]; };
    T const net = kernel::sum<In>([&](std::size_t i) { return i == 0 ? bias[o] + term(0) : term(i); });
    good &= same(with_bias[o], net < 0 ? T(0) : net) && same(wide[o], net);
    good &= same(without[o], kernel::sum<In>(term));
  }
  INFO(Out << " x " << In << ", seed " << seed);
  CHECK(good);
  CHECK((with_bias.intact() && without.intact() && wide.intact()));
}

/// All of it as a constant.
template <std::size_t Out, std::size_t In> struct with_and_without_bias {
  template <class W, class B, class X> constexpr auto operator()(W const& w, B const& bias, X const& x) const {
    using T = std::remove_cvref_t<decltype(x[0])>;
    layer<T, Out, In> const packed{w.data(), bias.data()};
    std::array<T, Out> y{}, z{};
    kernel::packed_affine<Out, In, true, false, ctnn::relu>(packed.with_bias.data(), x.data(), y.data());
    kernel::packed_affine<Out, In, false, false, ctnn::linear>(packed.without.data(), x.data(), z.data());
    return std::pair{y, z};
  }
};

template <class T, std::size_t Out, std::size_t In> void compare() {
  for (std::uint64_t seed = 0; seed < 4; ++seed) compare<T, Out, In>(seed, seed % 2 == 0 ? range::tame : range::wild);
  if constexpr (Out * In <= 150) {
    static constexpr auto w = random_numbers<T, Out * In>(5, range::tame);
    static constexpr auto bias = random_numbers<T, Out>(6, range::tame);
    static constexpr auto x = random_numbers<T, In>(7, range::tame);
    ctnn_test::exact<with_and_without_bias<Out, In>{}, w, bias, x>();
  }
}

}  // namespace

TEMPLATE_TEST_CASE("packed layers agree with plain loops for every length", "[tensor][packed]", float, double) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (compare<TestType, lengths[I], lengths[(I * 5 + 3) % length_count]>(), ...);
    // Narrow layers of long inputs have a kernel of their own.
    (compare<TestType, I % 8 + 1, lengths[I]>(), ...);
  }
  (std::make_index_sequence<length_count>{});
}
