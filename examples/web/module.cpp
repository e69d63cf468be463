// SPDX-License-Identifier: BSL-1.0
/// \file The WebAssembly module of the page: plain functions over linear memory. It imports nothing.
#include "lessons.hpp"
#include "record.hpp"

#include <cstddef>
#include <cstdint>

namespace {

constexpr std::size_t grid = 48;  // rows and columns of the decision surface

web::desk now;
web::record last;
double outputs[web::widest];
double square[grid * grid];
web::lesson const* chosen = &web::lessons[0];

}  // namespace

#define CTNN_WEB(type, name) extern "C" __attribute__((export_name(#name), used)) type name

// --- what there is ---------------------------------------------------------------------------------------------------
CTNN_WEB(std::uint32_t, lesson_count)() noexcept { return web::lesson_count; }
CTNN_WEB(char const*, lesson_key)(std::uint32_t i) noexcept { return web::lessons[i].key; }
CTNN_WEB(char const*, lesson_title)(std::uint32_t i) noexcept { return web::lessons[i].title; }
CTNN_WEB(char const*, lesson_activation)(std::uint32_t i) noexcept { return web::lessons[i].activation; }
CTNN_WEB(web::shape const*, lesson_shape)(std::uint32_t i) noexcept { return &web::lessons[i].shape; }
CTNN_WEB(char const*, message)(std::uint32_t status) noexcept {
  return ctnn::message(static_cast<ctnn::status>(status));
}
/// What is wrong with a learning rate, as the library says it; null if nothing is.
CTNN_WEB(char const*, rate_rule)(double rate) noexcept { return ctnn::sgd{.learning_rate = rate}.check().rule; }

// --- the state, which the page reads and writes ----------------------------------------------------------------------
CTNN_WEB(double*, parameters)() noexcept { return now.parameters; }
CTNN_WEB(double*, sample_input)(std::uint32_t s) noexcept { return now.inputs[s]; }
CTNN_WEB(double*, sample_target)(std::uint32_t s) noexcept { return now.targets[s]; }
CTNN_WEB(double*, rate)() noexcept { return &now.learning_rate; }
CTNN_WEB(std::uint32_t*, rounds)() noexcept { return &now.rounds; }

/// Takes a lesson up, as it begins.
CTNN_WEB(void, choose)(std::uint32_t i) noexcept {
  chosen = &web::lessons[i];
  auto const& [layers, sizes, biases, samples, updated_weights, parameters] = chosen->shape;
  now = {};
  now.learning_rate = chosen->learning_rate;
  auto const in = sizes[0], out = sizes[layers];
  for (std::size_t s = 0; s < samples; ++s) {
    for (std::size_t k = 0; k < in; ++k) now.inputs[s][k] = chosen->inputs[s * in + k];
    for (std::size_t k = 0; k < out; ++k) now.targets[s][k] = chosen->targets[s * out + k];
  }
  if (chosen->initial == nullptr) return chosen->draw_parameters(now, 1);
  for (std::size_t p = 0; p < parameters; ++p) now.parameters[p] = chosen->initial[p];
}
CTNN_WEB(void, draw_parameters)(std::uint32_t seed) noexcept { chosen->draw_parameters(now, seed); }

// --- learning --------------------------------------------------------------------------------------------------------
/// Which sample the next round learns from.
CTNN_WEB(std::size_t, next_sample)() noexcept { return web::next_sample(now, chosen->shape.samples); }
/// Takes the next round for the record, and leaves the network as it is. Returns the trainer's status.
CTNN_WEB(ctnn::status, look)() noexcept { return chosen->teach(now, last, 1, chosen->shape.samples, false); }
/// Takes so many rounds, fewer if the library refuses one. Returns the trainer's status.
CTNN_WEB(ctnn::status, teach)(std::uint32_t count) noexcept {
  return chosen->teach(now, last, count, chosen->shape.samples, true);
}

/// What a layer did in the recorded round, see record.hpp; null if it had no such figure.
CTNN_WEB(double const*, row)(std::uint32_t layer, std::uint32_t figure) noexcept {
  return (last.seen[layer] >> figure & 1U) != 0 ? last.rows[layer][figure] : nullptr;
}
CTNN_WEB(double const*, terms)() noexcept { return last.terms; }
CTNN_WEB(double, total)() noexcept { return last.total; }

// --- what has been learned -------------------------------------------------------------------------------------------
/// The mean error over all samples.
CTNN_WEB(double, error)() noexcept {
  if (chosen->error != nullptr) return chosen->error(now, chosen->shape.samples);
  look();
  return last.total;
}
/// The outputs for a sample.
CTNN_WEB(double const*, infer)(std::uint32_t s) noexcept {
  if (chosen->infer != nullptr) {
    chosen->infer(now, now.inputs[s], outputs);
    return outputs;
  }
  look();
  return row(chosen->shape.layers - 1, static_cast<std::uint32_t>(web::figure::out));
}
CTNN_WEB(std::uint32_t, surface_size)() noexcept { return grid; }
/// The output of a network with two inputs and several samples for the square from (low, low) to (high, high): rows of
/// the first input.
CTNN_WEB(double const*, surface)(double low, double high) noexcept {
  for (std::size_t i = 0; i < grid * grid; ++i) {
    double const x[]{low + (high - low) * static_cast<double>(i % grid) / (grid - 1),
                     low + (high - low) * static_cast<double>(i / grid) / (grid - 1)};
    chosen->infer(now, x, outputs);
    square[i] = outputs[0];
  }
  return square;
}
/// Whether the parameters have the bits that the compiler computed for 10,000 rounds: 0 no, 1 yes, 2 it computed none.
CTNN_WEB(std::uint32_t, as_compiled)() noexcept {
  if (chosen->compiled == nullptr) return 2;
  for (std::size_t p = 0; p < chosen->shape.parameters; ++p)
    if (__builtin_bit_cast(std::uint64_t, now.parameters[p]) != __builtin_bit_cast(std::uint64_t, chosen->compiled[p]))
      return 0;
  return 1;
}
