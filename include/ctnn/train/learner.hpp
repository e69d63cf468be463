// SPDX-License-Identifier: BSL-1.0
/// \file A network that learns: one update at run time, which is made as a whole or not at all.
///
/// There are three ways to make one, with the same bits: sample after sample, which is how a constant is computed, how
/// an observer sees it, and the only way on devices; a single sample's within a bound; and by groups of samples.
#pragma once
#include <ctnn/config/status.hpp>
#include <ctnn/scalar/scalar.hpp>
#include <ctnn/tensor/group_gradient.hpp>
#include <ctnn/tensor/magnitude.hpp>
#include <ctnn/train/bounded_step.hpp>
#include <ctnn/train/sample_group.hpp>
#include <ctnn/train/step.hpp>
#include <ctnn/train/tiny_step.hpp>

#include <cstddef>
#include <limits>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI::detail {

/// What is learned from.
/// \shape   input[In], target[Out]
template <class T> struct training_pair {
  T const* input;
  T const* target;
};

/// The only sample of an update, in the form of a function that has many. Known to be alone, so that what is for
/// several is not even compiled.
template <class T> struct only_sample {
  static constexpr bool alone = true;
  training_pair<T> sample;
  constexpr training_pair<T> operator()(std::size_t) const noexcept { return sample; }
};

/// Room for an object that is made when it is first used, if ever: a compiler that evaluates the rest need not clear
/// it.
template <class Object> struct room_for {
  union {
    char none;
    Object object;
  };
  constexpr room_for() noexcept : none{} {}
};

/// The alignment of what is read and written from one end to the other.
template <class T>
inline constexpr std::size_t streamed_alignment = kernel::native_lanes<T> > 1 ? kernel::native_lanes<T> * sizeof(T)
                                                                              : alignof(T);

template <class Net, class Loss, class Optimizer, update_order Order> class learner {
  using T = typename Net::scalar_type;
  using rule_type = typename Optimizer::template rule<T>;

public:
  constexpr learner(Net const& start, Optimizer const& optimizer) noexcept : network{start}, options{optimizer} {}

  /// Where there are vectors they lie in one line of the cache each.
  alignas(streamed_alignment<T>) Net network;
  Optimizer options;

  /// Forgets what is remembered from update to update.
  constexpr void forget() noexcept {
    // Where it is a device that computes, the first step need not take longer than others.
    bound_ = kernel::has_thumb_kernels<T> && bounded && Net::parameter_count <= 4096 ? largest_parameter() : unknown;
    zeros_.forget();
    clear_moments();
  }

  /// Learns from `count` samples; sample_of(i) is a training_pair. Sets the mean loss unless it is not finite.
  template <class SampleOf, class... Observer>
  constexpr status update(std::size_t count, SampleOf sample_of, T rate_factor, T& mean_loss,
                          Observer&... observer) noexcept {
    auto const former_rule = rule_;
    rule_.begin_step(rate_factor);
    T sum{};
    auto const outcome = learn(count, sample_of, sum, observer...);
    if (outcome != progress::refused_loss) mean_loss = count == 1 ? sum : sum / static_cast<T>(count);
    switch (outcome) {
      case progress::made: return status::ok;
      case progress::refused_loss: rule_ = former_rule; return status::loss_not_finite;
      case progress::refused_gradient: rule_ = former_rule; return status::step_not_finite;
      case progress::exploded: break;
    }
    bound_ = unknown;
    undo<Net>(network.parameters.data(), gradient_);
    clear_moments();
    return status::step_not_finite;
  }

private:
  /// What came of an update. All but an exploded one leave nothing to undo.
  enum class progress : unsigned char { made, refused_loss, refused_gradient, exploded };

  static constexpr std::make_index_sequence<Net::layer_count> layers{};
  static constexpr std::size_t moment_count = at_least_one(rule_type::moments * Net::trainable_count);
  static constexpr T unknown = std::numeric_limits<T>::infinity();
  static constexpr bool limited = requires(rule_type r) { r.limit(T{}); };
  static constexpr bool in_order = Order == update_order::original_weights;
  // More ways to make a step are more code and memory, so only hosts have them; and cores with kernels that store no
  // gradient have one more.
  static constexpr bool bounded =
      (kernel::native_lanes<T> > 1 || kernel::has_thumb_kernels<T>)&&in_order && requires(rule_type r) {
    r.bound(T{}, T{});
  };
  static constexpr bool grouped = groups_samples<Net> && in_order && Net::trainable_count != 0;

  constexpr void clear_moments() noexcept {
    rule_ = rule_type::from(options);
    for (T& m : moments_) m = T{};
  }

  template <class SampleOf, class... Observer>
  constexpr progress learn(std::size_t count, SampleOf sample_of, T& sum, Observer&... observer) noexcept {
    if constexpr ((bounded || grouped) && sizeof...(Observer) == 0)
      if (!std::is_constant_evaluated()) {
        if constexpr (bounded)
          if (count == 1) {
            if (auto const outcome = learn_within_bounds(sample_of(0), sum); outcome != progress::refused_gradient)
              return outcome;
            sum = T{};
          }
        if constexpr (grouped && !requires { SampleOf::alone; })
          if (count > 1) return learn_by_groups(count, sample_of, sum);
      }
    return learn_one_by_one(count, sample_of, sum, observer...);
  }

  template <class SampleOf, class... Observer>
  constexpr progress learn_one_by_one(std::size_t count, SampleOf sample_of, T& sum, Observer&... observer) noexcept {
    if constexpr (!limited)
      if (count == 1) {
        sum = learn_from<descent<Order, true>>(sample_of(0), observer...);
        return is_finite(sum) ? check() : progress::refused_loss;
      }
    for (T& g : gradient_) g = T{};
    for (std::size_t i = 0; i < count && is_finite(sum); ++i)
      sum += learn_from<gradient_only>(sample_of(i), observer...);
    return is_finite(sum) ? move(count, observer...) : progress::refused_loss;
  }

  template <class Lesson, class... Observer>
  constexpr T learn_from(training_pair<T> sample, Observer&... observer) noexcept {
    T *const parameters = network.parameters.data(), *const a = pass_.a(), *const b = pass_.b();
    return learn_sample<Loss, true, Lesson, Net>(layers, rule_, parameters, sample.input, sample.target, pass_.trace, a,
                                                 b, gradient_, moments_, observer...);
  }

  /// Moves the parameters against the sum of the gradients.
  template <class... Observer> constexpr progress move(std::size_t count, Observer&... observer) noexcept {
    if (!finish_gradient<Net>(rule_, gradient_, count)) return progress::refused_gradient;
    move_network<true, Net>(layers, rule_, network.parameters.data(), gradient_, moments_, observer...);
    return check();
  }

  /// Looks whether everything that has moved is finite.
  constexpr progress check() noexcept {
    bound_ = largest_parameter();
    return is_finite(bound_) && is_finite(kernel::largest_magnitude<moment_count>(moments_)) ? progress::made
                                                                                             : progress::exploded;
  }
  [[nodiscard]] constexpr T largest_parameter() const noexcept {
    return kernel::largest_magnitude<Net::parameter_count>(network.parameters.data());
  }
  constexpr void know_bound() noexcept {
    if (!(bound_ <= trusted_bound<T>)) bound_ = largest_parameter();
  }

  /// Refuses the gradient if by the bound a parameter could become infinite or NaN; it may still turn out well.
  constexpr progress learn_within_bounds(training_pair<T> sample, T& loss) noexcept {
    know_bound();
    auto const bound = step_within_bounds(sample, loss);
    if (!is_finite(loss)) return progress::refused_loss;
    bound_ = bound;
    return bound <= trusted_bound<T> ? progress::made : progress::refused_gradient;
  }

  constexpr T step_within_bounds(training_pair<T> sample, T& loss) noexcept {
    T* const parameters = network.parameters.data();
    if constexpr (steps_in_registers<Loss, Net> && requires { rule_.is_plain(); })
      if (rule_.is_plain())
        return tiny_step<Loss, Net>(layers, rule_, parameters, sample.input, sample.target, bound_, loss);
    if constexpr (zero_signs<Net, T>::template matter<rule_type>)
      return bounded_step<Loss, Net>(layers, rule_, parameters, sample.input, sample.target, pass_.trace, pass_.errors,
                                     bound_, loss, zeros_.may_skip(rule_, parameters));
    else
      return bounded_step<Loss, Net>(layers, rule_, parameters, sample.input, sample.target, pass_.trace, pass_.errors,
                                     bound_, loss);
  }

  template <class SampleOf> progress learn_by_groups(std::size_t count, SampleOf sample_of, T& sum) noexcept {
    auto& group = group_.object;
    T const* const parameters = network.parameters.data();
    T slope{};
    std::size_t at = 0;
    for (;;) {
      auto const here = count - at < group.capacity ? count - at : group.capacity;
      group.take(here, [&](std::size_t i) { return sample_of(at + i); });
      slope = group.template pass<bounded>(parameters, sum, slope);
      if (!is_finite(sum)) return progress::refused_loss;
      if (at + here == count) return move_by_group(group, count, at == 0, slope);
      add_gradient(group, count, at == 0, false);
      at += here;
    }
  }

  /// Adds the group's gradient to that of the batch. With the last one the parameters move, unless the whole gradient
  /// is wanted first.
  template <class Group> void add_gradient(Group& group, std::size_t count, bool first, bool moves) noexcept {
    T const share = T(1) / static_cast<T>(count);
    if constexpr (limited)
      group.gradient([&](auto stage) {
        return kernel::gradient_sum<T>{gradient_ + decltype(stage)::trainable_at, first};
      });
    else
      kernel::with_simplest<T>(rule_, [&](auto const& rule) {
        using Rule = std::remove_cvref_t<decltype(rule)>;
        group.gradient([&](auto stage) {
          using S = decltype(stage);
          return kernel::gradient_descent<Net::trainable_count, !bounded, Rule, T>{
              {rule, share, network.parameters.data() + S::parameters_at, gradient_ + S::trainable_at,
               moments_ + (Rule::moments == 0 ? 0 : S::trainable_at)},
              first,
              moves};
        });
      });
  }

  /// Moves the parameters by the gradient of the last group and what came before it.
  template <class Group> progress move_by_group(Group& group, std::size_t count, bool first, T slope) noexcept {
    if constexpr (bounded) {
      // Neither the sum of the gradients nor a parameter may overflow.
      know_bound();
      T const after = rule_.bound(bound_, slope);
      bool const safe = slope * static_cast<T>(count) <= trusted_bound<T> && after <= trusted_bound<T>;
      add_gradient(group, count, first, safe);
      if (!safe) return move(count);
      bound_ = after;
      return progress::made;
    } else {
      add_gradient(group, count, first, !limited);
      return limited ? move(count) : check();
    }
  }

  rule_type rule_{};
  alignas(streamed_alignment<T>) T moments_[moment_count]{};
  alignas(streamed_alignment<T>) T gradient_[at_least_one(Net::trainable_count)]{};
  alignas(streamed_alignment<T>) pass_memory<Net> pass_{};
  [[no_unique_address]] zero_signs<Net, T> zeros_;
  T bound_ = unknown;  // on all parameters; infinity if it is not known
  struct nothing {};
  [[no_unique_address]] std::conditional_t<grouped, room_for<sample_group<Loss, Net>>, nothing> group_;
};

}  // namespace ctnn::inline CTNN_ABI::detail
