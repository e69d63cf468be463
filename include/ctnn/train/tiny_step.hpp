// SPDX-License-Identifier: BSL-1.0
/// \file A step of a network so small that its numbers fit into vector registers. At run time only.
///
/// Steps wait for each other, and a number that takes the way through memory arrives as late as one that has been
/// computed by three operations. So between the parameters' load and their store there is no memory here, and both are
/// of the same vectors: what was stored in parts, or a part of what was stored, would be late.
#pragma once
#include <ctnn/layer/dense.hpp>
#include <ctnn/math/ieee.hpp>
#include <ctnn/scalar/scalar.hpp>
#include <ctnn/tensor/simd.hpp>
#include <ctnn/tensor/sum.hpp>
#include <ctnn/train/backprop.hpp>
#include <ctnn/train/layer_errors.hpp>

#include <cstddef>
#include <cstdint>
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

/// Lane l belongs to neuron l N / tiny_lanes of a layer of N: neurons that are fewer than lanes have several. So
/// padding computes nothing that the neurons do not, and an error is where a row-major weight wants it.
template <std::size_t N> [[nodiscard]] constexpr std::size_t neuron_in(std::size_t lane) noexcept {
  return lane * N / tiny_lanes;
}
/// A lane of a neuron, its first one or the wanted one.
template <std::size_t N>
[[nodiscard]] constexpr std::size_t lane_of(std::size_t neuron, std::size_t wanted = 0) noexcept {
  return neuron_in<N>(wanted) == neuron ? wanted : (neuron * tiny_lanes + N - 1) / N;
}

/// The numbers of layer I for one sample.
template <class Net, std::size_t I> class tiny_layer {
  using S = stage_of<Net, I>;
  using A = typename S::layer_type::activation_type;
  using T = typename Net::scalar_type;
  using V = kernel::vector<T, tiny_lanes>;
  static constexpr std::size_t in = S::inputs, out = S::outputs;
  /// Parameters are in vectors in their order, as what was stored as a vector is forwarded to a load of the same.
  static constexpr std::size_t count = (in + 1) * out, vectors = (count + tiny_lanes - 1) / tiny_lanes;
  static constexpr std::size_t in_vector(std::size_t k) {
    return k + 1 < vectors ? tiny_lanes : count - k * tiny_lanes;
  }
  static constexpr std::make_index_sequence<in> inputs{};
  static constexpr std::make_index_sequence<out> outputs{};
  static constexpr std::make_index_sequence<vectors> all{};
  static constexpr std::make_index_sequence<tiny_lanes> lanes{};

public:
  [[gnu::always_inline]] void forward(T const* parameters, V x) noexcept {
    source = x;
    net = affine(in_memory{parameters}, inputs);
    output = A::apply(net);
  }
  /// From dE/dout to dE/dnet.
  [[gnu::always_inline]] void chain(V slope) noexcept { error = slope * A::derivative(net, output); }
  /// dE/dx.
  [[nodiscard, gnu::always_inline]] V carried_back(T const* parameters) const noexcept {
    return carried_back(in_memory{parameters}, outputs);
  }
  [[gnu::always_inline]] void descend(T rate, T* parameters) const noexcept { descend(rate, parameters, all); }

  V source, net, output, error;

private:
  /// The layer's parameters.
  class in_memory {
    V v_[vectors];
    template <std::size_t... K>
    [[gnu::always_inline]] in_memory(T const* from, std::index_sequence<K...>) noexcept
        : v_{loaded<in_vector(K)>(from + K * tiny_lanes)...} {}

  public:
    [[gnu::always_inline]] explicit in_memory(T const* all_layers) noexcept
        : in_memory{all_layers + S::parameters_at, all} {}
    /// One of N rows, or columns, for each lane's neuron.
    template <std::size_t At, std::size_t Stride, std::size_t N, std::size_t... L>
    [[nodiscard, gnu::always_inline]] V one_each(std::index_sequence<L...>) const noexcept {
      return picked<At + Stride * neuron_in<N>(L)...>();
    }
    template <std::size_t... P> [[nodiscard, gnu::always_inline]] V picked() const noexcept {
      return V{v_[P / tiny_lanes][P % tiny_lanes]...};
    }
  };
  /// Not kernel::load_some, which GCC may take the way through memory.
  template <std::size_t Count> [[nodiscard, gnu::always_inline]] static V loaded(T const* from) noexcept {
    if constexpr (Count == tiny_lanes) return kernel::load<V>(from);
    if constexpr (Count == 1) return V{from[0]};
    std::uint64_t two;
    __builtin_memcpy(&two, from, sizeof two);
    auto v = __builtin_bit_cast(V, kernel::vector<std::uint64_t, 2>{two});
    if constexpr (Count == 3) v[2] = from[2];
    return v;
  }
  template <std::size_t Lane> [[nodiscard, gnu::always_inline]] static V everywhere(V v) noexcept {
    return V{v[Lane], v[Lane], v[Lane], v[Lane]};
  }
  template <std::size_t... N>
  [[nodiscard, gnu::always_inline]] V affine(in_memory p, std::index_sequence<N...>) const noexcept {
    V s[in]{p.template one_each<N, in, out>(lanes) * everywhere<lane_of<in>(N)>(source)...};
    s[0] = p.template one_each<in * out, 1, out>(lanes) + s[0];
    return kernel::combine<in>(s);
  }
  template <std::size_t... O>
  [[nodiscard, gnu::always_inline]] V carried_back(in_memory p, std::index_sequence<O...>) const noexcept {
    V const s[out]{p.template one_each<O * in, 1, in>(lanes) * everywhere<lane_of<out>(O)>(error)...};
    return kernel::combine<out>(s);
  }
  template <std::size_t... K>
  [[gnu::always_inline]] void descend(T rate, T* parameters, std::index_sequence<K...>) const noexcept {
    (descend<in_vector(K), K * tiny_lanes>(rate, parameters + S::parameters_at + K * tiny_lanes), ...);
  }
  template <std::size_t Count, std::size_t At> [[gnu::always_inline]] void descend(T rate, T* p) const noexcept {
    V const moved = loaded<Count>(p) - kernel::spread<V>(rate) * slopes<At>(lanes);
    kernel::store_some<Count>(moved, p);
  }
  template <std::size_t At, std::size_t... L>
  [[nodiscard, gnu::always_inline]] V slopes(std::index_sequence<L...>) const noexcept {
    return V{error_at<At + L>()...} * V{source_at<At + L>()...};
  }
  template <std::size_t P> [[nodiscard, gnu::always_inline]] T error_at() const noexcept {
    return error[lane_of<out>(P < in * out ? P / in : P < count ? P - in * out : out - 1, P % tiny_lanes)];
  }
  /// What the error is multiplied by; 1 for biases.
  template <std::size_t P> [[nodiscard, gnu::always_inline]] T source_at() const noexcept {
    if constexpr (P < in * out)
      return source[lane_of<in>(P % in, P % tiny_lanes)];
    else
      return 1;
  }
};

/// The same pointer, but to the compiler another one, so that it loads again rather than keeps: GCC with SSE2 would
/// keep so many parameters that it spills what is waited for.
template <class T> [[nodiscard, gnu::always_inline]] inline T* anew(T* p) noexcept {
#ifndef __clang__
  __asm__("" : "+r"(p));
#endif
  return p;
}

template <class Net, class = std::make_index_sequence<Net::layer_count>> struct tiny_layers;
template <class Net, std::size_t... I> struct tiny_layers<Net, std::index_sequence<I...>> : tiny_layer<Net, I>... {
  template <std::size_t K> [[nodiscard, gnu::always_inline]] tiny_layer<Net, K>& at() noexcept { return *this; }
};

/// Neurons' numbers in their lanes; from(i) is that of neuron i.
template <class V, std::size_t N, class From, std::size_t... L>
[[nodiscard, gnu::always_inline]] inline V in_lanes(From from, std::index_sequence<L...>) noexcept {
  return V{from(std::integral_constant<std::size_t, neuron_in<N>(L)>{})...};
}

template <class V> [[nodiscard, gnu::always_inline]] inline auto sum_of_lanes(V v) noexcept {
  V const pairs = v + V{v[2], v[3], v[0], v[1]};
  return pairs[0] + pairs[1];
}

/// What bounded_step does, for plain gradient descent.
template <class Loss, class Net, class T, std::size_t... I>
inline T tiny_step(std::index_sequence<0, I...>, auto const& rule, T* parameters, T const* x, T const* target, T bound,
                   T& loss) noexcept {
  using V = kernel::vector<T, tiny_lanes>;
  constexpr std::size_t n = Net::layer_count, outputs = last_stage<Net>::outputs;
  constexpr std::make_index_sequence<tiny_lanes> lanes{};
  tiny_layers<Net> layers;
  layers.template at<0>().forward(parameters,
                                  in_lanes<V, Net::input_count>([&](std::size_t i) { return x[i]; }, lanes));
  (layers.template at<I>().forward(parameters, layers.template at<I - 1>().output), ...);

  auto& last = layers.template at<n - 1>();
  loss = kernel::sum<outputs>([&](std::size_t o) {
    auto const lane = lane_of<outputs>(o);
    return Loss::template term<outputs>(T(last.net[lane]), T(last.output[lane]), target[o]);
  });
  if (!is_finite(loss)) return bound;
  V const slope = in_lanes<V, outputs>(
      [&](std::size_t o) {
        auto const lane = lane_of<outputs>(o);
        return Loss::template derivative<outputs>(T(last.net[lane]), T(last.output[lane]), target[o]);
      },
      lanes);
  if constexpr (Loss::differentiates_net)
    last.error = slope;
  else
    last.chain(slope);
  parameters = anew(parameters);
  (layers.template at<n - 1 - I>().chain(layers.template at<n - I>().carried_back(parameters)), ...);

  // No slope is steeper than the sum of all errors times that of all inputs. Sums pass on what is not finite.
  V errors = math::detail::magnitude(layers.template at<0>().error),
    sources = math::detail::magnitude(layers.template at<0>().source) + kernel::spread<V>(T(1));
  ((errors += math::detail::magnitude(layers.template at<I>().error)), ...);
  ((sources += math::detail::magnitude(layers.template at<I>().source)), ...);
  T const after = rule.bound(bound, sum_of_lanes(errors) * sum_of_lanes(sources));
  if (!(after <= trusted_bound<T>)) return std::numeric_limits<T>::infinity();
  layers.template at<0>().descend(rule.rate, parameters);
  (layers.template at<I>().descend(rule.rate, parameters), ...);
  return after;
}

}  // namespace ctnn::inline CTNN_ABI::detail
