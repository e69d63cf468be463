// SPDX-License-Identifier: BSL-1.0
/// \file What one training step computes, laid out flat so that a page finds every number by its place.
#pragma once
#include <ctnn/train/observer.hpp>

#include <cstddef>

namespace web {

inline constexpr std::size_t most_layers = 4;
inline constexpr std::size_t widest = 8;  ///< most inputs and neurons of a layer
inline constexpr std::size_t longest_row = widest * (widest + 1);

/// What is kept of each layer. The page (engine.mjs) names them in the same order.
enum class figure : unsigned char {
  x,         ///< [In] what the layer read
  before,    ///< [Out][In] the weights, then [Out] the biases, before the step
  net,       ///< [Out] W x + b
  out,       ///< [Out] f(net)
  by_out,    ///< [Out] dE/dout
  slope,     ///< [Out] dout/dnet
  delta,     ///< [Out] dE/dnet
  gradient,  ///< [trained] dE/dw, dE/db
  carried,   ///< [Out][In] the weights that carried delta back
  shares,    ///< [Out][In] what each output's delta adds to dE/dx: the products whose sum the layer takes
  after,     ///< [trained] the parameters after the step
  count
};
inline constexpr auto figures = static_cast<std::size_t>(figure::count);

/// The figures of a step, as the trainer told them.
struct record {
  double rows[most_layers][figures][longest_row];
  double terms[widest];        ///< of the loss, one an output
  double total;                ///< the loss
  unsigned seen[most_layers];  ///< one bit a figure: whether the step had it

  // Out of line: hundreds of places call it, and the page loads the module whole.
  [[gnu::noinline]] void keep(std::size_t layer, figure what, double const* from, std::size_t count) noexcept {
    auto const row = static_cast<unsigned char>(what);
    seen[layer] |= 1U << row;
    for (std::size_t i = 0; i < count; ++i) rows[layer][row][i] = from[i];
  }
};

/// Listens to a trainer's step and keeps what it says. All networks share the one function that stores.
class recorder {
public:
  explicit constexpr recorder(record& to) noexcept : to_{to} {}

  template <class S> void net_inputs(S, double const* parameters, double const* x, double const* net) noexcept {
    to_.seen[S::index] = 0;
    to_.keep(S::index, figure::x, x, S::inputs);
    to_.keep(S::index, figure::before, parameters, S::place.sizes.weights + S::place.sizes.biases);
    to_.keep(S::index, figure::net, net, S::outputs);
  }
  template <class S> void outputs(S, double const*, double const* out) noexcept {
    to_.keep(S::index, figure::out, out, S::outputs);
  }
  template <class S> void loss(S, double const*, double const*, double const* terms, double total) noexcept {
    for (std::size_t o = 0; o < S::outputs; ++o) to_.terms[o] = terms[o];
    to_.total = total;
  }
  template <class S> void output_error(S, double const*, bool) noexcept {}
  template <class S> void error_term(S, double const* by_out, double const* slope, double const* delta) noexcept {
    to_.keep(S::index, figure::by_out, by_out, S::outputs);
    to_.keep(S::index, figure::slope, slope, S::outputs);
    to_.keep(S::index, figure::delta, delta, S::outputs);
  }
  template <class S> void gradient(S, double const*, double const*, double const* g) noexcept {
    to_.keep(S::index, figure::gradient, g, S::trainable);
  }
  template <class S> void propagated(S, double const* parameters, double const* delta, double const*) noexcept {
    to_.keep(S::index, figure::carried, parameters, S::place.sizes.weights);
    double products[S::outputs * S::inputs];
    for (std::size_t i = 0; i < S::outputs * S::inputs; ++i) products[i] = parameters[i] * delta[i / S::inputs];
    to_.keep(S::index, figure::shares, products, S::outputs * S::inputs);
  }
  template <class S> void updated(S, double const*, double const*, double const* after) noexcept {
    to_.keep(S::index, figure::after, after, S::trainable);
  }

private:
  record& to_;
};

}  // namespace web
