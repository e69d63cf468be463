// SPDX-License-Identifier: BSL-1.0
/// \file The sequence of a network's layers: where each one's numbers lie, and how to visit them in order.
///
/// The only header that includes Boost.Hana.
#pragma once
#include <ctnn/layer/concepts.hpp>

#include <boost/hana/fold_left.hpp>
#include <boost/hana/tuple.hpp>

#include <cstddef>
#include <utility>

namespace ctnn::inline CTNN_ABI::detail {

namespace hana = boost::hana;

/// One layer in its network. Offsets count scalars from the start of the flat array they speak of.
struct placement {
  std::size_t index;
  std::size_t inputs;
  layer_sizes sizes;
  std::size_t parameters;  ///< offset among the network's parameters
  std::size_t trainable;   ///< offset among its trained parameters, which is how gradients and moments are stored
  std::size_t source;      ///< offset in the trace of the outputs that this layer reads; meaningless for the first
  std::size_t outputs;     ///< offset in the trace of this layer's outputs
  std::size_t net;         ///< and of its net inputs: behind the outputs if training needs them, else the same place
  bool carries_back;       ///< a layer before it is trained, so errors are carried through it
};

/// A layer and where it stands: what one visit is told, as a type.
template <class Layer, placement Placement> struct stage {
  using layer_type = Layer;
  static constexpr placement place = Placement;

  // The numbers that the passes use, as constants of their own: an evaluating compiler looks members of place up anew
  // each time.
  static constexpr std::size_t index = Placement.index;
  static constexpr std::size_t inputs = Placement.inputs;
  static constexpr std::size_t outputs = Placement.sizes.outputs;
  static constexpr std::size_t trainable = Placement.sizes.trainable;
  static constexpr std::size_t parameters_at = Placement.parameters;
  static constexpr std::size_t trainable_at = Placement.trainable;
  static constexpr std::size_t biases_at = Placement.parameters + Placement.sizes.weights;
  static constexpr std::size_t source_at = Placement.index == 0 ? 0 : Placement.source;
  static constexpr std::size_t outputs_at = Placement.outputs;
  static constexpr std::size_t net_at = Placement.net;
  static constexpr bool keeps_net = net_at != outputs_at;
  static constexpr bool carries_back = Placement.carries_back;
};

template <std::size_t Count> struct layout {
  placement places[Count]{};
  std::size_t count = 0;
  std::size_t outputs = 0, parameters = 0, trainable = 0, trace = 0, macs = 0;
  std::size_t widest = 0;             ///< of all layers' outputs
  std::size_t neurons = 0;            ///< outputs of all layers
  std::size_t widest_hidden[2] = {};  ///< of the hidden layers with an even index, and with an odd one
};

/// An array length that may be 0 in the formula and not in the language.
constexpr std::size_t at_least_one(std::size_t n) { return n == 0 ? 1 : n; }

/// Room for two layers' errors, and for those of every layer.
template <std::size_t Count> constexpr std::size_t error_count(layout<Count> const& all) {
  return all.neurons < 2 * all.widest ? 2 * all.widest : all.neurons;
}

template <class Layer> struct layer_tag {};

/// Adds a layer to the layout; what a fold over the layers repeats.
struct append_layer {
  template <std::size_t Count, class Layer>
  constexpr layout<Count> operator()(layout<Count> all, layer_tag<Layer>) const {
    auto const last = all.count + 1 == Count;
    auto const sizes = Layer::sizes(all.outputs);
    auto const source = all.count == 0 ? 0 : all.places[all.count - 1].outputs;
    auto const keeps_net = last || needs_net<typename Layer::activation_type>();
    auto const net = all.trace + (keeps_net ? sizes.outputs : 0);
    all.places[all.count] = {all.count, all.outputs, sizes, all.parameters,   all.trainable,
                             source,    all.trace,   net,   all.trainable > 0};
    auto& hidden = all.widest_hidden[all.count % 2];
    if (!last && hidden < sizes.outputs) hidden = sizes.outputs;
    if (all.widest < sizes.outputs) all.widest = sizes.outputs;
    all.neurons += sizes.outputs;
    all.count += 1;
    all.outputs = sizes.outputs;
    all.parameters += sizes.weights + sizes.biases;
    all.trainable += sizes.trainable;
    all.trace += sizes.outputs * (keeps_net ? 2 : 1);
    all.macs += sizes.macs;
    return all;
  }

  template <class A> static constexpr bool needs_net() {
    if constexpr (requires { A::derivative_needs_net; })
      return A::derivative_needs_net;
    else
      return false;
  }
};

template <std::size_t Inputs, class... Layers> struct sequence {
  static constexpr layout<sizeof...(Layers)> sizes = hana::fold_left(
      hana::tuple<layer_tag<Layers>...>{}, layout<sizeof...(Layers)>{.outputs = Inputs}, append_layer{});

  template <class> struct stages_of;
  template <std::size_t... I> struct stages_of<std::index_sequence<I...>> {
    using type = hana::tuple<stage<Layers, sizes.places[I]>...>;
  };
  using stages = typename stages_of<std::index_sequence_for<Layers...>>::type;

  template <std::size_t I> using stage_at = std::remove_reference_t<decltype(hana::at_c<I>(std::declval<stages>()))>;

  /// What the layer at a stage does there.
  template <std::size_t I> using work_at = typename stage_at<I>::layer_type::template at<stage_at<I>>;

  /// visit(state, stage) -> state, from the first layer to the last.
  template <class State, class Visit> static constexpr State forward(State state, Visit visit) {
    return hana::fold_left(stages{}, state, visit);
  }
};

}  // namespace ctnn::inline CTNN_ABI::detail
