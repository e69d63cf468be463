// SPDX-License-Identifier: BSL-1.0
/// \file What the walk-through calls things, and how it puts numbers and names together.
#pragma once
#include <ctnn/host/explain_page.hpp>
#include <ctnn/host/explain_record.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ctnn::inline CTNN_ABI::detail {

/// A training step in a form that does not depend on the network's type, so that the writer is compiled once.
template <class T> struct explained_step {
  std::vector<layer_record<T>> layers;
  T const* target;
  T const* terms;  // of the loss; null if there are none
  T total;
  char const* loss;
  char const* optimizer;
  T const* rate;         // if all that the optimizer does is p - rate * g, else null
  bool updated_weights;  // carry the errors back
  T const* out_after;
  T total_after;
};

/// Names of neurons and parameters, and formulas in pieces. Neurons and parameters count from 0 here, names from 1.
template <class T> class explain_words {
protected:
  using layer_type = layer_record<T>;

  explain_words(int digits, std::size_t longest, explained_step<T> const& step)
      : step_{step}, longest_{longest}, digits_{digits} {
    std::size_t weights = 0, biases = 0;
    for (auto const& layer : step.layers) {
      first_weight_.push_back(weights + 1);
      first_bias_.push_back(biases + 1);
      weights += layer.weights;
      biases += layer.biases;
    }
  }

  std::string text(T x) const { return figure_text(x, digits_); }
  static std::string text(std::size_t x) { return std::to_string(x); }
  static std::string_view text(std::string_view x) { return x; }

  /// Everything as text, one after the other.
  template <class... Parts> std::string say(Parts const&... parts) const {
    std::string all;
    ((all += text(parts)), ...);
    return all;
  }

  /// A number that is a part of a longer formula.
  std::string operand(T x) const { return x < T(0) ? say("(", x, ")") : say(x); }

  /// term(0), the separator, term(1) and so on; a long row is cut.
  template <class Term> std::string joined(std::size_t count, std::string_view separator, Term term) const {
    std::string all;
    for (std::size_t i = 0; i < shown(count); ++i) all += say(i == 0 ? std::string_view{} : separator, term(i));
    return count > longest_ ? say(all, separator, "…", separator, count - longest_, " more") : all;
  }
  template <class Term> std::string sum(std::size_t count, Term term) const { return joined(count, " + ", term); }
  std::size_t shown(std::size_t count) const { return count < longest_ ? count : longest_; }

  bool is_last(std::size_t layer) const { return layer + 1 == step_.layers.size(); }
  std::string neuron(std::size_t layer, std::size_t i) const {
    if (is_last(layer)) return say("o", i + 1);
    return step_.layers.size() == 2 ? say("h", i + 1) : say("h", layer + 1, ".", i + 1);
  }
  std::string source(layer_type const& layer, std::size_t i) const {
    return layer.index == 0 ? say("i", i + 1) : neuron(layer.index - 1, i);
  }
  /// What layer reads, as it stands in a formula.
  std::string source_value(layer_type const& layer, std::size_t i) const {
    return layer.index == 0 ? source(layer, i) : say("out_", source(layer, i));
  }
  std::string weight(layer_type const& layer, std::size_t o, std::size_t i) const {
    return say("w", first_weight_[layer.index] + o * layer.inputs + i);
  }
  std::string bias(layer_type const& layer, std::size_t o) const { return say("b", first_bias_[layer.index] + o); }
  std::string parameter(layer_type const& layer, std::size_t p) const {
    return p < layer.weights ? weight(layer, p / layer.inputs, p % layer.inputs) : bias(layer, p - layer.weights);
  }
  std::string range(std::string const& first, std::string const& last) const {
    return first == last ? first : say(first, " to ", last);
  }
  std::string all_weights(layer_type const& layer) const {
    return range(weight(layer, 0, 0), weight(layer, layer.outputs - 1, layer.inputs - 1));
  }
  std::string all_biases(layer_type const& layer) const {
    return range(bias(layer, 0), bias(layer, layer.outputs - 1));
  }
  std::string title(std::size_t layer) const {
    if (is_last(layer)) return "Output layer";
    return step_.layers.size() == 2 ? "Hidden layer" : say("Hidden layer ", layer + 1);
  }

  explained_step<T> const& step_;
  std::size_t longest_;

private:
  int digits_;
  std::vector<std::size_t> first_weight_, first_bias_;
};

}  // namespace ctnn::inline CTNN_ABI::detail
