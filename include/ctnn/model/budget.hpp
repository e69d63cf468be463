// SPDX-License-Identifier: BSL-1.0
/// \file What a network may cost, as a contract that the compiler checks.
#pragma once
#include <ctnn/config/misuse.hpp>
#include <ctnn/model/network.hpp>
#include <ctnn/model/summary.hpp>

#include <cstddef>

namespace ctnn::inline CTNN_ABI {

inline namespace literals {

/// 2_KiB is 2,048 bytes.
[[nodiscard]] consteval std::size_t operator""_KiB(unsigned long long n) noexcept {
  return static_cast<std::size_t>(n * 1024);
}

}  // namespace literals

/// What is allowed; what is not named is not limited.
struct budget {
  static constexpr std::size_t unlimited = static_cast<std::size_t>(-1);

  std::size_t flash = unlimited;         ///< bytes of the parameters
  std::size_t ram = unlimited;           ///< bytes of stack of an inference, as network_summary counts them
  std::size_t training_ram = unlimited;  ///< bytes that a step of plain sgd needs beside the parameters
  std::size_t macs = unlimited;          ///< multiply-accumulates an inference
};

namespace detail {

enum class quantity : unsigned char { flash, ram, training_ram, macs };

/// An amount that is too large.
struct excess {
  std::size_t needed, allowed, too_much;
};

// A constant expression that comes to one of these functions ends there, and the compiler prints its name, the layer
// that takes most of the quantity, and the amounts.
template <std::size_t Layer, class LayerType> struct most_in_layer {
  static void bytes_of_flash_are_too_many() {}
  static void bytes_of_ram_are_too_many() {}
  static void bytes_of_ram_for_training_are_too_many() {}
  static void multiply_accumulates_are_too_many() {}
};

template <class At, quantity What> constexpr void refuse_budget(excess by) {
  if (by.too_much == 0) return;
  if constexpr (What == quantity::flash)
    At::bytes_of_flash_are_too_many();
  else if constexpr (What == quantity::ram)
    At::bytes_of_ram_are_too_many();
  else if constexpr (What == quantity::training_ram)
    At::bytes_of_ram_for_training_are_too_many();
  else
    At::multiply_accumulates_are_too_many();
}

template <class Net, quantity What> constexpr std::size_t amount_in(layer_summary const& layer) {
  switch (What) {
    case quantity::flash: return layer.flash;
    // The last layer writes to the result.
    case quantity::ram: return layer.index + 1 < Net::layer_count ? layer.output_ram : 0;
    case quantity::training_ram: return (layer.trainable + layer.outputs) * sizeof(typename Net::scalar_type);
    case quantity::macs: return layer.macs;
  }
  return 0;
}

/// The layer that takes most of a quantity; of two that take as much the first.
template <class Net, quantity What> constexpr std::size_t greediest_layer() {
  std::size_t most = 0;
  for (auto const& layer : summary_of<Net>.layers)
    if (amount_in<Net, What>(layer) > amount_in<Net, What>(summary_of<Net>.layers[most])) most = layer.index;
  return most;
}

template <class Net> constexpr std::size_t needs(quantity what) {
  constexpr auto const& all = summary_of<Net>;
  switch (what) {
    case quantity::flash: return all.flash;
    case quantity::ram: return all.inference_ram;
    case quantity::training_ram: return all.training_ram;
    case quantity::macs: return all.macs;
  }
  return 0;
}

constexpr std::size_t allows(budget const& b, quantity what) {
  switch (what) {
    case quantity::flash: return b.flash;
    case quantity::ram: return b.ram;
    case quantity::training_ram: return b.training_ram;
    case quantity::macs: return b.macs;
  }
  return 0;
}

constexpr char const* words_for(quantity what) {
  switch (what) {
    case quantity::flash: return " bytes of flash";
    case quantity::ram: return " bytes of RAM for an inference";
    case quantity::training_ram: return " bytes of RAM for training";
    case quantity::macs: return " multiply-accumulates";
  }
  return "";
}

/// With a budget that is known only while it is evaluated.
template <class Net, quantity What> constexpr bool keeps_within(budget const& b) {
  constexpr auto layer = greediest_layer<Net, What>();
  constexpr auto needed = needs<Net>(What);
  auto const allowed = allows(b, What);
  using at = most_in_layer<layer, typename Net::layers::template stage_at<layer>::layer_type>;
  if (needed > allowed) refuse_budget<at, What>({needed, allowed, needed - allowed});
  return needed <= allowed;
}

/// With one that is a constant, and so can be part of a sentence.
template <class Net, quantity What, budget Allowed> constexpr bool keeps_within() {
  constexpr auto needed = needs<Net>(What), allowed = allows(Allowed, What);
  if constexpr (needed > allowed) {
    constexpr auto layer = greediest_layer<Net, What>();
    report_misuse<[](auto& text) {
      text << "this network needs " << needed << words_for(What) << ", " << needed - allowed << " more than the "
           << allowed << " of the budget; layer " << layer << " ("
           << name_of<typename Net::layers::template stage_at<layer>::layer_type>{} << ") takes most, "
           << amount_in<Net, What>(summary_of<Net>.layers[layer]);
    }>();
  }
  return needed <= allowed;
}

}  // namespace detail

/// Whether Net costs no more than the budget. Not what its code takes, which depends on compiler and target.
///
///     static_assert(ctnn::fits<net>({.flash = 2_KiB, .ram = 128, .macs = 400}));
///     static_assert(ctnn::fits<net, ctnn::budget{.flash = 2_KiB}>());
///
/// \units   bytes, multiply-accumulates
/// \errors  compile: what is exceeded, by how much, and which layer takes most of it. The second form says so in a
///          sentence; with the first it is in the name and the arguments of a function that cannot be called.
template <class Net> [[nodiscard]] consteval bool fits(budget const& allowed) {
  using detail::keeps_within;
  using detail::quantity;
  return keeps_within<Net, quantity::flash>(allowed) && keeps_within<Net, quantity::ram>(allowed) &&
         keeps_within<Net, quantity::training_ram>(allowed) && keeps_within<Net, quantity::macs>(allowed);
}

template <class Net, budget Allowed> [[nodiscard]] consteval bool fits() {
  using detail::keeps_within;
  using detail::quantity;
  return keeps_within<Net, quantity::flash, Allowed>() && keeps_within<Net, quantity::ram, Allowed>() &&
         keeps_within<Net, quantity::training_ram, Allowed>() && keeps_within<Net, quantity::macs, Allowed>();
}

}  // namespace ctnn::inline CTNN_ABI
