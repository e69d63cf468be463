// SPDX-License-Identifier: BSL-1.0
/// \file What a network costs, layer by layer, as a constant.
#pragma once
#include <ctnn/model/network.hpp>

#include <array>
#include <cstddef>
#include <utility>

namespace ctnn::inline CTNN_ABI {

/// The costs of one layer.
struct layer_summary {
  std::size_t index;       ///< counts from 0
  std::size_t inputs;      ///< numbers
  std::size_t outputs;     ///< numbers
  std::size_t parameters;  ///< numbers: weights and biases
  std::size_t trainable;   ///< of the parameters
  std::size_t flash;       ///< bytes of the parameters
  std::size_t output_ram;  ///< bytes of the outputs
  std::size_t macs;        ///< multiply-accumulates an inference
  char const* activation;  ///< its name
};

/// The costs of a network. Bytes are those of its parameters and of its numbers in passing; what the code takes depends
/// on compiler and target, and is measured by scripts/firmware.
template <std::size_t Layers> struct network_summary {
  std::array<layer_summary, Layers> layers;
  std::size_t inputs;         ///< numbers
  std::size_t outputs;        ///< numbers
  std::size_t parameters;     ///< numbers
  std::size_t trainable;      ///< of the parameters
  std::size_t macs;           ///< multiply-accumulates an inference
  std::size_t flash;          ///< bytes of the parameters, in flash if the network is constexpr, else in RAM
  std::size_t inference_ram;  ///< bytes of stack of an inference, beside the input, the result and calls' frames
  std::size_t training_ram;   ///< bytes that a step of plain sgd needs beside the parameters; they are in the trainer
  std::size_t online_ram;     ///< the same in an online_trainer, which has no gradient
};

namespace detail {

template <class Net> constexpr auto summarize() {
  constexpr auto scalar_bytes = sizeof(typename Net::scalar_type);
  constexpr auto const& sizes = Net::layers::sizes;
  network_summary<Net::layer_count> all{{},
                                        Net::input_count,
                                        Net::output_count,
                                        Net::parameter_count,
                                        Net::trainable_count,
                                        Net::mac_count,
                                        Net::parameter_count * scalar_bytes,
                                        Net::workspace_bytes.inference,
                                        Net::workspace_bytes.training,
                                        Net::workspace_bytes.training - Net::trainable_count * scalar_bytes};
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    auto const one = [&](placement const& place, char const* activation) -> layer_summary {
      auto const parameters = place.sizes.weights + place.sizes.biases;
      return {place.index,
              place.inputs,
              place.sizes.outputs,
              parameters,
              place.sizes.trainable,
              parameters * scalar_bytes,
              place.sizes.outputs * scalar_bytes,
              place.sizes.macs,
              activation};
    };
    ((all.layers[I] = one(sizes.places[I], Net::layers::template stage_at<I>::layer_type::activation_type::name)), ...);
  }
  (std::make_index_sequence<Net::layer_count>{});
  return all;
}

}  // namespace detail

/// What the network type Net costs.
/// \units   numbers of scalars, bytes, multiply-accumulates, as its members say
/// \errors  none
/// \example tests/static/model/summary.cpp
template <class Net> inline constexpr auto summary_of = detail::summarize<Net>();

}  // namespace ctnn::inline CTNN_ABI
