// SPDX-License-Identifier: BSL-1.0
// Claim: with 348 bytes of weights in flash, and of RAM only a little stack, a device tells from an accelerometer's
// reading whether it lies flat, stands on edge or falls.
//
//   examples/firmware/run sensor
//
// The compiler trains the network while it compiles this file, and refuses to compile it if the network misjudges one
// of the readings that it has not seen, or if it costs more than the contract allows.
#include <ctnn.hpp>

#include "device.hpp"

#include <array>
#include <cstddef>

namespace {

using namespace ctnn::literals;

/// Acceleration along three axes, in units of 4 g, to the class.
using net = ctnn::network<float, ctnn::input<3>, ctnn::dense<12, ctnn::relu>, ctnn::dense<3, ctnn::softmax>>;
enum posture : std::size_t { flat, on_edge, falling };
constexpr std::array<char const*, 3> names{"lies flat", "stands on edge", "falls"};

static_assert(ctnn::fits<net, ctnn::budget{.flash = 512, .ram = 64, .macs = 100}>());

/// A reading in thousandths of g, as a sensor's driver would give it, and what it means.
struct reading {
  int x, y, z;
  posture is;
};

constexpr net::input_type scaled(reading const& r) {
  return {static_cast<float>(r.x) * .00025F, static_cast<float>(r.y) * .00025F, static_cast<float>(r.z) * .00025F};
}

constexpr ctnn::sample<net> sample_of(reading const& r) {
  ctnn::sample<net> s{scaled(r), {0, 0, 0}};
  s.target[r.is] = 1;
  return s;
}

constexpr std::array readings{
    reading{0, 0, 1000, flat},        reading{0, 0, -1000, flat},         reading{150, 80, 970, flat},
    reading{-200, 60, -960, flat},    reading{90, -210, 1040, flat},      reading{-120, -170, -1010, flat},
    reading{1000, 0, 0, on_edge},     reading{-1000, 0, 0, on_edge},      reading{0, 1000, 0, on_edge},
    reading{0, -1000, 0, on_edge},    reading{700, 700, 60, on_edge},     reading{-680, 720, -80, on_edge},
    reading{710, -690, 150, on_edge}, reading{-700, -710, -140, on_edge}, reading{960, 180, -190, on_edge},
    reading{0, 0, 0, falling},        reading{60, -40, 90, falling},      reading{-80, 50, -60, falling},
    reading{110, 90, -30, falling},   reading{-50, -100, 70, falling}};

constexpr auto samples = [] {
  std::array<ctnn::sample<net>, readings.size()> all;
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = sample_of(readings[i]);
  return all;
}();

constexpr net untrained = ctnn::initialize<net>(ctnn::he{.seed = 3});
constexpr net trained = ctnn::train<untrained, samples, ctnn::adam{.learning_rate = .02}, ctnn::epochs{100},
                                    ctnn::batch{5}, ctnn::cross_entropy{}>;

constexpr std::size_t class_of(net::output_type const& y) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < y.size(); ++i)
    if (y[i] > y[best]) best = i;
  return best;
}

/// What the sensor reads in the field: none of it was learned from.
constexpr std::array field{reading{40, -90, 990, flat},     reading{60, 110, -1030, flat},
                           reading{980, -60, 110, on_edge}, reading{-650, 750, 90, on_edge},
                           reading{30, 970, -160, on_edge}, reading{20, 30, -40, falling},
                           reading{-90, 70, 50, falling}};

static_assert([] {
  for (auto const& r : field)
    if (class_of(trained(scaled(r))) != r.is) return false;
  return true;
}());

}  // namespace

int main() {
  bool right = true;
  for (auto const& r : device::opaque(field)) {
    auto const answer = class_of(trained(scaled(r)));
    device::print(names[answer]);
    device::print("\n");
    right &= answer == r.is;
  }
  device::print(right ? "1 passed, 0 failed\n" : "0 passed, 1 failed\n");
  return right ? 0 : 1;
}
