// SPDX-License-Identifier: BSL-1.0
// A 64-32-10 classifier in flash reads 20 handwritten digits, with the bits that the compiler got.
#include <ctnn.hpp>
#include <ctnn/model/stored_network.hpp>

#include "device.hpp"
#include "digits_data.hpp"
#include "flash.hpp"
#include "report.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace {

using net = ctnn::network<float, ctnn::input<64>, ctnn::dense<32, ctnn::relu>, ctnn::dense<10, ctnn::softmax>>;

constexpr net classifier{digits_data::parameters};
constexpr std::size_t count = sizeof digits_data::dots / sizeof digits_data::dots[0];

constexpr net::input_type scaled(std::uint8_t const* dots) {
  net::input_type x{};
#ifdef __clang__
  // Clang 19 for Cortex-M55 makes of this loop, vectorised, a vcvt.f32.u32 that divides by another power of two.
#pragma clang loop vectorize(disable)
#pragma clang loop unroll(disable)
#endif
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(dots[i]) / 16;
  return x;
}

/// It reads 1,724 of the 1,797 digits rightly that these are taken from, and 18 of these.
constexpr std::size_t right_at_least = 18;

/// What the compiler makes of digit D. Each is an evaluation of its own, so that none comes near a compiler's limits.
template <std::size_t D> constexpr net::output_type by_the_compiler = classifier(scaled(digits_data::dots[D]));

IN_FLASH constexpr auto expected = []<std::size_t... D>(std::index_sequence<D...>) {
  return std::array{by_the_compiler<D>...};
}
(std::make_index_sequence<count>{});

#ifdef __AVR__
struct from_flash {
  void operator()(std::size_t first, float* to, std::size_t n) const {
    flash::read(digits_data::parameters + first, to, n);
  }
};
constexpr ctnn::stored_network<net, from_flash> device_classifier{{}};
#else
constexpr net const& device_classifier = classifier;
#endif

[[gnu::noinline]] void infer(float const* x, float* y) { device_classifier.infer(x, y); }

}  // namespace

int main() {
  std::size_t right = 0;
  for (std::size_t d = 0; d < count; ++d) {
    std::uint8_t dots[64];
    flash::read(digits_data::dots[d], dots, sizeof dots);
    auto const x = scaled(dots);
    net::output_type y{}, wanted{};
    infer(device::opaque(x).data(), y.data());
    flash::read(&expected[d], &wanted, 1);
    report::check(report::same_bits_in(y, wanted), "bits");

    std::size_t best = 0;
    for (std::size_t i = 1; i < y.size(); ++i)
      if (y[i] > y[best]) best = i;
    if (best == d / 2) ++right;
  }
  report::check(right >= right_at_least, "classes");
  return report::finish();
}
