// SPDX-License-Identifier: BSL-1.0
/// \file Inference with parameters that lie where no pointer reaches: an AVR's program memory, a serial flash, a file.
#pragma once
#include <ctnn/activation/linear.hpp>
#include <ctnn/config/misuse.hpp>
#include <ctnn/layer/dense.hpp>
#include <ctnn/layer/frozen.hpp>
#include <ctnn/model/network.hpp>
#include <ctnn/tensor/sum.hpp>

#include <concepts>
#include <cstddef>
#include <utility>

namespace ctnn::inline CTNN_ABI {

namespace detail {

/// One neuron of a layer as a layer without activation; its sum has the order of the whole layer's.
template <class L> struct neuron_of {};
template <std::size_t Out, activation A, bias B> struct neuron_of<dense<Out, A, B>> {
  using type = dense<1, linear, B == bias::none ? bias::none : bias::trained>;
};
template <class L> struct neuron_of<frozen<L>> : neuron_of<L> {};

/// One neuron of stage S: its row of weights, and its bias behind that, are all parameters that there are.
template <class S> struct neuron_stage : S {
  static constexpr std::size_t outputs = 1, parameters_at = 0, biases_at = S::inputs, source_at = 0, net_at = 0,
                               outputs_at = 0;
  static constexpr bool keeps_net = false;
};

/// Parameters that are fetched when they are used, from number `first` on.
template <class Fetch> struct fetched_row {
  Fetch const& fetch;
  std::size_t first;
  [[nodiscard]] constexpr auto operator[](std::size_t i) const noexcept { return fetch(first + i); }
};

/// Stage S reads and writes arrays of its own.
template <class S> struct stage_alone : S {
  static constexpr std::size_t source_at = 0, net_at = 0, outputs_at = 0;
  static constexpr bool keeps_net = false;
};

}  // namespace detail

/// The network type Net, whose parameters a function fetches, one neuron's at a time.
///
/// \shape   x[input_count] -> y[output_count]; fetch(first, to, count) copies the parameters from number `first` on,
///          in the order of Net::parameters, to to[count]. If there is fetch(number) -> parameter too, short rows
///          are taken by that, each number when it is used: faster where a number comes straight into registers.
/// \errors  compile: a layer other than dense. Run: none; a fetch that fails has to see to that itself.
/// \cost    as Net, and two calls of fetch a neuron, or one a parameter; workspace_bytes of stack, no heap. The same
///          bits as Net's.
/// \example examples/firmware/learner/main.cpp
template <class Net, class Fetch> class stored_network {
  using T = typename Net::scalar_type;
  using layers = typename Net::layers;

  /// Whether a row of so many weights is fetched number by number.
  static constexpr bool fetches_numbers(std::size_t in) noexcept {
    if constexpr (requires(Fetch const& f, std::size_t i) {
                    { f(i) } -> std::same_as<T>;
                  })
      return in <= kernel::longest_written_out;
    else
      return false;
  }

  /// Of the rows that are copied, with a bias.
  static constexpr std::size_t widest_row = [] {
    std::size_t most = 0;
    for (auto const& place : layers::sizes.places)
      if (!fetches_numbers(place.inputs) && most < place.inputs + 1) most = place.inputs + 1;
    return most;
  }();

public:
  using input_type = typename Net::input_type;
  using output_type = typename Net::output_type;

  /// On the stack of operator() and infer, beside the result.
  static constexpr std::size_t workspace_bytes = Net::workspace_bytes.inference + widest_row * sizeof(T);

  explicit constexpr stored_network(Fetch const& fetch) noexcept : fetch_{fetch} {}

  /// The output for an input.
  [[nodiscard]] constexpr output_type operator()(input_type const& x) const noexcept {
    output_type y{};
    infer(x.data(), y.data());
    return y;
  }

  /// The same without copies; the two do not overlap.
  constexpr void infer(T const* x, T* y) const noexcept {
    T even[layers::sizes.widest_hidden[0] + 1], odd[layers::sizes.widest_hidden[1] + 1],
        row[widest_row == 0 ? 1 : widest_row];
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (infer_layer<typename layers::template stage_at<I>>(x, even, odd, row, y), ...);
    }
    (std::make_index_sequence<Net::layer_count>{});
  }

private:
  /// As in Net, layers with an even index write to one buffer and those with an odd one to another.
  template <class S> constexpr void infer_layer(T const* input, T* even, T* odd, T* row, T* output) const noexcept {
    using L = typename S::layer_type;
    T const* const x = S::index == 0 ? input : S::index % 2 == 0 ? odd : even;
    T* const out = S::index + 1 == Net::layer_count ? output : S::index % 2 == 0 ? even : odd;
    if constexpr (!requires { typename detail::neuron_of<L>::type; }) {
      detail::report_misuse<[](auto& text) {
        text << "stored_network fetches dense layers only; layer " << S::index << " is " << detail::name_of<L>{};
      }>();
    } else {
      using neuron = typename detail::neuron_of<L>::type;
      constexpr auto in = S::inputs;
      constexpr bool biased = neuron::sizes(in).biases != 0;
      for (std::size_t o = 0; o < S::outputs; ++o) {
        if constexpr (fetches_numbers(in)) {
          using sum = kernel::products<in, 0, 1, 0>;
          detail::fetched_row<Fetch> const weights{fetch_, S::parameters_at + o * in};
          if constexpr (biased)
            out[o] = sum::sum_after(fetch_(S::biases_at + o), weights, x);
          else
            out[o] = sum::sum(weights, x);
        } else {
          fetch_(S::parameters_at + o * in, row, in);
          if constexpr (biased) fetch_(S::biases_at + o, row + in, std::size_t{1});
          T const* const parameters = row;
          T* const net = out + o;
          neuron::template at<detail::neuron_stage<S>>::affine(parameters, x, net);
        }
      }
      L::template at<detail::stage_alone<S>>::activate(out);
    }
  }

  Fetch fetch_;
};

}  // namespace ctnn::inline CTNN_ABI
