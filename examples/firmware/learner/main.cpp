// SPDX-License-Identifier: BSL-1.0
// Claim: a network goes on learning on the device, in its last layer only, and what it learned survives a restart, a
// bit that flips in flash and a power cut while it is being stored.
//
//   examples/firmware/run learner
//
// The compiler trains a model of a sensor's curve. In the field the sensor is another one: its gain and offset are
// different. The device corrects the last layer from a few reference measurements, with the first layer frozen in
// flash.
#include <ctnn.hpp>

#include "device.hpp"
#include "parameter_store.hpp"

#include <array>
#include <cstddef>
#include <utility>

namespace {

using namespace ctnn::literals;

template <class First> using curve = ctnn::network<float, ctnn::input<1>, First, ctnn::dense<1>>;
/// What the factory trains, and what the device trains: the same parameters, of which the first layer's stay.
using factory_net = curve<ctnn::dense<8, ctnn::tanh>>;
using net = curve<ctnn::frozen<ctnn::dense<8, ctnn::tanh>>>;

static_assert(net::parameter_count == 25 && net::trainable_count == 9);
static_assert(ctnn::fits<net, ctnn::budget{.flash = 128, .ram = 32, .training_ram = 192, .macs = 16}>());

/// The curve that the sensor was designed for, and the one that this device's has. x is in [-1, 1].
constexpr float designed(float x) { return x * x * x - .5F * x; }
constexpr float built(float x) { return 1.3F * designed(x) + .2F; }

constexpr std::size_t points = 11;
constexpr float point(std::size_t i) { return static_cast<float>(i) / 5 - 1; }

template <class Net> constexpr auto measured(float (*sensor)(float)) {
  std::array<ctnn::sample<Net>, points> all{};
  for (std::size_t i = 0; i < points; ++i) all[i] = {{point(i)}, {sensor(point(i))}};
  return all;
}

constexpr auto in_the_factory = measured<factory_net>(designed);
constexpr auto in_the_field = measured<net>(built);

constexpr factory_net untrained = ctnn::initialize<factory_net>(ctnn::glorot{.seed = 2});
constexpr factory_net from_the_factory =
    ctnn::train<untrained, in_the_factory, ctnn::adam{.learning_rate = .03}, ctnn::epochs{300}, ctnn::batch{points}>;
constexpr net factory_parameters{from_the_factory.parameters};

/// All the memory that training needs.
constinit ctnn::trainer<net> trainer{factory_parameters, {.learning_rate = .1}};
/// Two pages of flash, on a real device at addresses that the linker script keeps free.
constinit flash_page page_a, page_b;

bool all_well = true;
void expect(bool holds, char const* what) {
  device::print(holds ? "  yes: " : "  NO:  ");
  device::print(what);
  device::print("\n");
  all_well &= holds;
}

float error() { return ctnn::loss<ctnn::half_squared_error>(trainer.network(), device::opaque(in_the_field)); }

/// As after a reset: RAM is gone, flash is not.
loaded restart(parameter_store<net> const& store) {
  net found = factory_parameters;
  auto const what = store.load(found);
  trainer.restart(found);
  return what;
}

}  // namespace

int main() {
  page_a.erase();
  page_b.erase();
  parameter_store<net> store{page_a, page_b};

  device::print("a device from the factory, and a sensor that is not as designed\n");
  expect(restart(store) == loaded::nothing, "nothing is stored yet");
  float const before = error();

  device::print("it learns from 11 reference points, 300 times\n");
  auto const learned = trainer.fit(device::opaque(in_the_field), {.epochs = 300});
  expect(learned.state == ctnn::status::ok, "every step was taken");
  float const after = error();
  expect(after < before / 10, "its error is less than a tenth of what it was");
  net const first = trainer.network();
  bool same_first_layer = true;
  for (std::size_t i = 0; i < 16; ++i) same_first_layer &= first.parameters[i] == factory_parameters.parameters[i];
  expect(same_first_layer, "the frozen layer is the factory's");

  device::print("it stores what it learned and is switched off and on\n");
  store.save(first);
  expect(restart(store) == loaded::newest && trainer.network() == first, "every parameter is back");

  device::print("it learns on, stores again, and a bit flips in that page\n");
  expect(trainer.fit(device::opaque(in_the_field), {.epochs = 50}).state == ctnn::status::ok, "every step was taken");
  net const second = trainer.network();
  store.save(second);
  expect(restart(store) == loaded::newest && trainer.network() == second, "the second copy is the newest");
  page_b.flip_bit(7, 3);
  expect(restart(store) == loaded::older && trainer.network() == first, "the damage is seen; the first copy is used");

  device::print("it stores once more, and the power goes in the middle of that\n");
  page_b.lose_power_after(9);
  store.save(second);
  page_b.restore_power();
  expect(restart(store) == loaded::older && trainer.network() == first,
         "the half page is seen; the first copy is used");

  device::print("and then the other page is lost too\n");
  page_a.flip_bit(2, 30);
  expect(restart(store) == loaded::nothing && trainer.network() == factory_parameters, "it starts as from the factory");

  device::print(all_well ? "1 passed, 0 failed\n" : "0 passed, 1 failed\n");
  return all_well ? 0 : 1;
}
