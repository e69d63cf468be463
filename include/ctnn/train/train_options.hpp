// SPDX-License-Identifier: BSL-1.0
/// \file The options of training inside the compiler, and sentences for what cannot be.
#pragma once
#include <ctnn/config/misuse.hpp>
#include <ctnn/loss/concepts.hpp>
#include <ctnn/loss/half_squared_error.hpp>
#include <ctnn/model/sample.hpp>
#include <ctnn/optimizer/concepts.hpp>
#include <ctnn/optimizer/schedule.hpp>
#include <ctnn/train/backprop.hpp>
#include <ctnn/train/evaluate.hpp>
#include <ctnn/train/sample_order.hpp>

#include <cstddef>
#include <type_traits>

namespace ctnn::inline CTNN_ABI {

/// How often to go through all samples.
struct epochs {
  std::size_t count = 1;
};

/// How many samples to learn from in one update, which takes the mean of their gradients.
struct batch {
  std::size_t size = 1;
};

namespace detail {

template <class Wanted> constexpr Wanted option_or(Wanted fallback) { return fallback; }
template <class Wanted, class First, class... Rest>
constexpr Wanted option_or(Wanted fallback, First first, Rest... rest) {
  if constexpr (std::is_same_v<First, Wanted>)
    return first;
  else
    return option_or(fallback, rest...);
}

constexpr auto loss_or_default() { return half_squared_error{}; }
template <class First, class... Rest> constexpr auto loss_or_default(First first, Rest... rest) {
  if constexpr (loss_function<First>)
    return first;
  else
    return loss_or_default(rest...);
}

constexpr auto schedule_or_default() { return constant_rate{}; }
template <class First, class... Rest> constexpr auto schedule_or_default(First first, Rest... rest) {
  if constexpr (schedule<First>)
    return first;
  else
    return schedule_or_default(rest...);
}

template <class Option>
inline constexpr bool is_train_option =
    std::is_same_v<Option, epochs> || std::is_same_v<Option, batch> || std::is_same_v<Option, shuffle> ||
    std::is_same_v<Option, update_order> || loss_function<Option> || schedule<Option>;

/// Refuses options that are out of their range.
template <auto Options> constexpr bool check_options() {
  constexpr bool good = !Options.check();
  if constexpr (!good)
    report_misuse<[](auto& text) {
      constexpr option_error e = Options.check();
      text << decltype(Options)::name << ": " << e.option << " is " << e.found << ", it " << e.rule;
    }>();
  return good;
}

template <class Option> constexpr bool check_train_option() {
  constexpr bool good = is_train_option<Option>;
  if constexpr (!good)
    report_misuse<[](auto& text) {
      text << "after network, samples and optimizer train takes epochs{}, batch{}, shuffle{}, a loss, a schedule or an "
              "update_order, each a value; not this: "
           << name_of<Option>{};
    }>();
  return good;
}

template <class> inline constexpr bool is_network = false;
template <class T, std::size_t N, class... Layers>
inline constexpr bool is_network<network<T, input<N>, Layers...>> = true;

/// Stops the compilation with a sentence if training cannot be done with these arguments.
template <auto Initial, auto const& Samples, auto Optimizer, auto... Options> constexpr bool check_training() {
  using net = std::remove_cv_t<decltype(Initial)>;
  using rule_of = std::remove_cv_t<decltype(Optimizer)>;
  using samples = std::remove_cvref_t<decltype(Samples)>;
  constexpr bool has_samples = requires { Samples.data() + Samples.size(); };

  if constexpr (!is_network<net>)
    report_misuse<[](auto& text) {
      text << "train starts from a network; its first argument is this: " << name_of<net>{};
    }>();
  if constexpr (!has_samples)
    report_misuse<[](auto& text) {
      text << "train learns from an array, or the like, of sample<network>; its second argument is this: "
           << name_of<samples>{};
    }>();
  if constexpr (!optimizer<rule_of>)
    report_misuse<[](auto& text) {
      text << "the third argument of train is an optimizer, such as sgd{.learning_rate = .5}; not this: "
           << name_of<rule_of>{};
    }>();

  if constexpr (!is_network<net> || !has_samples || !optimizer<rule_of>) {
    return false;
  } else {
    using loss_type = decltype(loss_or_default(Options...));
    constexpr auto batch_size = option_or(batch{}, Options...).size;
    constexpr bool immediate = option_or(update_order{}, Options...) == update_order::updated_weights;
    constexpr bool clips = requires(typename rule_of::template rule<typename net::scalar_type> r) { r.limit({}); };

    bool good = check_samples<net, element_of<samples>>();
    check_loss<loss_type, net>();
    good &= loss_type::template accepts<typename last_stage<net>::layer_type::activation_type>;
    good &= check_options<Optimizer>();
    good &= check_options<schedule_or_default(Options...)>();
    good &= (check_train_option<std::remove_cv_t<decltype(Options)>>() & ... & true);
    if constexpr (Samples.size() == 0)
      report_misuse<[](auto& text) { text << "train has no samples to learn from"; }>();
    if constexpr (batch_size == 0)
      report_misuse<[](auto& text) { text << "batch{0} has no samples in it; one is the least"; }>();
    if constexpr (immediate && batch_size > 1)
      report_misuse<[](auto& text) {
        text << "update_order::updated_weights moves weights while errors travel back, so it takes one sample an "
                "update, not a batch of "
             << batch_size;
      }>();
    if constexpr (immediate && clips)
      report_misuse<[](auto& text) {
        text << "clipped needs the whole gradient before any weight moves, which updated_weights does not wait for";
      }>();
    return good && Samples.size() != 0 && batch_size != 0 && !(immediate && (batch_size > 1 || clips));
  }
}

}  // namespace detail
}  // namespace ctnn::inline CTNN_ABI
