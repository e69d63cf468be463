// SPDX-License-Identifier: BSL-1.0
/// \file One training step, number by number, as the backpropagation tutorials print it.
#pragma once
#include <ctnn/host/explain_page.hpp>
#include <ctnn/host/explain_record.hpp>
#include <ctnn/host/explain_words.hpp>
#include <ctnn/host/explain_writer.hpp>
#include <ctnn/loss/half_squared_error.hpp>
#include <ctnn/optimizer/sgd.hpp>
#include <ctnn/train/evaluate.hpp>
#include <ctnn/train/trainer.hpp>

#include <cstddef>
#include <memory>
#include <ostream>
#include <type_traits>

namespace ctnn::inline CTNN_ABI {

/// How explain writes.
struct explain_options {
  explain_format format = explain_format::text;
  update_order order = update_order::original_weights;
  int digits = 9;               ///< decimals, from 1 to 17; very small numbers have so many significant digits
  std::size_t longest_row = 6;  ///< of sums, neurons and weights; what is beyond is counted
};

namespace detail {

template <class Loss, update_order Order, class Net, class Optimizer>
Net explain_step(std::ostream& stream, Net const& net, sample<Net> const& s, Optimizer const& optimizer,
                 explain_options const& options) {
  using T = typename Net::scalar_type;
  using trainer_type = trainer<Net, Loss, Optimizer, constant_rate, Order>;
  // On the heap, since some networks are larger than a stack.
  auto const record = std::make_unique<explain_record<Net>>();
  auto const teacher = std::make_unique<trainer_type>(net, optimizer);
  if (auto const state = teacher->step(s.input, s.target, *record); state != status::ok) {
    stream << "explain: " << message(state) << ".\n";
    return teacher->network();
  }

  auto const& after = teacher->network();
  auto const out_after = after(s.input);
  T const* rate = nullptr;
  T learning_rate{};
  if constexpr (std::is_same_v<Optimizer, sgd>)
    if (optimizer.weight_decay == 0) {
      learning_rate = static_cast<T>(optimizer.learning_rate);
      rate = &learning_rate;
    }
  explained_step<T> step{.layers = {},
                         .target = record->target(),
                         .terms = record->terms(),
                         .total = record->total(),
                         .loss = Loss::name,
                         .optimizer = Optimizer::name,
                         .rate = rate,
                         .updated_weights = Order == update_order::updated_weights,
                         .out_after = out_after.data(),
                         .total_after = loss<Loss>(after, s.input, s.target)};
  for (std::size_t i = 0; i < Net::layer_count; ++i) step.layers.push_back(record->layer(i));
  explain_writer<T>{stream, options.format, options.digits, options.longest_row, step}.write();
  return after;
}

}  // namespace detail

/// Learns from one sample and prints how: every net input as a sum of products, every activation, each factor of the
/// chain rule by its name, every update, and the error after it. The numbers are those of the trainer's own step, told
/// by its observer. Inputs are called i1, i2, ..., outputs o1, ..., neurons of one hidden layer h1, ..., of several
/// h1.1, ...; weights and biases are numbered through the network in the order of its parameters.
///
/// `ctnn::explain(std::cout, initial, samples[0], ctnn::sgd{.5});`
///
/// \return  the network after the step, or as it was if the step was refused
/// \errors  run: one sentence on the stream, for options out of their range or a step that is not finite.
///          compile: a loss that does not go with the last layer
/// \source  Mazur, "A Step by Step Backpropagation Example", 2015
/// \example examples/mazur.cpp
template <loss_function Loss = half_squared_error, class Net, optimizer Optimizer = sgd>
Net explain(std::ostream& stream, Net const& net, sample<Net> const& s, Optimizer const& optimizer = {},
            explain_options const& options = {}) {
  using rule = typename Optimizer::template rule<typename Net::scalar_type>;
  if (options.digits < 1 || options.digits > 17) {
    stream << "explain: digits is " << options.digits << ", it must be from 1 to 17.\n";
  } else if (options.longest_row == 0) {
    stream << "explain: longest_row is 0, it must be above 0.\n";
  } else if (option_error const error = optimizer.check()) {
    stream << "explain: " << Optimizer::name << ": " << error.option << " is " << detail::figure_text(error.found, 6)
           << ", it " << error.rule << ".\n";
  } else if (options.order == update_order::original_weights) {
    return detail::explain_step<Loss, update_order::original_weights>(stream, net, s, optimizer, options);
  } else if constexpr (requires(rule r) { r.limit({}); }) {
    stream << "explain: gradient clipping needs the whole gradient before any weight moves, so it does not go with "
              "update_order::updated_weights.\n";
  } else {
    return detail::explain_step<Loss, update_order::updated_weights>(stream, net, s, optimizer, options);
  }
  return net;
}

}  // namespace ctnn::inline CTNN_ABI
