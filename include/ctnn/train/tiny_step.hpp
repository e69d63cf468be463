// SPDX-License-Identifier: BSL-1.0
/// \file A step of a network so small that its numbers fit into vector registers. At run time only.
///
/// Steps wait for each other, and a number that takes the way through memory arrives as late as one that has been
/// computed by two operations. So between the parameters' load and their store there is no memory here: a layer is a
/// vector of outputs for each input.
#pragma once
#include <ctnn/layer/dense.hpp>
#include <ctnn/math/ieee.hpp>
#include <ctnn/scalar/scalar.hpp>
#include <ctnn/tensor/simd.hpp>
#include <ctnn/tensor/sum.hpp>
#include <ctnn/train/backprop.hpp>
#include <ctnn/train/layer_errors.hpp>

#include <cstddef>
#include <limits>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI::detail {

/// The lanes of the vectors, of which a layer has no more inputs and outputs.
inline constexpr std::size_t tiny_lanes = 4;

/// Whether the stage S can work in vectors of type V: dense and all of it trained.
template <class S, class T>
inline constexpr bool fits_registers = [] {
  using L = typename S::layer_type;
  using V = kernel::vector<T, tiny_lanes>;
  using A = typename L::activation_type;
  if constexpr (std::is_same_v<L, dense<S::outputs, A>> && S::inputs <= tiny_lanes && S::outputs <= tiny_lanes)
    return requires(V v) {
      A::apply(v);
      A::derivative(v, v);
    };
  else
    return false;
}();

/// Whether steps of the network can be made in registers.
template <class Loss, class Net>
inline constexpr bool steps_in_registers = []<std::size_t... I>(std::index_sequence<I...>) {
  using T = typename Net::scalar_type;
  if constexpr (kernel::native_lanes<T> >= tiny_lanes && sizeof(T) * tiny_lanes == 16 && !layerwise_loss<Loss> &&
                Net::parameter_count <= 24)
    return (fits_registers<stage_of<Net, I>, T> && ...);
  else
    return false;
}
(std::make_index_sequence<Net::layer_count>{});

/// The numbers of layer I for one sample.
template <class Net, std::size_t I> class tiny_layer {
  using S = stage_of<Net, I>;
  using A = typename S::layer_type::activation_type;
  using T = typename Net::scalar_type;
  using V = kernel::vector<T, tiny_lanes>;
  static constexpr std::size_t in = S::inputs, out = S::outputs;
  static constexpr std::make_index_sequence<in> inputs{};
  static constexpr std::make_index_sequence<out> outputs{};

public:
  [[gnu::always_inline]] void forward(T const* parameters, V x) noexcept {
    for (std::size_t n = 0; n < in; ++n) weights_[n] = gathered<in>(parameters + S::parameters_at + n, outputs);
    bias_ = gathered<1>(parameters + S::biases_at, outputs);
    source_ = x;
    V s[in];
    for (std::size_t n = 0; n < in; ++n) s[n] = weights_[n] * kernel::spread<V>(x[n]);
    s[0] = bias_ + s[0];
    net = kernel::combine<in>(s);
    output = A::apply(net);
  }
  /// From dE/dout to dE/dnet.
  [[gnu::always_inline]] void chain(V slope) noexcept { error = slope * A::derivative(net, output); }
  /// dE/dx.
  [[nodiscard, gnu::always_inline]] V carried_back() const noexcept {
    return [&]<std::size_t... O>(std::index_sequence<O...>) {
      V const s[out]{row<O>(inputs) * kernel::spread<V>(error[O])...};
      return kernel::combine<out>(s);
    }
    (outputs);
  }
  [[nodiscard, gnu::always_inline]] T steepest(T other) const noexcept {
    return steeper(largest<out>(error), largest<in>(source_), other);
  }
  [[gnu::always_inline]] void descend(T rate, T* parameters) noexcept {
    V const r = kernel::spread<V>(rate);
    for (std::size_t n = 0; n < in; ++n) {
      V const moved = weights_[n] - r * (error * kernel::spread<V>(source_[n]));
      for (std::size_t o = 0; o < out; ++o) parameters[S::parameters_at + o * in + n] = moved[o];
    }
    V const moved = bias_ - r * error;
    for (std::size_t o = 0; o < out; ++o) parameters[S::biases_at + o] = moved[o];
  }

  V net, output, error;

private:
  template <std::size_t Stride, std::size_t... O>
  [[nodiscard, gnu::always_inline]] static V gathered(T const* from, std::index_sequence<O...>) noexcept {
    return V{from[O * Stride]...};
  }
  template <std::size_t O, std::size_t... N>
  [[nodiscard, gnu::always_inline]] V row(std::index_sequence<N...>) const noexcept {
    return V{weights_[N][O]...};
  }
  /// The largest magnitude of the first Count numbers. That of a NaN is above all.
  template <std::size_t Count> [[nodiscard, gnu::always_inline]] static T largest(V v) noexcept {
    using bits = math::detail::bits_of<T>;
    bits most = 0;
    for (std::size_t i = 0; i < Count; ++i) {
      bits const size = math::detail::to_bits(T(v[i])) & ~math::detail::ieee<T>::sign;
      most = size > most ? size : most;
    }
    return __builtin_bit_cast(T, most);
  }

  V weights_[in], bias_, source_;
};

template <class Net, class = std::make_index_sequence<Net::layer_count>> struct tiny_layers;
template <class Net, std::size_t... I> struct tiny_layers<Net, std::index_sequence<I...>> : tiny_layer<Net, I>... {
  template <std::size_t K> [[nodiscard, gnu::always_inline]] tiny_layer<Net, K>& at() noexcept { return *this; }
};

/// What bounded_step does, for plain gradient descent.
template <class Loss, class Net, class T, std::size_t... I>
inline T tiny_step(std::index_sequence<0, I...>, auto const& rule, T* parameters, T const* x, T const* target, T bound,
                   T& loss) noexcept {
  using V = kernel::vector<T, tiny_lanes>;
  constexpr std::size_t n = Net::layer_count, outputs = last_stage<Net>::outputs;
  tiny_layers<Net> layers;
  layers.template at<0>().forward(parameters, kernel::load_some<Net::input_count, V>(x));
  (layers.template at<I>().forward(parameters, layers.template at<I - 1>().output), ...);

  auto& last = layers.template at<n - 1>();
  loss = kernel::sum<outputs>(
      [&](std::size_t o) { return Loss::template term<outputs>(T(last.net[o]), T(last.output[o]), target[o]); });
  if (!is_finite(loss)) return bound;
  V const slope = [&]<std::size_t... O>(std::index_sequence<O...>) {
    return V{Loss::template derivative<outputs>(T(last.net[O]), T(last.output[O]), target[O])...};
  }
  (std::make_index_sequence<outputs>{});
  if constexpr (Loss::differentiates_net)
    last.error = slope;
  else
    last.chain(slope);
  (layers.template at<n - 1 - I>().chain(layers.template at<n - I>().carried_back()), ...);

  T steepest = layers.template at<0>().steepest(T{});
  ((steepest = layers.template at<I>().steepest(steepest)), ...);
  T const after = rule.bound(bound, steepest);
  if (!(after <= trusted_bound<T>)) return std::numeric_limits<T>::infinity();
  layers.template at<0>().descend(rule.rate, parameters);
  (layers.template at<I>().descend(rule.rate, parameters), ...);
  return after;
}

}  // namespace ctnn::inline CTNN_ABI::detail
