// SPDX-License-Identifier: BSL-1.0
/// \file A network to watch: its shape as data for the page, and the library's functions for its type.
#pragma once
#include <ctnn.hpp>

#include "record.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace web {

inline constexpr std::size_t most_samples = 8;
inline constexpr std::size_t most_parameters = most_layers * longest_row;

/// What is being taught: everything that a round depends on. The page may write to it between two calls.
struct desk {
  double parameters[most_parameters];
  double inputs[most_samples][widest];
  double targets[most_samples][widest];
  double learning_rate;
  std::uint32_t rounds;  ///< taught so far; says which sample is drawn next
};

/// Several samples are drawn at random, as the program that comes with Mazur's text does.
inline constexpr ctnn::shuffle draws{.seed = 1, .replacement = true};

/// The sample that the next round learns from: the same as in a trainer's fit with these draws.
inline std::size_t next_sample(desk const& now, std::size_t samples) noexcept {
  return ctnn::detail::sample_at(draws, now.rounds / samples, now.rounds % samples, samples);
}

/// What the page needs to know of a network to draw it; engine.mjs reads the numbers in this order.
struct shape {
  std::uint32_t layers;
  std::uint32_t sizes[most_layers + 1];  ///< inputs, then the neurons of each layer
  std::uint32_t biases;                  ///< 0: none, 1: kept, 2: trained
  std::uint32_t samples;
  std::uint32_t updated_weights;  ///< errors are carried back by weights that have moved already
  std::uint32_t parameters;
};

/// A network and what can be done with it, without its type.
struct lesson {
  char const* key;    ///< in links
  char const* title;  ///< for people
  char const* activation;
  web::shape shape;
  double const* initial;   ///< parameters; null: random ones
  double const* compiled;  ///< parameters after 10,000 rounds, computed by the compiler; null: not computed
  double const* inputs;
  double const* targets;
  double learning_rate;

  void (*draw_parameters)(desk&, std::uint32_t seed) noexcept;
  /// Teaches so many rounds, as far as the library takes them; records the last. Leaves the desk as it is if !keep.
  ctnn::status (*teach)(desk&, record&, std::uint32_t rounds, std::uint32_t samples, bool keep) noexcept;
  // Null for a single sample: what the next round tells says it all.
  double (*error)(desk const&, std::uint32_t samples) noexcept;
  void (*infer)(desk const&, double const* x, double* y) noexcept;
};

// Out of line, see record::keep.
[[gnu::noinline]] inline void copy(std::size_t count, double const* from, double* to) noexcept {
  for (std::size_t i = 0; i < count; ++i) to[i] = from[i];
}

/// The library's functions for one network.
template <class Net, ctnn::update_order Order = ctnn::update_order::original_weights> struct functions {
  using trainer = ctnn::trainer<Net, ctnn::half_squared_error, ctnn::sgd, ctnn::constant_rate, Order>;

  static Net network(desk const& now) noexcept {
    Net net;
    copy(Net::parameter_count, now.parameters, net.parameters.data());
    return net;
  }
  static void keep(desk& now, Net const& net) noexcept {
    copy(Net::parameter_count, net.parameters.data(), now.parameters);
  }
  static ctnn::sample<Net> sample(desk const& now, std::size_t s) noexcept {
    ctnn::sample<Net> result;
    copy(Net::input_count, now.inputs[s], result.input.data());
    copy(Net::output_count, now.targets[s], result.target.data());
    return result;
  }

  static void draw_parameters(desk& now, std::uint32_t seed) noexcept {
    keep(now, ctnn::initialize<Net>(ctnn::uniform{.low = -1, .high = 1, .seed = seed}));
  }
  static ctnn::status teach(desk& now, record& last, std::uint32_t rounds, std::uint32_t samples,
                            bool keeping) noexcept {
    trainer teacher{network(now), {.learning_rate = now.learning_rate}};
    recorder watch{last};
    auto state = teacher.state();
    auto const before = now.rounds;
    for (std::uint32_t i = 0; i < rounds && state == ctnn::status::ok; ++i) {
      auto const s = sample(now, next_sample(now, samples));
      state = teacher.step(s.input, s.target, watch);
      if (state == ctnn::status::ok) ++now.rounds;
    }
    if (keeping)
      keep(now, teacher.network());
    else
      now.rounds = before;
    return state;
  }
  static double error(desk const& now, std::uint32_t samples) noexcept {
    ctnn::sample<Net> all[most_samples];
    for (std::size_t s = 0; s < samples; ++s) all[s] = sample(now, s);
    return ctnn::loss<ctnn::half_squared_error>(network(now), ctnn::samples_view<Net>{all, samples});
  }
  static void infer(desk const& now, double const* x, double* y) noexcept { network(now).infer(x, y); }
};

/// The lesson of a network.
template <class Net, ctnn::update_order Order = ctnn::update_order::original_weights>
constexpr lesson lesson_of(char const* key, char const* title, double const* initial, double const* compiled,
                           std::uint32_t samples, double const* inputs, double const* targets, double learning_rate) {
  using all = functions<Net, Order>;
  constexpr auto& places = Net::layers::sizes.places;
  static_assert(Net::layer_count <= most_layers && Net::input_count <= widest && Net::layers::sizes.widest <= widest);
  using first = typename Net::layers::template stage_at<0>::layer_type;

  lesson result{.key = key,
                .title = title,
                .activation = first::activation_type::name,
                .shape = {.layers = Net::layer_count,
                          .sizes = {Net::input_count},
                          .biases = places[0].sizes.biases == 0                            ? 0U
                                    : places[0].sizes.trainable == places[0].sizes.weights ? 1U
                                                                                           : 2U,
                          .samples = samples,
                          .updated_weights = Order == ctnn::update_order::updated_weights ? 1U : 0U,
                          .parameters = Net::parameter_count},
                .initial = initial,
                .compiled = compiled,
                .inputs = inputs,
                .targets = targets,
                .learning_rate = learning_rate,
                .draw_parameters = all::draw_parameters,
                .teach = all::teach,
                .error = samples > 1 ? all::error : nullptr,
                .infer = samples > 1 ? all::infer : nullptr};
  for (std::size_t l = 0; l < Net::layer_count; ++l)
    result.shape.sizes[l + 1] = static_cast<std::uint32_t>(places[l].sizes.outputs);
  return result;
}

}  // namespace web
