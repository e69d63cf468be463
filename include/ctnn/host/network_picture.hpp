// SPDX-License-Identifier: BSL-1.0
/// \file Networks as SVG pictures: values on neurons, weights on edges, by width and colour their size and sign.
#pragma once
#include <ctnn/host/explain_page.hpp>
#include <ctnn/host/number_text.hpp>
#include <ctnn/host/result.hpp>
#include <ctnn/host/svg.hpp>
#include <ctnn/model/network.hpp>
#include <ctnn/train/backprop.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ctnn::inline CTNN_ABI {

/// A layer of a picture.
/// \shape   weights[Out][In], biases[Out] or none, outputs[Out] or none
struct pictured_layer {
  std::size_t neurons;
  std::vector<double> weights, biases, outputs;
};

/// A network without its type. Made by picture_of; the title is what a screen reader says, and is not drawn.
struct network_picture {
  std::string title;
  std::size_t inputs;
  std::vector<double> input;  ///< [inputs], or none
  std::vector<pictured_layer> layers;
};

namespace detail {

/// Hears every layer's outputs.
struct output_collector {
  network_picture& picture;

  template <class S, class T> void net_inputs(S, T const*, T const*, T const*) {}
  template <class S, class T> void outputs(S, T const*, T const* out) {
    for (std::size_t o = 0; o < S::outputs; ++o)
      picture.layers[S::index].outputs.push_back(static_cast<double>(out[o]));
  }
};

}  // namespace detail

/// The network with its parameters.
template <class Net> network_picture picture_of(Net const& net, std::string title) {
  network_picture picture{std::move(title), Net::input_count, {}, {}};
  for (auto const& place : Net::layers::sizes.places) {
    auto& layer = picture.layers.emplace_back(pictured_layer{place.sizes.outputs, {}, {}, {}});
    auto const* p = net.parameters.data() + place.parameters;
    for (std::size_t i = 0; i < place.sizes.weights; ++i) layer.weights.push_back(static_cast<double>(*p++));
    for (std::size_t i = 0; i < place.sizes.biases; ++i) layer.biases.push_back(static_cast<double>(*p++));
  }
  return picture;
}

/// And with what each neuron says to an input.
template <class Net> network_picture picture_of(Net const& net, typename Net::input_type const& x, std::string title) {
  using T = typename Net::scalar_type;
  auto picture = picture_of(net, std::move(title));
  for (T const value : x) picture.input.push_back(static_cast<double>(value));
  std::vector<T> trace(Net::layers::sizes.trace);
  detail::output_collector collector{picture};
  T const* const parameters = net.parameters.data();
  T* const outputs = trace.data();
  detail::forward_pass<Net>(std::make_index_sequence<Net::layer_count>{}, parameters, x.data(), outputs, collector);
  return picture;
}

namespace detail {

inline constexpr std::size_t most_pictured_neurons = 16, most_pictured_layers = 8;

/// Draws a picture that has been checked.
class network_painter {
public:
  network_painter(std::ostream& out, network_picture const& picture)
      : picture_{picture},
        most_{most_of(picture)},
        gap_{most_ <= 2   ? 150.
             : most_ <= 5 ? 84.
                          : 62.},
        radius_{most_ <= 5 ? 30. : 24.},
        roomy_{most_ <= 2},
        svg_{out, width, gap_ * static_cast<double>(most_ - 1) + 2 * radius_ + (roomy_ ? 52 : 20), picture.title} {}

  void draw() {
    bool labelled = true;
    double largest = 1;
    for (auto const& layer : picture_.layers) {
      labelled &= layer.weights.size() <= 10;
      for (double const w : layer.weights) largest = std::max(largest, std::abs(w));
    }
    std::size_t number = 1;
    for (std::size_t l = 0; l < picture_.layers.size(); ++l) draw_edges(l, largest);
    if (labelled)
      for (std::size_t l = 0; l < picture_.layers.size(); ++l) number = label_edges(l, number);
    for (std::size_t i = 0; i < picture_.inputs; ++i) draw_neuron(0, i, "i" + std::to_string(i + 1), picture_.input);
    std::size_t bias = 1;
    for (std::size_t l = 0; l < picture_.layers.size(); ++l)
      for (std::size_t o = 0; o < picture_.layers[l].neurons; ++o) {
        auto const& layer = picture_.layers[l];
        draw_neuron(l + 1, o, name_of(l, o), layer.outputs);
        if (layer.biases.empty()) continue;
        auto const label = "b" + std::to_string(bias++) + ' ' + figure_text(layer.biases[o], 4);
        if (roomy_)
          svg_.text({.x = x_of(l + 1), .y = y_of(l + 1, o) + radius_ + 16, .text = label, .anchor = "middle"});
      }
  }

private:
  static constexpr double width = 720;

  static std::size_t most_of(network_picture const& picture) {
    std::size_t most = picture.inputs;
    for (auto const& layer : picture.layers) most = std::max(most, layer.neurons);
    return most;
  }
  [[nodiscard]] std::size_t count_in(std::size_t column) const {
    return column == 0 ? picture_.inputs : picture_.layers[column - 1].neurons;
  }
  [[nodiscard]] double x_of(std::size_t column) const {
    double const margin = radius_ + 14;
    return margin + (width - 2 * margin) * static_cast<double>(column) / static_cast<double>(picture_.layers.size());
  }
  [[nodiscard]] double y_of(std::size_t column, std::size_t i) const {
    auto const count = count_in(column);
    // The labels of weights into neighbouring neurons stand at 7/10 of their edges; so they are evenly apart.
    double const step = count == 2 && most_ > 2 ? gap_ * 1.17 : gap_;
    double const middle = 10 + radius_ + gap_ * static_cast<double>(most_ - 1) / 2;
    return middle + (static_cast<double>(i) - static_cast<double>(count - 1) / 2) * step;
  }
  [[nodiscard]] std::string name_of(std::size_t layer, std::size_t o) const {
    auto const number = std::to_string(o + 1);
    if (layer + 1 == picture_.layers.size()) return "o" + number;
    return picture_.layers.size() == 2 ? "h" + number : "h" + std::to_string(layer + 1) + '.' + number;
  }
  static std::string_view colour_of(double weight) { return weight < 0 ? "#b4470b" : "#0069a6"; }

  void draw_edges(std::size_t l, double largest) {
    auto const& layer = picture_.layers[l];
    for (std::size_t k = 0; k < layer.weights.size(); ++k) {
      auto const i = k % count_in(l), o = k / count_in(l);
      auto const w = layer.weights[k];
      svg_.line(x_of(l), y_of(l, i), x_of(l + 1), y_of(l + 1, o), colour_of(w), .8 + 5.2 * std::abs(w) / largest);
    }
  }
  std::size_t label_edges(std::size_t l, std::size_t number) {
    auto const& layer = picture_.layers[l];
    auto const inputs = count_in(l);
    double const at = layer.neurons > inputs ? .7 : .3;
    for (std::size_t k = 0; k < layer.weights.size(); ++k) {
      auto const i = k % inputs, o = k / inputs;
      double const x = x_of(l) + (x_of(l + 1) - x_of(l)) * at, y = y_of(l, i) + (y_of(l + 1, o) - y_of(l, i)) * at;
      auto const text = "w" + std::to_string(number++) + ' ' + figure_text(layer.weights[k], 4);
      double const room = text_width(text, 12);
      svg_.rectangle(x - room / 2, y - 9, room, 18, "#ffffff");
      svg_.text({.x = x, .y = y + 4, .text = text, .anchor = "middle", .fill = colour_of(layer.weights[k])});
    }
    return number;
  }
  void draw_neuron(std::size_t column, std::size_t i, std::string_view name, std::vector<double> const& values) {
    double const x = x_of(column), y = y_of(column, i), size = radius_ > 25 ? 13 : 11;
    svg_.disc(x, y, radius_, "#55606e");
    svg_.disc(x, y, radius_ - 1.5, column == 0 ? "#ffffff" : "#eef2f7");
    svg_.text(
        {.x = x, .y = y - (values.empty() ? -4 : 4), .text = name, .anchor = "middle", .size = size, .bold = true});
    if (values.empty()) return;
    auto const value = figure_text(values[i], 4);
    svg_.text({.x = x, .y = y + size + 1, .text = value, .anchor = "middle", .size = size});
  }

  network_picture const& picture_;
  std::size_t most_;
  double gap_, radius_;
  bool roomy_;
  svg_picture svg_;
};

inline result<> check_picture(network_picture const& picture) {
  auto const refuse = [&picture](std::string const& why) {
    return failure{"picture \"" + picture.title + "\": " + why};
  };
  if (picture.layers.empty() || picture.layers.size() > most_pictured_layers)
    return refuse("a network of 1 to " + std::to_string(most_pictured_layers) + " layers can be drawn, this one has " +
                  std::to_string(picture.layers.size()));
  auto const good = [](std::vector<double> const& values, std::size_t count, bool optional) {
    return values.size() == count || (optional && values.empty());
  };
  auto const finite = [](std::vector<double> const& values) {
    return std::ranges::all_of(values, [](double value) { return std::isfinite(value); });
  };
  std::size_t before = picture.inputs;
  bool fits = good(picture.input, before, true), all_finite = finite(picture.input);
  for (auto const& layer : picture.layers) {
    for (auto const count : {before, layer.neurons})
      if (count == 0 || count > most_pictured_neurons)
        return refuse("layers of 1 to " + std::to_string(most_pictured_neurons) + " neurons can be drawn, one has " +
                      std::to_string(count));
    fits &= good(layer.weights, before * layer.neurons, false) && good(layer.biases, layer.neurons, true) &&
            good(layer.outputs, layer.neurons, true);
    all_finite &= finite(layer.weights) && finite(layer.biases) && finite(layer.outputs);
    before = layer.neurons;
  }
  if (!fits) return refuse("its numbers do not fit its layers");
  if (!all_finite) return refuse("a number is not finite, which cannot be drawn");
  return {};
}

}  // namespace detail

/// Writes the network as an SVG picture, 720 pixels wide: inputs on the left, weights in blue if positive and orange if
/// negative, as wide as they are large. Small networks get their weights and biases written on.
/// \errors  a failure if a layer has no neurons or more than 16, there are more than 8 layers, or a number is not
///          finite; then nothing is written
/// \example examples/network_picture.cpp
inline result<> write_svg(std::ostream& out, network_picture const& picture) {
  auto checked = detail::check_picture(picture);
  if (checked) detail::network_painter{out, picture}.draw();
  return checked;
}

}  // namespace ctnn::inline CTNN_ABI
