// SPDX-License-Identifier: BSL-1.0
/// \file Training at run time, sample by sample, without memory for a gradient.
#pragma once
#include <ctnn/config/status.hpp>
#include <ctnn/loss/concepts.hpp>
#include <ctnn/loss/half_squared_error.hpp>
#include <ctnn/model/network.hpp>
#include <ctnn/optimizer/schedule.hpp>
#include <ctnn/optimizer/sgd.hpp>
#include <ctnn/tensor/magnitude.hpp>
#include <ctnn/train/bounded_step.hpp>

#include <cstddef>
#include <limits>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI {

namespace detail {

/// Moves nothing, but sees whether everything would stay finite.
template <class Rule> struct rehearsal {
  static constexpr std::size_t moments = 0;
  Rule const& rule;
  bool& finite;

  template <class V> constexpr void move(V const& p, V const& g) const noexcept {
    V q = p;
    rule.move(q, g);
    if constexpr (std::is_floating_point_v<V>)
      finite &= is_finite(q);
    else
      for (std::size_t k = 0; k < sizeof(V) / sizeof q[0]; ++k) finite &= is_finite(q[k]);
  }
};

/// Rule applied to all layers, with the errors that bounded_step left.
template <class Net, class Rule, class T, std::size_t... I>
constexpr void descend_layers(std::index_sequence<0, I...>, Rule const& rule, T* parameters, T const* x,
                              [[maybe_unused]] T const* trace, T const* errors) noexcept {
  descend_layer<Net, 0>(rule, parameters, x, errors);
  (descend_layer<Net, I>(rule, parameters, trace, errors), ...);
}

}  // namespace detail

/// Learns from one sample at a time, with the bits of trainer::step(x, target) and little more memory than the network:
/// neither a gradient nor former parameters are kept, as a step is known to go well before it is made. For plain
/// gradient descent, and `step` alone; everything else is `trainer`'s.
///
/// \errors  run time: a status, after which the network is the last good one; a step that is refused changes nothing.
///          compile: a loss that does not go with the last layer; an optimizer with memory, or that wants the
///          gradient's length.
/// \cost    beside the parameters summary_of<Net>.online_ram bytes and a few numbers, no heap
template <class Net, loss_function Loss = half_squared_error, optimizer Optimizer = sgd,
          schedule Schedule = constant_rate>
class online_trainer {
  using T = typename Net::scalar_type;
  using rule_type = typename Optimizer::template rule<T>;
  static_assert(
      rule_type::moments == 0 && requires(rule_type r) { r.bound(T{}, T{}); },
      "online_trainer is for plain gradient descent, ctnn::sgd; other optimizers need ctnn::trainer");

public:
  using input_type = typename Net::input_type;
  using output_type = typename Net::output_type;

  explicit constexpr online_trainer(Net const& start, Optimizer const& optimizer = {},
                                    Schedule const& rates = {}) noexcept
      : network_{start}, rule_{rule_type::from(optimizer)}, schedule_{rates} {
    detail::check_loss<Loss, Net>();
    options_good_ = !(optimizer.check() || rates.check());
    restart(start);
  }

  /// Learns from one sample.
  constexpr status step(input_type const& x, output_type const& target) noexcept {
    if (!options_good_) return state_ = status::bad_option;
    auto const former_rule = rule_;
    rule_.begin_step(schedule_.template factor<T>(updates_));
    state_ = learn(x.data(), target.data());
    if (state_ == status::ok)
      ++updates_;
    else
      rule_ = former_rule;
    return state_;
  }

  /// The network as trained so far.
  [[nodiscard]] constexpr Net const& network() const noexcept { return network_; }
  /// What the latest call came to.
  [[nodiscard]] constexpr status state() const noexcept { return state_; }
  /// The loss of the latest step's sample, before it.
  [[nodiscard]] constexpr T loss() const noexcept { return loss_; }
  /// How many updates were made.
  [[nodiscard]] constexpr std::size_t updates() const noexcept { return updates_; }

  /// Starts over with another network, as a new trainer with the same options would.
  constexpr void restart(Net const& network) noexcept {
    network_ = network;
    state_ = options_good_ ? status::ok : status::bad_option;
    updates_ = 0;
    loss_ = T{};
    zeros_.forget();
    // A large network's is looked for in the first step, as a compiler would take long for it.
    bound_ = Net::parameter_count <= 4096 ? largest_parameter() : std::numeric_limits<T>::infinity();
  }

private:
  constexpr T largest_parameter() const noexcept {
    return kernel::largest_magnitude<Net::parameter_count>(network_.parameters.data());
  }

  constexpr status learn(T const* x, T const* target) noexcept {
    constexpr std::make_index_sequence<Net::layer_count> layers{};
    T* const parameters = network_.parameters.data();
    if (!(bound_ <= detail::trusted_bound<T>)) bound_ = largest_parameter();
    T loss{};
    if constexpr (detail::zero_signs<Net, T>::template matter<rule_type>)
      bound_ = detail::bounded_step<Loss, Net>(layers, rule_, parameters, x, target, pass_.trace, pass_.errors, bound_,
                                               loss, zeros_.may_skip(rule_, parameters));
    else
      bound_ = detail::bounded_step<Loss, Net>(layers, rule_, parameters, x, target, pass_.trace, pass_.errors, bound_,
                                               loss);
    if (!is_finite(loss)) return status::loss_not_finite;
    if (!(bound_ <= detail::trusted_bound<T>)) {  // nothing has moved: it may go well nevertheless
      bool finite = is_finite(largest_parameter());
      detail::descend_layers<Net>(layers, detail::rehearsal<rule_type>{rule_, finite}, parameters, x, pass_.trace,
                                  pass_.errors);
      if (!finite) return status::step_not_finite;
      detail::descend_layers<Net>(layers, rule_, parameters, x, pass_.trace, pass_.errors);
    }
    loss_ = loss;
    return status::ok;
  }

  Net network_;
  rule_type rule_;
  Schedule schedule_;
  std::size_t updates_ = 0;
  T loss_{};
  detail::pass_memory<Net> pass_{};
  [[no_unique_address]] detail::zero_signs<Net, T> zeros_;
  T bound_ = std::numeric_limits<T>::infinity();  // on all parameters; infinity if it is not known
  status state_ = status::ok;
  bool options_good_ = true;
};

}  // namespace ctnn::inline CTNN_ABI
