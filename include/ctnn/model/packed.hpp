// SPDX-License-Identifier: BSL-1.0
/// \file A network laid out for inference on this target.
#pragma once
#include <ctnn/activation/concepts.hpp>
#include <ctnn/activation/linear.hpp>
#include <ctnn/config/target.hpp>
#include <ctnn/layer/dense.hpp>
#include <ctnn/layer/frozen.hpp>
#include <ctnn/model/network.hpp>
#include <ctnn/tensor/active_sums.hpp>
#include <ctnn/tensor/packed_affine.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI {

namespace detail {

/// Where a packed network's layers lie.
template <class Net, arithmetic P> struct packed_layout {
  using T = typename Net::scalar_type;
  std::size_t at[Net::layer_count]{};
  std::size_t size = 0;     ///< of all
  std::size_t widest[2]{};  ///< outputs, in whole vectors, of the hidden layers with an even index, and with an odd one

  template <std::size_t... I> static constexpr packed_layout of(std::index_sequence<I...>) {
    packed_layout all;
    (all.template add<I>(), ...);
    return all;
  }

private:
  template <std::size_t I> constexpr void add() {
    using S = typename Net::layers::template stage_at<I>;
    constexpr auto padded = kernel::packing::of<T, P>(S::outputs, S::inputs).padded();
    at[I] = size;
    size += padded * (S::inputs + 1);
    if (I + 1 < Net::layer_count && widest[I % 2] < padded) widest[I % 2] = padded;
  }
};

template <class L> inline constexpr bool is_dense = false;
template <std::size_t Out, class A, bias B> inline constexpr bool is_dense<dense<Out, A, B>> = true;
template <class L> inline constexpr bool is_dense<frozen<L>> = is_dense<L>;

}  // namespace detail

/// The parameters of a network of dense layers in the order in which this target's kernels use them: outputs beside
/// each other, as many as a vector register holds. It computes the bits of the network, faster, and only that: `net`
/// trains, `packed` infers. As a constant it is made by the compiler, and the network itself need not be in the
/// program:
///
///     constexpr ctnn::packed<net> deployed{trained};
///
/// `packed<net, fast>` gives up the bits too, for still more speed: see `fast` for what that means. Whoever compares
/// results between devices, with the compiler's or with a stored hash keeps to the default.
///
/// \shape   x[input_count] -> y[output_count]
/// \errors  compile: a layer that is not dense. Run: none.
/// \cost    parameter_count scalars, filled up to whole vectors, a byte a layer on hosts; two hidden layers' outputs on
///          the stack, no heap. On hosts the time depends on how many neurons of `relu` are off
template <class Net, class Arithmetic = canonical> class packed {
  static_assert(arithmetic<Arithmetic>, "the arithmetic of packed is ctnn::canonical or ctnn::fast");
  using T = typename Net::scalar_type;
  using P = kernel::arithmetic_of<Arithmetic, T>;
  using layers = typename Net::layers;
  static constexpr auto layout = detail::packed_layout<Net, P>::of(std::make_index_sequence<Net::layer_count>{});
  static constexpr std::size_t alignment = kernel::native_lanes<T> * sizeof(T);

public:
  using scalar_type = T;
  using input_type = typename Net::input_type;
  using output_type = typename Net::output_type;

  explicit constexpr packed(Net const& from, Arithmetic = {}) noexcept {
    pack(from, std::make_index_sequence<Net::layer_count>{});
  }

  /// The output for an input.
  [[nodiscard]] constexpr output_type operator()(input_type const& x) const noexcept {
    output_type y;
    infer(x.data(), y.data());
    return y;
  }

  /// The same without copies.
  /// \shape   x[input_count] -> y[output_count]; the two do not overlap
  constexpr void infer(T const* x, T* y) const noexcept {
    alignas(alignment) T even[detail::at_least_one(layout.widest[0])], odd[detail::at_least_one(layout.widest[1])];
    infer_layers(std::make_index_sequence<Net::layer_count>{}, x, even, odd, y);
  }

private:
  /// Larger networks wait for memory, which processors fetch ahead only if it is read in order; the more so by small
  /// vectors.
  static constexpr bool stays_in_caches = layout.size * sizeof(T) <= (vector_bytes < 32 ? 2'097'152UL : 4'194'304UL);
  /// Whether layer I may leave out inputs that are 0, of which there are many: see active_sums.hpp.
  template <std::size_t I>
  static constexpr bool may_leave_out_zeros = [] {
    using S = typename layers::template stage_at<I>;
    if constexpr (I == 0 || S::place.sizes.biases == 0)
      return false;
    else
      return stays_in_caches &&
             often_zero_activation<typename layers::template stage_at<I - 1>::layer_type::activation_type> &&
             kernel::may_leave_out_zeros<S::outputs, S::inputs, T, P>;
  }();

  template <std::size_t... I> constexpr void pack(Net const& net, std::index_sequence<I...>) noexcept {
    (pack_layer<I>(net), ...);
  }
  template <std::size_t I> constexpr void pack_layer(Net const& net) noexcept {
    using S = typename layers::template stage_at<I>;
    static_assert(detail::is_dense<typename S::layer_type>, "packed takes networks of dense layers");
    T const* const p = net.parameters.data();
    kernel::pack<S::outputs, S::inputs, S::place.sizes.biases != 0, P>(p + S::parameters_at, p + S::biases_at,
                                                                       numbers_ + layout.at[I]);
    if constexpr (may_leave_out_zeros<I>)
      leaves_out_zeros_[I] = kernel::zeros_do_not_show<S::outputs, S::inputs>(p + S::parameters_at, p + S::biases_at);
  }

  template <std::size_t... I>
  [[gnu::always_inline]] constexpr void infer_layers(std::index_sequence<I...>, T const* x, T* even, T* odd,
                                                     T* y) const noexcept {
    (infer_layer<I>(I == 0 ? x : I % 2 == 0 ? odd : even, I % 2 == 0 ? even : odd, y), ...);
  }
  template <class S>
  static constexpr bool is_small =
      (S::outputs * S::inputs <= 256) &&
      cheap_activation<typename S::layer_type::activation_type>&& kernel::packs_in_order<S::outputs, S::inputs, T>;
  /// Few small layers are, by Thumb's kernels: calls and saved registers would be a tenth of the time.
  static constexpr bool written_out = []<std::size_t... I>(std::index_sequence<I...>) {
    return !wants_small_code && sizeof...(I) <= 4 && (is_small<typename layers::template stage_at<I>> && ...);
  }
  (std::make_index_sequence<Net::layer_count>{});
  template <std::size_t I> [[gnu::always_inline]] constexpr void infer_layer(T const* x, T* to, T* y) const noexcept {
    using S = typename layers::template stage_at<I>;
    if constexpr (written_out)
      if (!std::is_constant_evaluated())
        return kernel::affine_by_thumb_in_place<S::outputs, S::inputs, typename S::layer_type::activation_type>(
            numbers_ + layout.at[I], x, I + 1 < Net::layer_count ? to : y);
    if constexpr (may_leave_out_zeros<I>)
      if (!std::is_constant_evaluated())
        return infer_active<S, (I + 1 < Net::layer_count)>(numbers_ + layout.at[I], x,
                                                           I + 1 < Net::layer_count ? to : y, leaves_out_zeros_[I]);
    if constexpr (I + 1 < Net::layer_count)
      affine_and_activate<S, true>(numbers_ + layout.at[I], x, to);
    else
      affine_and_activate<S, false>(numbers_ + layout.at[I], x, y);
  }
  /// Without the inputs that are 0, if they are enough. A call of its own: where GCC sees that x and y lie apart, it
  /// keeps inputs in registers for all blocks of outputs, and sums in memory.
  template <class S, bool Padded>
  [[gnu::noinline]] static void infer_active(T const* w, T const* x, T* y, bool leaves_out_zeros) noexcept {
    using A = kernel::activation_by<P, typename S::layer_type::activation_type>;
    if (!leaves_out_zeros) return affine_and_activate<S, Padded>(w, x, y);
    kernel::active_rows<S::inputs> const rows{x};
    if (3 * rows.count() > 2 * S::inputs) return affine_and_activate<S, Padded>(w, x, y);
    if constexpr (layerwise_activation<A>) {
      kernel::packed_affine_of_active<S::outputs, S::inputs, Padded, linear, P>(w, x, y, rows);
      A::template apply<S::outputs>(static_cast<T const*>(y), y);
    } else {
      kernel::packed_affine_of_active<S::outputs, S::inputs, Padded, A, P>(w, x, y, rows);
    }
  }
  /// On a device a call of its own: layers would spill each other's registers, and equal ones share their code.
  template <class S, bool Padded> static constexpr void affine_and_activate(T const* w, T const* x, T* y) noexcept {
    using A = kernel::activation_by<P, typename S::layer_type::activation_type>;
    constexpr auto has_bias = S::place.sizes.biases != 0;
#ifdef CTNN_CHECKED_MVE
    if constexpr (kernel::mve::serves<T>)
      if (!std::is_constant_evaluated()) {
        constexpr auto padded = kernel::packing::of<T, P>(S::outputs, S::inputs).padded();
        if constexpr (Padded || padded == S::outputs) {
          kernel::mve::dense_layer<S::outputs, S::inputs, A>(w, x, y);
        } else {
          alignas(alignment) T wide[padded];
          kernel::mve::dense_layer<S::outputs, S::inputs, A>(w, x, wide);
          for (std::size_t o = 0; o < S::outputs; ++o) y[o] = wide[o];
        }
        return;
      }
#endif
    if constexpr (kernel::native_lanes<T> == 1 && !kernel::packs_in_order<S::outputs, S::inputs, T>)
      dense_layer_apart<S::outputs, S::inputs, has_bias, A>(w, x, y);
    else
      dense_layer<S::outputs, S::inputs, has_bias, Padded, A>(w, x, y);
  }
  template <std::size_t Out, std::size_t In, bool HasBias, class A>
  [[gnu::noinline]] static constexpr void dense_layer_apart(T const* w, T const* x, T* y) noexcept {
    dense_layer<Out, In, HasBias, true, A>(w, x, y);  // vectors of one number have no padding
  }
  template <std::size_t Out, std::size_t In, bool HasBias, bool Padded, class A>
  static constexpr void dense_layer(T const* w, T const* x, T* y) noexcept {
    if constexpr (layerwise_activation<A>) {
      constexpr auto p = kernel::packing::of<T, P>(Out, In);
      if constexpr (kernel::takes_vectors<A, T, p.lanes> && p.vectors <= p.block && !kernel::packs_in_order<Out, In, T>)
        if (!std::is_constant_evaluated())
          return kernel::packed_affine_by_vectors<Out, In, HasBias, false, A, P>(w, x, y);
      kernel::packed_affine<Out, In, HasBias, Padded, linear, P>(w, x, y);
      A::template apply<Out>(static_cast<T const*>(y), y);
    } else if constexpr (kernel::packs_in_order<Out, In, T> && !cheap_activation<A>) {
      kernel::packed_affine<Out, In, HasBias, Padded, linear, P>(w, x, y);
      for (std::size_t o = 0; o < Out; ++o) y[o] = A::apply(y[o]);
    } else {
      kernel::packed_affine<Out, In, HasBias, Padded, A, P>(w, x, y);
    }
  }

  static constexpr bool any_may_leave_out_zeros = []<std::size_t... I>(std::index_sequence<I...>) {
    return (may_leave_out_zeros<I> || ...);
  }
  (std::make_index_sequence<Net::layer_count>{});
  struct none {};

  alignas(alignment) T numbers_[layout.size]{};
  [[no_unique_address]] std::conditional_t<any_may_leave_out_zeros, bool[Net::layer_count], none> leaves_out_zeros_{};
};

template <class Net> packed(Net const&) -> packed<Net>;
template <class Net, arithmetic P> packed(Net const&, P) -> packed<Net, P>;

}  // namespace ctnn::inline CTNN_ABI
