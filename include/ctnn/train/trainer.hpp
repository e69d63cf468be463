// SPDX-License-Identifier: BSL-1.0
/// \file Training at run time.
#pragma once
#include <ctnn/config/function_ref.hpp>
#include <ctnn/config/status.hpp>
#include <ctnn/loss/concepts.hpp>
#include <ctnn/loss/half_squared_error.hpp>
#include <ctnn/model/network.hpp>
#include <ctnn/model/sample.hpp>
#include <ctnn/optimizer/schedule.hpp>
#include <ctnn/optimizer/sgd.hpp>
#include <ctnn/tensor/magnitude.hpp>
#include <ctnn/train/bounded_step.hpp>
#include <ctnn/train/evaluate.hpp>
#include <ctnn/train/sample_order.hpp>
#include <ctnn/train/step.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

namespace ctnn::inline v1 {

/// Samples in a row, owned by somebody else; made from anything with data() and size().
template <class Net> class samples_view {
public:
  constexpr samples_view() = default;
  template <class Samples>
  requires(!std::is_same_v<Samples, samples_view>) && requires(Samples const& s) { s.data() + s.size(); }
  constexpr samples_view(Samples const& range) noexcept : count_{static_cast<std::size_t>(range.size())} {
    detail::check_samples<Net, detail::element_of<Samples>>();
    if constexpr (std::is_same_v<detail::element_of<Samples>, sample<Net>>) first_ = range.data();
  }
  constexpr samples_view(sample<Net> const* first, std::size_t count) noexcept : first_{first}, count_{count} {}

  [[nodiscard]] constexpr sample<Net> const* data() const noexcept { return first_; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return count_; }

private:
  sample<Net> const* first_ = nullptr;
  std::size_t count_ = 0;
};

/// What trainer::fit tells after each epoch.
template <scalar T> struct epoch_report {
  std::size_t epoch;   ///< counts from 1
  std::size_t epochs;  ///< asked for
  T loss;              ///< mean over the epoch's samples, each taken before the update that learned from it
  bool validated;      ///< whether there is a validation set
  T validation_loss;   ///< its mean loss after the epoch; 0 without one
};

/// How trainer::fit goes about it.
template <class Net> struct fit_options {
  std::size_t epochs = 1;
  std::size_t batch = 1;              ///< samples an update; the last batch of an epoch may be smaller
  std::uint64_t shuffle_seed = 0;     ///< 0: in the order given; else in a new random order every epoch of this call
  bool replacement = false;           ///< draw samples from all of them, instead of shuffling; needs a seed
  samples_view<Net> validation = {};  ///< what to measure after each epoch
  std::size_t patience = 0;           ///< stop after so many epochs without a lower validation loss; 0: never
  double min_delta = 0;               ///< what counts as lower
  Net* best = nullptr;                ///< where to keep the network of the lowest validation loss, if anywhere
  function_ref<bool(epoch_report<typename Net::scalar_type> const&)> on_epoch = {};  ///< may return false to stop
};

/// What came of trainer::fit.
template <scalar T> struct fit_result {
  status state;            ///< ok also if it stopped early
  std::size_t epochs;      ///< completed
  bool stopped_early;      ///< by patience, or by on_epoch
  T loss;                  ///< as in the last epoch_report
  T validation_loss;       ///< of the last epoch; 0 without a validation set
  std::size_t best_epoch;  ///< with the lowest validation loss, counted from 1; 0 without a validation set
};

/// Trains a network at run time, with the arithmetic of `train` to the bit.
///
/// Holds everything that training needs, sizeof(trainer) bytes; its functions allocate nothing. Keep one in static
/// storage where the stack is small. Not for use by two threads at once; two trainers share nothing.
///
/// \errors  run time: a status, after which the network is the last good one. A step that is refused changes nothing
///          (step_not_finite also clears the optimizer's memory), so training may go on with other samples.
///          compile: a loss that does not go with the last layer; in a constant expression, an option out of its range.
template <class Net, loss_function Loss = half_squared_error, optimizer Optimizer = sgd,
          schedule Schedule = constant_rate, update_order Order = update_order::original_weights>
class trainer {
  using T = typename Net::scalar_type;
  using rule_type = typename Optimizer::template rule<T>;

public:
  using input_type = typename Net::input_type;
  using output_type = typename Net::output_type;

  explicit constexpr trainer(Net const& start, Optimizer const& optimizer = {}, Schedule const& rates = {}) noexcept
      : network_{start}, options_{optimizer}, schedule_{rates} {
    detail::check_loss<Loss, Net>();
    static_assert(!(Order == update_order::updated_weights && requires(rule_type r) { r.limit(T{}); }),
                  "clipped needs the whole gradient before any weight moves, which updated_weights does not wait for");
    restart();
  }

  /// Learns from one sample.
  constexpr status step(input_type const& x, output_type const& target) noexcept {
    return update(1, [&](std::size_t) -> pair { return {x.data(), target.data()}; });
  }

  /// The same, watched (see observer.hpp).
  template <class Observer>
  constexpr status step(input_type const& x, output_type const& target, Observer& observer) noexcept {
    return update(
        1,
        [&](std::size_t) -> pair {
          return {x.data(), target.data()};
        },
        observer);
  }

  /// One update from the mean gradient of a batch.
  constexpr status step(samples_view<Net> batch) noexcept {
    if (batch.size() == 0) return state_ = status::no_samples;
    return update(batch.size(), [&](std::size_t i) -> pair { return pair_of(batch.data()[i]); });
  }

  /// Learns from all samples, epoch by epoch.
  constexpr fit_result<T> fit(samples_view<Net> samples, fit_options<Net> const& options = {}) noexcept {
    fit_result<T> result{status::ok, 0, false, T{}, T{}, 0};
    if (samples.size() == 0)
      result.state = status::no_samples;
    else if (options.batch == 0 || (Order == update_order::updated_weights && options.batch != 1))
      result.state = status::bad_batch;
    else if (!(options.min_delta >= 0) || (options.replacement && options.shuffle_seed == 0) ||
             (options.patience != 0 && options.validation.size() == 0))
      result.state = status::bad_option;
    if (result.state != status::ok) {
      state_ = result.state;
      return result;
    }

    T lowest{};
    while (result.epochs < options.epochs) {
      result.state = run_epoch(samples, options, result.epochs, result.loss);
      if (result.state != status::ok) return result;
      ++result.epochs;
      bool const validated = options.validation.size() != 0;
      if (validated) {
        result.validation_loss = ctnn::loss<Loss>(network_, options.validation);
        if (result.best_epoch == 0 || result.validation_loss < lowest - static_cast<T>(options.min_delta)) {
          lowest = result.validation_loss;
          result.best_epoch = result.epochs;
          if (options.best != nullptr) *options.best = network_;
        }
      }
      bool go_on = options.patience == 0 || result.epochs - result.best_epoch < options.patience;
      if (options.on_epoch)
        go_on &= options.on_epoch({result.epochs, options.epochs, result.loss, validated, result.validation_loss});
      if (!go_on && result.epochs < options.epochs) {
        result.stopped_early = true;
        break;
      }
    }
    return result;
  }

  /// The network as trained so far.
  [[nodiscard]] constexpr Net const& network() const noexcept { return network_; }
  /// What the latest call came to.
  [[nodiscard]] constexpr status state() const noexcept { return state_; }
  /// The mean loss of the latest step's samples, before it.
  [[nodiscard]] constexpr T loss() const noexcept { return loss_; }
  /// How many updates were made.
  [[nodiscard]] constexpr std::size_t updates() const noexcept { return updates_; }

  /// Starts over with another network, as a new trainer with the same options would.
  constexpr void restart(Net const& network) noexcept {
    network_ = network;
    restart();
  }

private:
  struct pair {
    T const* input;
    T const* target;
  };
  static constexpr pair pair_of(sample<Net> const& s) noexcept { return {s.input.data(), s.target.data()}; }

  /// To be called in a constant expression only to make the compiler print its name.
  static void an_option_of_the_optimizer_or_schedule_is_out_of_range() noexcept {}
  /// And this one's arguments: {"learning_rate", "must be above 0", -0.5}.
  static constexpr void refuse(option_error error) noexcept {
    if (error) an_option_of_the_optimizer_or_schedule_is_out_of_range();
  }

  constexpr void restart() noexcept {
    state_ = options_.check() || schedule_.check() ? status::bad_option : status::ok;
    if (std::is_constant_evaluated()) {
      refuse(options_.check());
      refuse(schedule_.check());
    }
    options_good_ = state_ == status::ok;
    updates_ = 0;
    loss_ = T{};
    // Where it is a device that computes, the first step need not take longer than others.
    bound_ = kernel::has_thumb_kernels<T> && bounded && Net::parameter_count <= 4096
                 ? kernel::largest_magnitude<Net::parameter_count>(static_cast<T const*>(network_.parameters.data()))
                 : std::numeric_limits<T>::infinity();
    clear_memory();
  }

  constexpr void clear_memory() noexcept {
    rule_ = rule_type::from(options_);
    for (T& m : moments_) m = T{};
  }

  constexpr status run_epoch(samples_view<Net> samples, fit_options<Net> const& options, std::size_t epoch,
                             T& mean_loss) noexcept {
    auto const count = samples.size();
    shuffle const order{options.shuffle_seed, options.replacement};
    T sum{};
    for (std::size_t first = 0; first < count; first += options.batch) {
      auto const size = count - first < options.batch ? count - first : options.batch;
      auto const sample_of = [&](std::size_t i) -> pair {
        return pair_of(samples.data()[detail::sample_at(order, epoch, first + i, count)]);
      };
      if (auto const state = update(size, sample_of); state != status::ok) return state;
      sum += loss_ * static_cast<T>(size);
    }
    mean_loss = sum / static_cast<T>(count);
    return status::ok;
  }

  template <class Lesson, class... Observer> constexpr T learn(pair sample, Observer&... observer) noexcept {
    T *const parameters = network_.parameters.data(), *const a = pass_.a(), *const b = pass_.b();
    return detail::learn_sample<Loss, true, Lesson, Net>(layers, rule_, parameters, sample.input, sample.target,
                                                         pass_.trace, a, b, gradient_, moments_, observer...);
  }

  template <class SampleOf, class... Observer>
  constexpr status update(std::size_t count, SampleOf sample_of, Observer&... observer) noexcept {
    constexpr bool limited = requires(rule_type r) { r.limit(T{}); };
    if (!options_good_) return state_ = status::bad_option;
    if (Order == update_order::updated_weights && count != 1) return state_ = status::bad_batch;

    auto const former_rule = rule_;
    rule_.begin_step(schedule_.template factor<T>(updates_));
    T* const parameters = network_.parameters.data();
    if constexpr (bounded && sizeof...(Observer) == 0)
      if (count == 1 && !std::is_constant_evaluated())
        if (auto const state = step_within_bounds(sample_of(0)); state != status::step_not_finite) {
          if (state == status::ok) ++updates_;
          if (state != status::ok) rule_ = former_rule;
          return state_ = state;
        }

    bool at_once = false;
    T sum{};
    if constexpr (!limited)
      if (count == 1) {
        at_once = true;
        sum = learn<detail::descent<Order, true>>(sample_of(0), observer...);
      }
    if (!at_once) {
      for (T& g : gradient_) g = T{};
      for (std::size_t i = 0; i < count && is_finite(sum); ++i)
        sum += learn<detail::gradient_only>(sample_of(i), observer...);
    }
    if (!is_finite(sum)) {
      rule_ = former_rule;
      return state_ = status::loss_not_finite;
    }
    loss_ = count == 1 ? sum : sum / static_cast<T>(count);
    if (!at_once) {
      if (!detail::finish_gradient<Net>(rule_, gradient_, count)) {
        rule_ = former_rule;
        return state_ = status::step_not_finite;
      }
      detail::move_network<true, Net>(layers, rule_, parameters, gradient_, moments_, observer...);
    }
    bound_ = kernel::largest_magnitude<Net::parameter_count>(static_cast<T const*>(parameters));
    if (!is_finite(bound_) || !is_finite(kernel::largest_magnitude<moment_count>(moments_))) {
      bound_ = std::numeric_limits<T>::infinity();
      detail::undo<Net>(parameters, gradient_);
      clear_memory();
      return state_ = status::step_not_finite;
    }
    ++updates_;
    return state_ = status::ok;
  }

  /// A step that is made only if no parameter can become infinite or NaN; otherwise it is step_not_finite, which may
  /// still turn out well.
  constexpr status step_within_bounds(pair sample) noexcept {
    T* const parameters = network_.parameters.data();
    if (!(bound_ <= detail::trusted_bound<T>))
      bound_ = kernel::largest_magnitude<Net::parameter_count>(static_cast<T const*>(parameters));
    T loss{};
    auto const bound = detail::bounded_step<Loss, Net>(layers, rule_, parameters, sample.input, sample.target,
                                                       pass_.trace, pass_.errors, bound_, loss);
    if (!is_finite(loss)) return status::loss_not_finite;
    bound_ = bound;
    if (!(bound <= detail::trusted_bound<T>)) return status::step_not_finite;
    loss_ = loss;
    return status::ok;
  }

  // Two ways to make a step are more code, so only hosts have both, and cores with kernels that store no gradient.
  static constexpr bool bounded =
      (kernel::native_lanes<T> > 1 || kernel::has_thumb_kernels<T>)&&Order == update_order::original_weights &&
      requires(rule_type r) {
    r.bound(T{}, T{});
  };
  static constexpr std::size_t moment_count = detail::at_least_one(rule_type::moments * Net::trainable_count);
  static constexpr std::make_index_sequence<Net::layer_count> layers{};

  Net network_;
  Optimizer options_;
  Schedule schedule_;
  rule_type rule_{};
  std::size_t updates_ = 0;
  T loss_{};
  T moments_[moment_count]{};
  T gradient_[detail::at_least_one(Net::trainable_count)]{};
  detail::pass_memory<Net> pass_{};
  T bound_ = std::numeric_limits<T>::infinity();  // on all parameters; infinity if it is not known
  status state_ = status::ok;
  bool options_good_ = true;
};

}  // namespace ctnn::inline v1
