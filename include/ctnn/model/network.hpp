// SPDX-License-Identifier: BSL-1.0
/// \file A network: its topology is a type, its parameters are a value.
#pragma once
#include <ctnn/config/misuse.hpp>
#include <ctnn/layer/concepts.hpp>
#include <ctnn/model/sequence.hpp>
#include <ctnn/scalar/scalar.hpp>
#include <ctnn/tensor/view.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI {

/// What a network is fed: N numbers.
template <std::size_t N> struct input {};

/// Bytes of scratch memory.
struct workspace_size {
  std::size_t inference;  ///< on the stack of operator() and infer, beside the result
  std::size_t training;   ///< for one step: the outputs of every layer, the errors, and the gradient
};

namespace detail {

template <class> inline constexpr bool is_input = false;
template <std::size_t N> inline constexpr bool is_input<input<N>> = true;

template <std::size_t I, class L> constexpr void refuse_layer() {
  if constexpr (is_input<L>)
    report_misuse<[](auto& text) {
      text << "layer " << I << " is an input; a network has one, in front of its layers";
    }>();
  else if constexpr (!layer<L>)
    report_misuse<[](auto& text) { text << "layer " << I << " is not a layer: " << name_of<L>{}; }>();
}

/// Says what keeps these arguments from being a network.
template <class T, class Input, class... Layers> constexpr bool refuse_network() {
  if constexpr (!scalar<T>)
    report_misuse<[](auto& text) {
      text << "a network computes in float, double or another type of which is_scalar is true, not in " << name_of<T>{};
    }>();
  if constexpr (!is_input<Input>)
    report_misuse<[](auto& text) {
      text << "a network reads network<Scalar, input<N>, Layer, Layer, ...>; in the place of input<N> stands "
           << name_of<Input>{};
    }>();
  else if constexpr (std::is_same_v<Input, input<0>>)
    report_misuse<[](auto& text) { text << "a network needs at least one input: input<0> has none"; }>();
  if constexpr (sizeof...(Layers) == 0)
    report_misuse<[](auto& text) { text << "a network needs at least one layer after its input"; }>();
  [&]<std::size_t... I>(std::index_sequence<I...>) { (refuse_layer<I, Layers>(), ...); }
  (std::index_sequence_for<Layers...>{});
  return true;
}

}  // namespace detail

template <class T, class Input, class... Layers> struct network {
  static_assert(detail::refuse_network<T, Input, Layers...>());
};

/// A fixed sequence of layers with its parameters.
///
/// \shape   x[input_count] -> y[output_count]; parameters layer by layer, weights[out][in] row-major, then biases
/// \errors  compile: no layers, a braced list with another number of values. Run: none.
/// \cost    mac_count multiply-accumulates an inference, workspace_bytes.inference bytes of stack, no heap
/// \example examples/mazur.cpp
///
/// Trivially copyable and structural: it may be a template argument, a constant in flash, or be copied with memcpy.
template <scalar T, std::size_t N, layer... Layers>
requires(N > 0 && sizeof...(Layers) > 0) struct network<T, input<N>, Layers...> {
  using scalar_type = T;
  using layers = detail::sequence<N, Layers...>;

  static constexpr std::size_t layer_count = sizeof...(Layers);
  static constexpr std::size_t input_count = N;
  static constexpr std::size_t output_count = layers::sizes.outputs;
  static constexpr std::size_t parameter_count = layers::sizes.parameters;
  static constexpr std::size_t trainable_count = layers::sizes.trainable;  ///< without frozen layers and biases
  static constexpr std::size_t mac_count = layers::sizes.macs;
  static constexpr workspace_size workspace_bytes{
      .inference = (layers::sizes.widest_hidden[0] + layers::sizes.widest_hidden[1]) * sizeof(T),
      .training = (layers::sizes.trace + detail::error_count(layers::sizes) + trainable_count) * sizeof(T)};

  using input_type = std::array<T, input_count>;
  using output_type = std::array<T, output_count>;

  std::array<T, parameter_count> parameters;

  /// All parameters 0.
  constexpr network() noexcept : parameters{} {}
  explicit constexpr network(std::array<T, parameter_count> const& values) noexcept : parameters{values} {}

  /// Takes a braced list, and so knows how many values were given: an omitted one is an error, not a silent 0.
  template <std::size_t Given> constexpr network(T const (&values)[Given]) noexcept : parameters{} {
    if constexpr (Given != parameter_count)
      detail::report_misuse<[](auto& text) {
        text << "this network has " << parameter_count << " parameters, " << Given << " are given";
      }>();
    else
      for (std::size_t i = 0; i < parameter_count; ++i) parameters[i] = values[i];
  }

  /// The output for an input.
  [[nodiscard]] constexpr output_type operator()(input_type const& x) const noexcept {
    output_type y;
    infer(x.data(), y.data());
    return y;
  }

  /// The same for a braced list, whose length is checked.
  template <std::size_t Given> [[nodiscard]] constexpr output_type operator()(T const (&x)[Given]) const noexcept {
    output_type y{};
    if constexpr (Given != input_count)
      detail::report_misuse<[](auto& text) {
        text << "this network wants " << input_count << " inputs, " << Given << " are given";
      }>();
    else
      infer(x, y.data());
    return y;
  }

  /// The same without copies.
  /// \shape   x[input_count] -> y[output_count]; the two do not overlap
  constexpr void infer(T const* x, T* y) const noexcept {
    // Neighbouring layers write to different buffers. A length of 0 is not allowed.
    T even[detail::at_least_one(layers::sizes.widest_hidden[0])],
        odd[detail::at_least_one(layers::sizes.widest_hidden[1])];
    infer_layers(std::make_index_sequence<layer_count>{}, x, even, odd, y);
  }

  /// The weights of layer I, which counts from 0.
  /// \shape   [outputs][inputs]
  template <std::size_t I> [[nodiscard]] constexpr auto weights() const noexcept { return weights_of<I>(*this); }
  template <std::size_t I> [[nodiscard]] constexpr auto weights() noexcept { return weights_of<I>(*this); }

  /// The biases of layer I; empty if it has none.
  template <std::size_t I> [[nodiscard]] constexpr auto biases() const noexcept { return biases_of<I>(*this); }
  template <std::size_t I> [[nodiscard]] constexpr auto biases() noexcept { return biases_of<I>(*this); }

  friend constexpr bool operator==(network const&, network const&) = default;

private:
  /// A layer by itself: it reads x and writes to y, from their beginnings.
  template <class S> struct alone : S {
    static constexpr std::size_t source_at = 0, net_at = 0, outputs_at = 0;
    static constexpr bool keeps_net = false;
  };
  template <std::size_t... I>
  constexpr void infer_layers(std::index_sequence<I...>, T const* x, T* even, T* odd, T* y) const noexcept {
    T const* const all = parameters.data();
    (infer_layer<alone<typename layers::template stage_at<I>>>(all,
                                                               I == 0       ? x
                                                               : I % 2 == 0 ? odd
                                                                            : even,
                                                               I + 1 == layer_count ? y
                                                               : I % 2 == 0         ? even
                                                                                    : odd),
     ...);
  }
  template <class S> static constexpr void infer_layer(T const* all, T const* x, T* y) noexcept {
    S::layer_type::template at<S>::forward(all, x, y);
  }
  template <std::size_t I, class Self> static constexpr auto weights_of(Self& self) noexcept {
    constexpr auto place = place_of<I>();
    auto* first = self.parameters.data() + place.parameters;
    return matrix_view<std::remove_pointer_t<decltype(first)>, place.sizes.outputs, place.inputs>{first};
  }
  template <std::size_t I, class Self> static constexpr auto biases_of(Self& self) noexcept {
    constexpr auto place = place_of<I>();
    auto* first = self.parameters.data() + place.parameters + place.sizes.weights;
    return vector_view<std::remove_pointer_t<decltype(first)>, place.sizes.biases>{first};
  }
  template <std::size_t I> static constexpr detail::placement place_of() noexcept {
    if constexpr (I >= layer_count) {
      detail::report_misuse<[](auto& text) {
        text << "this network has the layers 0 to " << layer_count - 1 << ", layer " << I << " was asked for";
      }>();
      return {};
    } else {
      return layers::sizes.places[I];
    }
  }
};

}  // namespace ctnn::inline CTNN_ABI
