// SPDX-License-Identifier: BSL-1.0
/// \file Training inside the compiler.
///
/// Compilers bound the work of one constant evaluation (Clang 1,048,576 steps, GCC 33,554,432 operations and 262,144
/// rounds of a loop), so a training run is cut into chunks that stay far below, each a constant of its own that
/// starts from the one before. No compiler flag is needed, however long the run is.
#pragma once
#include <ctnn/optimizer/schedule.hpp>
#include <ctnn/train/sample_order.hpp>
#include <ctnn/train/step.hpp>
#include <ctnn/train/train_options.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI {

namespace detail {

/// What one learned sample costs a compiler, from above: steps as Clang counts them, and operations as GCC does.
/// Fitted to measurements (benchmarks/compile_time) and checked by building the tests with half of the limits.
struct evaluation_cost {
  std::uint64_t steps = 0, operations = 0;  // a size_t of 16 bits could not count them
};

template <class Net, class Rule> constexpr evaluation_cost cost_of_update(std::size_t batch_size) {
  evaluation_cost sample;
  for (auto const& place : Net::layers::sizes.places) {
    std::uint64_t const units = place.sizes.outputs, in = place.inputs, weights = place.sizes.weights;
    sample.steps += 50 + units * 100 + in * 10 + weights;
    sample.operations += 1000 + units * 1000 + in * 200 + weights * 60;
  }
  // Rules with moments take square roots, which are most of their cost.
  auto const steps = std::uint64_t{Net::trainable_count} * (Rule::moments == 0 ? 12 : 110);
  auto const operations = std::uint64_t{Net::trainable_count} * (Rule::moments == 0 ? 120 : 600);
  return {sample.steps * batch_size + 100 + steps, sample.operations * batch_size + 1000 + operations};
}

template <auto Initial, auto const& Samples, auto Optimizer, auto... Options> struct training {
  using network_type = std::remove_cv_t<decltype(Initial)>;
  using T = typename network_type::scalar_type;
  using rule_type = typename std::remove_cv_t<decltype(Optimizer)>::template rule<T>;
  using loss_type = decltype(loss_or_default(Options...));

  static constexpr auto rate_schedule = schedule_or_default(Options...);
  static constexpr auto order = option_or(update_order::original_weights, Options...);
  static constexpr auto shuffling = option_or(shuffle{}, Options...);
  static constexpr std::size_t epoch_count = option_or(epochs{}, Options...).count;
  static constexpr std::size_t batch_size = option_or(batch{}, Options...).size;
  static constexpr std::size_t sample_count = Samples.size();

  static constexpr std::size_t updates_per_epoch = (sample_count + batch_size - 1) / batch_size;
  static constexpr std::size_t updates = epoch_count * updates_per_epoch;
  static constexpr std::size_t updates_per_chunk = [] {
    constexpr auto cost = cost_of_update<network_type, rule_type>(batch_size);
    constexpr std::uint64_t steps = 1'048'576 * 3 / 8, operations = 33'554'432 * 3 / 8, rounds = 262'144 / 2;
    std::uint64_t most = rounds < std::size_t(-1) ? rounds : std::size_t(-1);
    if (most > steps / cost.steps) most = steps / cost.steps;
    if (most > operations / cost.operations) most = operations / cost.operations;
    return static_cast<std::size_t>(most == 0 ? 1 : most);
  }();
  static constexpr std::size_t chunks = (updates + updates_per_chunk - 1) / updates_per_chunk;

  static constexpr bool limited = requires(rule_type r) { r.limit(T{}); };
  /// Whether weights move while the errors of a sample travel back, so that no gradient is stored.
  static constexpr bool at_once = batch_size == 1 && !limited;
  /// The same for a last batch of one sample, as a trainer does it: added to +0, a gradient of -0 would become +0.
  static constexpr bool last_at_once = batch_size != 1 && sample_count % batch_size == 1 && !limited;

  static constexpr std::size_t moment_count = rule_type::moments * network_type::trainable_count;

  /// What is carried from one chunk to the next.
  struct progress {
    network_type network;
    rule_type rule;
    std::array<T, at_least_one(moment_count)> moments;
    std::size_t updates;
  };

  static constexpr bool shuffled = shuffling.seed != 0;

  static constexpr void take(std::size_t i, T* x, T* target) {
    auto const& s = Samples.data()[i];
    for (std::size_t k = 0; k < network_type::input_count; ++k) x[k] = s.input[k];
    for (std::size_t k = 0; k < network_type::output_count; ++k) target[k] = s.target[k];
  }

  static constexpr progress start() { return {Initial, rule_type::from(Optimizer), {}, 0}; }

  static constexpr progress advance(progress const& before) {
    using layout = decltype(network_type::layers::sizes);
    constexpr layout const& sizes = network_type::layers::sizes;
    constexpr auto parameter_count = network_type::parameter_count;
    // Plain local arrays: a compiler evaluates those fastest.
    T x[network_type::input_count], target[network_type::output_count];
    T gradient[at_once ? 1 : at_least_one(network_type::trainable_count)], moments[at_least_one(moment_count)];
    T parameters[parameter_count], trace[sizes.trace], a[sizes.widest], b[sizes.widest];
    for (std::size_t i = 0; i < parameter_count; ++i) parameters[i] = before.network.parameters[i];
    for (std::size_t i = 0; i < moment_count; ++i) moments[i] = before.moments[i];
    rule_type rule = before.rule;
    constexpr std::make_index_sequence<network_type::layer_count> layers;

    if constexpr (std::is_same_v<decltype(rate_schedule), constant_rate const> && rule_type::moments == 0)
      rule.begin_step(T(1));  // the same in every step
    auto const left = updates - before.updates;
    auto const end = before.updates + (left < updates_per_chunk ? left : updates_per_chunk);
    auto epoch = before.updates / updates_per_epoch;
    auto position = before.updates % updates_per_epoch * batch_size;
    auto at_hand = sample_count;  // none yet
    for (auto update = before.updates; update < end; ++update) {
      // A compiler remembers every call whose arguments are constants, so calls that change nothing are not made.
      if constexpr (!std::is_same_v<decltype(rate_schedule), constant_rate const>)
        rule.begin_step(rate_schedule.template factor<T>(update));
      else if constexpr (rule_type::moments != 0)
        rule.begin_step(T(1));
      if constexpr (at_once) {
        if (auto const next = shuffled ? sample_at(shuffling, epoch, position, sample_count) : position;
            next != at_hand)
          take(at_hand = next, x, target);
        learn_sample<loss_type, false, descent<order, false>, network_type>(layers, rule, parameters, x, target, trace,
                                                                            a, b, gradient, moments);
      } else if (last_at_once && position + 1 == sample_count) {
        if constexpr (last_at_once) {
          take(shuffled ? sample_at(shuffling, epoch, position, sample_count) : position, x, target);
          learn_sample<loss_type, false, descent<order, false>, network_type>(layers, rule, parameters, x, target,
                                                                              trace, a, b, gradient, moments);
        }
      } else {
        for (T& g : gradient) g = T{};
        auto const size = sample_count - position < batch_size ? sample_count - position : batch_size;
        for (std::size_t i = 0; i < size; ++i) {
          take(shuffled ? sample_at(shuffling, epoch, position + i, sample_count) : position + i, x, target);
          learn_sample<loss_type, false, gradient_only, network_type>(layers, rule, parameters, x, target, trace, a, b,
                                                                      gradient, moments);
        }
        (void)finish_gradient<network_type>(rule, gradient, size);  // an overflow is no constant
        move_network<false, network_type>(layers, rule, parameters, gradient, moments);
      }
      position += batch_size;
      if (position >= sample_count) {
        position = 0;
        ++epoch;
      }
    }

    progress after{.network = {}, .rule = rule, .moments = {}, .updates = end};
    for (std::size_t i = 0; i < parameter_count; ++i) after.network.parameters[i] = parameters[i];
    for (std::size_t i = 0; i < moment_count; ++i) after.moments[i] = moments[i];
    return after;
  }
};

/// Progress after so many chunks.
template <class Training, std::size_t Chunk>
inline constexpr auto progress_after = Training::advance(progress_after<Training, Chunk - 1>);
template <class Training> inline constexpr auto progress_after<Training, 0> = Training::start();

/// The trained network. The chunks are named from the first to the last, so that none waits for one not yet begun:
/// otherwise the compiler's recursion would be as deep as there are chunks.
template <class Training> constexpr auto finish_training() {
  return []<std::size_t... Chunk>(std::index_sequence<Chunk...>) {
    ((void)progress_after<Training, Chunk>.updates, ...);
    return progress_after<Training, Training::chunks>.network;
  }
  (std::make_index_sequence<Training::chunks>{});
}

template <auto Initial, auto const& Samples, auto Optimizer, auto... Options> constexpr auto check_and_train() {
  if constexpr (check_training<Initial, Samples, Optimizer, Options...>())
    return finish_training<training<Initial, Samples, Optimizer, Options...>>();
  else
    return Initial;
}

}  // namespace detail

/// The network that training makes of Initial, computed by the compiler.
///
/// Options, in any order: epochs{1}, batch{1}, shuffle{} (in order), a loss (half_squared_error{}), a schedule
/// (constant_rate{}), update_order::original_weights. A trainer that is given the same takes the same steps, to the
/// bit.
///
/// \shape   Samples: an object in static storage with data() and size() whose elements are sample<network>
/// \errors  compile: an option out of its range, samples of another shape, a loss that does not go with the last
///          layer; and, in the compiler's own words, a training run that overflows or makes a NaN
/// \example examples/iris.cpp
template <auto Initial, auto const& Samples, auto Optimizer, auto... Options>
inline constexpr auto train = detail::check_and_train<Initial, Samples, Optimizer, Options...>();

}  // namespace ctnn::inline CTNN_ABI
