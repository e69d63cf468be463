// SPDX-License-Identifier: BSL-1.0
/// \file Training at run time.
#pragma once
#include <ctnn/config/status.hpp>
#include <ctnn/loss/concepts.hpp>
#include <ctnn/loss/half_squared_error.hpp>
#include <ctnn/model/network.hpp>
#include <ctnn/model/sample.hpp>
#include <ctnn/optimizer/schedule.hpp>
#include <ctnn/optimizer/sgd.hpp>
#include <ctnn/train/evaluate.hpp>
#include <ctnn/train/fit.hpp>
#include <ctnn/train/learner.hpp>
#include <ctnn/train/sample_order.hpp>
#include <ctnn/train/samples_view.hpp>

#include <cstddef>
#include <type_traits>

namespace ctnn::inline CTNN_ABI {

/// Trains a network at run time, with the arithmetic of `train` to the bit.
///
/// Holds everything that training needs, sizeof(trainer) bytes; its functions allocate nothing. Keep one in static
/// storage where the stack is small. Where there are vector registers (on hosts) that is more than what
/// workspace_bytes.training tells: up to 256 KiB, as a rule, for a group of samples to be learned from at once. Not for
/// use by two threads at once; two trainers share nothing.
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
      : learner_{start, optimizer}, schedule_{rates} {
    detail::check_loss<Loss, Net>();
    static_assert(!(Order == update_order::updated_weights && requires(rule_type r) { r.limit(T{}); }),
                  "clipped needs the whole gradient before any weight moves, which updated_weights does not wait for");
    restart();
  }

  /// Learns from one sample.
  constexpr status step(input_type const& x, output_type const& target) noexcept {
    return update(1, detail::only_sample<T>{{x.data(), target.data()}});
  }

  /// The same, watched (see observer.hpp).
  template <class Observer>
  constexpr status step(input_type const& x, output_type const& target, Observer& observer) noexcept {
    return update(1, detail::only_sample<T>{{x.data(), target.data()}}, observer);
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
        result.validation_loss = ctnn::loss<Loss>(learner_.network, options.validation);
        if (result.best_epoch == 0 || result.validation_loss < lowest - static_cast<T>(options.min_delta)) {
          lowest = result.validation_loss;
          result.best_epoch = result.epochs;
          if (options.best != nullptr) *options.best = learner_.network;
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
  [[nodiscard]] constexpr Net const& network() const noexcept { return learner_.network; }
  /// What the latest call came to.
  [[nodiscard]] constexpr status state() const noexcept { return state_; }
  /// The mean loss of the latest step's samples, before it.
  [[nodiscard]] constexpr T loss() const noexcept { return loss_; }
  /// How many updates were made.
  [[nodiscard]] constexpr std::size_t updates() const noexcept { return updates_; }

  /// Starts over with another network, as a new trainer with the same options would.
  constexpr void restart(Net const& network) noexcept {
    learner_.network = network;
    restart();
  }

private:
  using pair = detail::training_pair<T>;
  static constexpr pair pair_of(sample<Net> const& s) noexcept { return {s.input.data(), s.target.data()}; }

  /// To be called in a constant expression only to make the compiler print its name.
  static void an_option_of_the_optimizer_or_schedule_is_out_of_range() noexcept {}
  /// And this one's arguments: {"learning_rate", "must be above 0", -0.5}.
  static constexpr void refuse(option_error error) noexcept {
    if (error) an_option_of_the_optimizer_or_schedule_is_out_of_range();
  }

  constexpr void restart() noexcept {
    auto const wrong = learner_.options.check();
    state_ = wrong || schedule_.check() ? status::bad_option : status::ok;
    if (std::is_constant_evaluated()) {
      refuse(wrong);
      refuse(schedule_.check());
    }
    options_good_ = state_ == status::ok;
    updates_ = 0;
    loss_ = T{};
    learner_.forget();
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

  template <class SampleOf, class... Observer>
  constexpr status update(std::size_t count, SampleOf sample_of, Observer&... observer) noexcept {
    if (!options_good_) return state_ = status::bad_option;
    if (Order == update_order::updated_weights && count != 1) return state_ = status::bad_batch;
    state_ = learner_.update(count, sample_of, schedule_.template factor<T>(updates_), loss_, observer...);
    if (state_ == status::ok) ++updates_;
    return state_;
  }

  detail::learner<Net, Loss, Optimizer, Order> learner_;
  Schedule schedule_;
  std::size_t updates_ = 0;
  T loss_{};
  status state_ = status::ok;
  bool options_good_ = true;
};

}  // namespace ctnn::inline CTNN_ABI
