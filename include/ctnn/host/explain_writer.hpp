// SPDX-License-Identifier: BSL-1.0
/// \file The walk-through itself: prints what a record of a training step holds.
#pragma once
#include <ctnn/host/explain_page.hpp>
#include <ctnn/host/explain_record.hpp>
#include <ctnn/host/explain_words.hpp>

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace ctnn::inline CTNN_ABI::detail {

/// Writes one page, chapter by chapter. Computes nothing but the summands of a sum whose result was recorded.
template <class T> class explain_writer : explain_words<T> {
  using words = explain_words<T>;
  using typename words::layer_type;
  using words::all_biases, words::all_weights, words::bias, words::is_last, words::joined, words::longest_,
      words::neuron, words::operand, words::parameter, words::range, words::say, words::shown, words::source,
      words::source_value, words::step_, words::sum, words::title, words::weight;
  using lines = std::vector<std::string>;

public:
  explain_writer(std::ostream& stream, explain_format format, int digits, std::size_t longest,
                 explained_step<T> const& step)
      : words{digits, longest, step}, page_{stream, format} {}

  void write() {
    page_.heading(1, "One step of backpropagation");
    layout();
    page_.heading(2, "1. Forward pass");
    for (auto const& layer : step_.layers) forward(layer);
    page_.heading(2, "2. Error");
    error();
    page_.heading(2, "3. Backward pass");
    for (std::size_t i = step_.layers.size(); i-- != 0;) backward(step_.layers[i]);
    page_.heading(2, "4. Update");
    update();
    page_.heading(2, "5. After the step");
    after();
  }

private:
  void left_out(std::size_t count, std::string_view what) {
    if (count > longest_) page_.paragraph(say("… and ", count - longest_, " more ", what, " in the same way."));
  }

  void layout() {
    auto const& first = step_.layers.front();
    text_table table{{"layer", "neurons", "activation", "weights", "biases"}, {}, 5};
    table.rows.push_back({"Input", range("i1", say("i", first.inputs)), "", "", ""});
    for (auto const& layer : step_.layers) {
      bool const frozen = layer.trainable == 0;
      bool const kept = layer.trainable < layer.weights + layer.biases;
      table.rows.push_back({title(layer.index), range(neuron(layer.index, 0), neuron(layer.index, layer.outputs - 1)),
                            layer.activation, all_weights(layer) + (frozen ? ", kept" : ""),
                            layer.biases == 0 ? "none" : all_biases(layer) + (kept ? ", kept" : "")});
    }
    page_.table(table);
    auto const inputs = joined(first.inputs, ", ", [&](std::size_t i) { return say("i", i + 1, " = ", first.x[i]); });
    auto const outputs = step_.layers.back().outputs;
    auto const targets =
        joined(outputs, ", ", [&](std::size_t o) { return say("target_o", o + 1, " = ", step_.target[o]); });
    page_.formulas({inputs, targets});
    auto const rate = step_.rate == nullptr ? std::string{} : say(", learning rate η = ", *step_.rate);
    page_.paragraph(say("Error: ", step_.loss, ". Optimizer: ", step_.optimizer, rate, "."));
  }

  void forward(layer_type const& layer) {
    page_.heading(3, title(layer.index));
    lines formulas;
    for (std::size_t o = 0; o < shown(layer.outputs); ++o) {
      auto const name = neuron(layer.index, o);
      auto const* const row = layer.parameters + o * layer.inputs;
      auto names = sum(layer.inputs, [&](std::size_t i) { return weight(layer, o, i) + "·" + source_value(layer, i); });
      auto values = sum(layer.inputs, [&](std::size_t i) { return operand(row[i]) + "·" + operand(layer.x[i]); });
      if (layer.biases != 0) {
        names += " + " + bias(layer, o);
        values += " + " + operand(layer.parameters[layer.weights + o]);
      }
      formulas.push_back(say("net_", name, " = ", names, " = ", values, " = ", layer.net[o]));
      formulas.push_back(say("out_", name, " = ", activated(layer, o), layer.out[o]));
    }
    page_.formulas(formulas);
    left_out(layer.outputs, "neurons");
  }

  std::string activated(layer_type const& layer, std::size_t o) const {
    std::string_view const f = layer.activation;
    auto const name = neuron(layer.index, o);
    if (f == "linear") return say("net_", name, " = ");
    if (f == "softmax") return say("e^net_", name, " / (sum of e^net over the layer) = ");
    if (!layer.elementwise) return say(f, " of the layer, at ", name, " = ");
    return say(f, "(net_", name, ") = ", f, "(", layer.net[o], ") = ");
  }

  void error() {
    auto const& last = step_.layers.back();
    lines formulas;
    if (step_.terms == nullptr) {
      formulas.push_back(say("E = ", step_.loss, " of all outputs = ", step_.total));
    } else {
      for (std::size_t o = 0; o < shown(last.outputs); ++o) {
        auto const out = last.out[o], target = step_.target[o], term = step_.terms[o];
        // Whatever the loss is called: the formula is shown if it gives the number that the loss gave.
        bool const half_square = T(.5) * ((target - out) * (target - out)) == term;
        auto const formula =
            half_square ? say("½(target_o", o + 1, " − out_o", o + 1, ")² = ½(", target, " − ", operand(out), ")²")
                        : say(step_.loss, " for the target ", target, " and the output ", out);
        formulas.push_back(say("E_o", o + 1, " = ", formula, " = ", term));
      }
      if (last.outputs > 1) {
        auto const names = sum(last.outputs, [&](std::size_t o) { return say("E_o", o + 1); });
        auto const values = sum(last.outputs, [&](std::size_t o) { return operand(step_.terms[o]); });
        formulas.push_back(say("E = ", names, " = ", values, " = ", step_.total));
      } else {
        formulas.push_back(say("E = E_o1 = ", step_.total));
      }
    }
    page_.formulas(formulas);
  }

  void backward(layer_type const& layer) {
    page_.heading(3, title(layer.index));
    if (layer.delta == nullptr)
      return page_.paragraph("Neither this layer nor one before it learns, so no error is carried back to it.");
    if (layer.by_out == nullptr)
      page_.paragraph(say("With ", layer.activation, " outputs the derivative of ", step_.loss,
                          " is simplest by the net input, so it is taken there at once."));
    else if (!is_last(layer.index) && step_.updated_weights && step_.layers[layer.index + 1].trainable != 0)
      page_.paragraph("The errors come back through weights that this step has already updated (⁺).");
    lines formulas;
    for (std::size_t o = 0; o < shown(layer.outputs); ++o) {
      if (o != 0) formulas.emplace_back();
      auto const name = neuron(layer.index, o);
      if (layer.by_out != nullptr) formulas.push_back(by_out(layer, o));
      if (layer.slope != nullptr) formulas.push_back(slope(layer, o));
      formulas.push_back(delta(layer, o));
      if (layer.gradient == nullptr) continue;
      for (std::size_t i = 0; i < shown(layer.inputs); ++i) {
        auto const w = weight(layer, o, i), x = source_value(layer, i);
        formulas.push_back(say("∂net_", name, "/∂", w, " = ", x, " = ", layer.x[i]));
        formulas.push_back(by_weight(layer, o, i));
      }
      if (layer.inputs > longest_) formulas.push_back(say("… and ", layer.inputs - longest_, " more weights"));
      if (layer.trainable > layer.weights)
        formulas.push_back(say("∂E/∂", bias(layer, o), " = δ_", name, "·∂net_", name, "/∂", bias(layer, o), " = ",
                               operand(layer.delta[o]), "·1 = ", layer.gradient[layer.weights + o]));
    }
    page_.formulas(formulas);
    left_out(layer.outputs, "neurons");
    if (layer.gradient == nullptr) page_.paragraph(say(all_weights(layer), " are kept, so they need no gradient."));
  }

  /// "out − target" where that is what the loss gave.
  std::string difference(std::size_t o, T derivative) const {
    auto const out = step_.layers.back().out[o], target = step_.target[o];
    if (!(out - target == derivative)) return {};
    return say("out_o", o + 1, " − target_o", o + 1, " = ", out, " − ", operand(target), " = ");
  }

  std::string by_out(layer_type const& layer, std::size_t o) const {
    auto const value = layer.by_out[o];
    auto const start = say("∂E/∂out_", neuron(layer.index, o), " = ");
    if (is_last(layer.index)) return say(start, difference(o, value), value);
    auto const& next = step_.layers[layer.index + 1];
    bool const moved = step_.updated_weights && next.trainable != 0;
    auto const at = [&](std::size_t n) { return next.carried_by[n * next.inputs + o]; };
    auto const names = sum(next.outputs, [&](std::size_t n) {
      return say("δ_", neuron(next.index, n), "·", weight(next, n, o), moved ? "⁺" : "");
    });
    auto const values = sum(next.outputs, [&](std::size_t n) { return operand(next.delta[n]) + "·" + operand(at(n)); });
    // Each summand is the part of one output's error: the same product that the layer took.
    auto const products = sum(next.outputs, [&](std::size_t n) { return operand(at(n) * next.delta[n]); });
    return next.outputs == 1 ? say(start, names, " = ", values, " = ", value)
                             : say(start, names, " = ", values, " = ", products, " = ", value);
  }

  std::string slope(layer_type const& layer, std::size_t o) const {
    std::string_view const f = layer.activation;
    auto const name = neuron(layer.index, o);
    auto const out = operand(layer.out[o]);
    std::string formula;
    if (f == "logistic")
      formula = say("out_", name, "·(1 − out_", name, ") = ", out, "·(1 − ", out, ") = ");
    else if (f == "tanh")
      formula = say("1 − out_", name, "² = 1 − ", out, "² = ");
    else if (f != "linear")
      formula = say(f, "′(net_", name, ") = ", f, "′(", layer.net[o], ") = ");
    return say("∂out_", name, "/∂net_", name, " = ", formula, layer.slope[o]);
  }

  std::string delta(layer_type const& layer, std::size_t o) const {
    auto const name = neuron(layer.index, o);
    auto const start = say("δ_", name, " = ∂E/∂net_", name, " = ");
    if (layer.by_out == nullptr) return say(start, difference(o, layer.delta[o]), layer.delta[o]);
    if (layer.slope == nullptr)
      return say(start, layer.delta[o], ", from all ∂E/∂out of the layer, since each net input moves every ",
                 layer.activation, " output");
    return say(start, "∂E/∂out_", name, "·∂out_", name, "/∂net_", name, " = ", operand(layer.by_out[o]), "·",
               operand(layer.slope[o]), " = ", layer.delta[o]);
  }

  std::string by_weight(layer_type const& layer, std::size_t o, std::size_t i) const {
    auto const name = neuron(layer.index, o), w = weight(layer, o, i);
    auto const net = say("∂net_", name, "/∂", w);
    auto const factors =
        layer.slope == nullptr ? say("δ_", name) : say("∂E/∂out_", name, "·∂out_", name, "/∂net_", name);
    auto const values =
        layer.slope == nullptr ? operand(layer.delta[o]) : operand(layer.by_out[o]) + "·" + operand(layer.slope[o]);
    return say("∂E/∂", w, " = ", factors, "·", net, " = ", values, "·", operand(layer.x[i]), " = ",
               layer.gradient[o * layer.inputs + i]);
  }

  void update() {
    for (auto const& layer : step_.layers) {
      page_.heading(3, title(layer.index));
      if (layer.after == nullptr) {
        page_.paragraph("This layer keeps its parameters.");
        continue;
      }
      text_table table{{"parameter", "from", "to", "before", "∂E/∂w", "after"}, {}, 3};
      lines formulas;
      bool shortened = false;
      for (std::size_t p = 0; p < layer.trainable; ++p) {
        bool const is_weight = p < layer.weights;
        auto const o = is_weight ? p / layer.inputs : p - layer.weights, i = is_weight ? p % layer.inputs : 0;
        if (o >= longest_ || i >= longest_) {
          shortened = true;
          continue;
        }
        auto const name = parameter(layer, p);
        auto const before = layer.parameters[p], g = layer.descended[p], after = layer.after[p];
        if (step_.rate != nullptr)
          formulas.push_back(say(name, "⁺ = ", name, " − η·∂E/∂", name, " = ", before, " − ", *step_.rate, "·",
                                 operand(g), " = ", after));
        table.rows.push_back({name, is_weight ? source(layer, i) : std::string{"1"}, neuron(layer.index, o),
                              say(before), say(layer.gradient[p]), say(after)});
      }
      page_.formulas(formulas);
      page_.table(table);
      if (shortened) page_.paragraph(say("… and so on, ", layer.trainable - table.rows.size(), " parameters more."));
      if (scaled(layer)) page_.paragraph("The optimizer scaled the gradient before it used it.");
      if (layer.biases != 0 && layer.trainable == layer.weights) page_.paragraph(say("Kept: ", all_biases(layer), "."));
    }
  }

  static bool scaled(layer_type const& layer) {
    for (std::size_t p = 0; p < layer.trainable; ++p)
      if (layer.gradient[p] != layer.descended[p]) return true;
    return false;
  }

  void after() {
    auto const& last = step_.layers.back();
    text_table table{{"output", "target", "before", "after"}, {}, 1};
    for (std::size_t o = 0; o < shown(last.outputs); ++o)
      table.rows.push_back({say("out_o", o + 1), say(step_.target[o]), say(last.out[o]), say(step_.out_after[o])});
    page_.table(table);
    left_out(last.outputs, "outputs");
    page_.formulas({say("E = ", step_.total, " before the step"), say("E = ", step_.total_after, " after it")});
  }

  explain_page page_;
};

}  // namespace ctnn::inline CTNN_ABI::detail
