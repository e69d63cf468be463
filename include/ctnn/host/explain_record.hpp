// SPDX-License-Identifier: BSL-1.0
/// \file What a training step computes, kept to be read afterwards.
#pragma once
#include <ctnn/activation/concepts.hpp>
#include <ctnn/model/network.hpp>
#include <ctnn/train/observer.hpp>

#include <cstddef>

namespace ctnn::inline CTNN_ABI {

/// What one layer did in a step. Pointers are null where there was nothing to compute.
/// \shape   In = inputs, Out = outputs; parameters are weights[Out][In], then biases
template <class T> struct layer_record {
  std::size_t index;  ///< counts from 0
  std::size_t inputs;
  std::size_t outputs;
  std::size_t weights;  ///< how many
  std::size_t biases;
  std::size_t trainable;   ///< the first so many parameters
  char const* activation;  ///< its name
  bool elementwise;        ///< the activation
  T const* x;              ///< [In] what the layer read
  T const* parameters;     ///< before the step
  T const* net;            ///< [Out] W x + b
  T const* out;            ///< [Out] f(net)
  T const* by_out;         ///< [Out] dE/dout; null if the loss gives dE/dnet at once
  T const* slope;          ///< [Out] dout/dnet; null if there is no such factor
  T const* delta;          ///< [Out] dE/dnet; null if no error came back as far as this
  T const* carried_by;     ///< [Out][In] the weights that carried delta back; null if it was not carried on
  T const* gradient;       ///< [trainable]
  T const* descended;      ///< [trainable] the gradient as the optimizer got it
  T const* after;          ///< [trainable] the parameters after the step
};

/// Records one step of a trainer: `trainer.step(x, target, record)`. Also in a constant expression.
/// \cost    no heap; five numbers a parameter and five a neuron. One step only; a second one overwrites the first.
template <class Net> class explain_record {
  using T = typename Net::scalar_type;

public:
  /// \param layer  counts from 0
  [[nodiscard]] constexpr layer_record<T> layer(std::size_t layer) const noexcept {
    auto const& place = places[layer];
    auto const p = place.parameters, n = neurons_before(layer);
    auto const seen = happened_[layer];
    auto const if_seen = [seen](event what, T const* from) { return (seen & what) != 0 ? from : nullptr; };
    return {.index = layer,
            .inputs = place.inputs,
            .outputs = place.sizes.outputs,
            .weights = place.sizes.weights,
            .biases = place.sizes.biases,
            .trainable = place.sizes.trainable,
            .activation = activation_[layer],
            .elementwise = elementwise_[layer],
            .x = layer == 0 ? input_ : out_ + neurons_before(layer - 1),
            .parameters = parameters_ + p,
            .net = net_ + n,
            .out = out_ + n,
            .by_out = if_seen(by_out, by_out_ + n),
            .slope = if_seen(slope, slope_ + n),
            .delta = if_seen(delta, delta_ + n),
            .carried_by = if_seen(carried, carried_by_ + p),
            .gradient = if_seen(learned, gradient_ + p),
            .descended = if_seen(moved, descended_ + p),
            .after = if_seen(moved, after_ + p)};
  }
  [[nodiscard]] static constexpr std::size_t layers() noexcept { return Net::layer_count; }

  [[nodiscard]] constexpr T const* target() const noexcept { return target_; }
  /// The loss, one term an output; null if it does not fall into such terms.
  [[nodiscard]] constexpr T const* terms() const noexcept { return has_terms_ ? terms_ : nullptr; }
  [[nodiscard]] constexpr T total() const noexcept { return total_; }

  // What the trainer calls, see observer.hpp.
  template <class S> constexpr void net_inputs(S, T const* parameters, T const* x, T const* net) noexcept {
    using activation = typename S::layer_type::activation_type;
    constexpr auto sizes = S::place.sizes;
    happened_[S::index] = 0;
    activation_[S::index] = activation::name;
    elementwise_[S::index] = elementwise_activation<activation>;
    if constexpr (S::index == 0) copy(S::inputs, x, input_);
    copy(sizes.weights + sizes.biases, parameters, parameters_ + S::place.parameters);
    copy(S::outputs, net, net_ + neurons_before(S::index));
  }
  template <class S> constexpr void outputs(S, T const*, T const* out) noexcept {
    copy(S::outputs, out, out_ + neurons_before(S::index));
  }
  template <class S> constexpr void loss(S, T const*, T const* target, T const* terms, T total) noexcept {
    copy(S::outputs, target, target_);
    has_terms_ = terms != nullptr;
    if (has_terms_) copy(S::outputs, terms, terms_);
    total_ = total;
  }
  template <class S> constexpr void output_error(S, T const* error, bool by_net) noexcept {
    if (by_net) keep<S>(delta, S::outputs, error, delta_ + neurons_before(S::index));
  }
  template <class S> constexpr void error_term(S, T const* error, T const* factor, T const* result) noexcept {
    constexpr auto n = neurons_before(S::index);
    keep<S>(by_out, S::outputs, error, by_out_ + n);
    if (factor != nullptr) keep<S>(slope, S::outputs, factor, slope_ + n);
    keep<S>(delta, S::outputs, result, delta_ + n);
  }
  template <class S> constexpr void gradient(S, T const*, T const*, T const* g) noexcept {
    keep<S>(learned, S::place.sizes.trainable, g, gradient_ + S::place.parameters);
  }
  template <class S> constexpr void propagated(S, T const* parameters, T const*, T const*) noexcept {
    keep<S>(carried, S::place.sizes.weights, parameters, carried_by_ + S::place.parameters);
  }
  template <class S> constexpr void updated(S, T const*, T const* g, T const* after) noexcept {
    keep<S>(moved, S::place.sizes.trainable, g, descended_ + S::place.parameters);
    keep<S>(moved, S::place.sizes.trainable, after, after_ + S::place.parameters);
  }

private:
  static constexpr auto const& places = Net::layers::sizes.places;

  /// How many neurons the layers before this one have.
  static constexpr std::size_t neurons_before(std::size_t layer) noexcept {
    std::size_t count = 0;
    for (std::size_t i = 0; i < layer; ++i) count += places[i].sizes.outputs;
    return count;
  }

  enum event : unsigned char { by_out = 1, slope = 2, delta = 4, learned = 8, carried = 16, moved = 32 };

  static constexpr void copy(std::size_t count, T const* from, T* to) noexcept {
    for (std::size_t i = 0; i < count; ++i) to[i] = from[i];
  }
  template <class S> constexpr void keep(event what, std::size_t count, T const* from, T* to) noexcept {
    happened_[S::index] = static_cast<unsigned char>(happened_[S::index] | what);
    copy(count, from, to);
  }

  static constexpr auto neurons = neurons_before(Net::layer_count);

  unsigned char happened_[Net::layer_count]{};
  char const* activation_[Net::layer_count]{};
  bool elementwise_[Net::layer_count]{};
  T input_[Net::input_count]{};
  T net_[neurons]{}, out_[neurons]{}, by_out_[neurons]{}, slope_[neurons]{}, delta_[neurons]{};
  T parameters_[Net::parameter_count]{}, carried_by_[Net::parameter_count]{}, gradient_[Net::parameter_count]{};
  T descended_[Net::parameter_count]{}, after_[Net::parameter_count]{};
  T target_[Net::output_count]{}, terms_[Net::output_count]{}, total_{};
  bool has_terms_ = false;
};

}  // namespace ctnn::inline CTNN_ABI
