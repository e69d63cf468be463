// SPDX-License-Identifier: BSL-1.0
/// \file The loss of a network on samples, and its gradient.
#pragma once
#include <ctnn/model/sample.hpp>
#include <ctnn/train/backprop.hpp>

#include <array>
#include <cstddef>
#include <utility>

namespace ctnn::inline CTNN_ABI {

/// The loss of one input and target.
/// \shape   input[input_count], target[output_count] -> scalar
/// \errors  compile: a loss that the last layer's activation does not go with. Run: none; what is not finite stays so.
template <loss_function Loss, class Net>
[[nodiscard]] constexpr typename Net::scalar_type loss(Net const& net, typename Net::input_type const& x,
                                                       typename Net::output_type const& target) noexcept {
  detail::check_loss<Loss, Net>();
  detail::pass_memory<Net> memory;
  auto const* const parameters = net.parameters.data();
  detail::forward_pass<Net>(std::make_index_sequence<Net::layer_count>{}, parameters, x.data(), memory.trace);
  return detail::loss_of<Loss, Net>(memory.trace, target.data(), memory.errors);
}

namespace detail {

/// Refuses samples of another shape than the network's.
template <class Net, class Sample> constexpr bool check_samples() {
  constexpr bool good = std::is_same_v<Sample, sample<Net>>;
  if constexpr (!good) {
    if constexpr (requires(Sample s) { s.input.size() + s.target.size(); })
      report_misuse<[](auto& text) {
        text << "these samples have " << std::tuple_size_v<decltype(Sample::input)> << " inputs and "
             << std::tuple_size_v<decltype(Sample::target)> << " targets, of type "
             << name_of<std::remove_cvref_t<decltype(Sample::input[0])>>{} << "; the network wants " << Net::input_count
             << " inputs and " << Net::output_count << " targets, of type " << name_of<typename Net::scalar_type>{};
      }>();
    else
      report_misuse<[](auto& text) {
        text << "samples are wanted here, an array or the like of sample<network>; not of this: " << name_of<Sample>{};
      }>();
  }
  return good;
}

template <class Samples> using element_of = std::remove_cvref_t<decltype(*std::declval<Samples const&>().data())>;

}  // namespace detail

/// The mean loss of samples (anything with data() and size()); 0 for none.
template <loss_function Loss, class Net, class Samples>
requires requires(Samples const& s) { s.data() + s.size(); }
[[nodiscard]] constexpr typename Net::scalar_type loss(Net const& net, Samples const& samples) noexcept {
  using T = typename Net::scalar_type;
  detail::check_samples<Net, detail::element_of<Samples>>();
  T sum{};
  auto const* const first = samples.data();
  auto const count = static_cast<std::size_t>(samples.size());
  for (std::size_t i = 0; i < count; ++i) sum += loss<Loss>(net, first[i].input, first[i].target);
  return count == 0 ? sum : sum / static_cast<T>(count);
}

/// dE/dp for every parameter p, as a network of the same type; 0 for parameters that are frozen.
template <loss_function Loss, class Net>
[[nodiscard]] constexpr Net gradient(Net const& net, typename Net::input_type const& x,
                                     typename Net::output_type const& target) noexcept {
  using T = typename Net::scalar_type;
  detail::check_loss<Loss, Net>();
  detail::pass_memory<Net> memory;
  T trained[detail::at_least_one(Net::trainable_count)]{};
  auto const* const parameters = net.parameters.data();
  constexpr std::make_index_sequence<Net::layer_count> layers;
  constexpr int no_rule = 0, no_moments = 0;
  auto *const a = memory.a(), *const b = memory.b();
  (void)detail::learn_sample<Loss, false, detail::gradient_only, Net>(
      layers, no_rule, parameters, x.data(), target.data(), memory.trace, a, b, trained, no_moments);
  Net result;
  Net::layers::forward(0, [&](int, auto stage) {
    constexpr auto& place = decltype(stage)::place;
    for (std::size_t i = 0; i < place.sizes.trainable; ++i)
      result.parameters[place.parameters + i] = trained[place.trainable + i];
    return 0;
  });
  return result;
}

}  // namespace ctnn::inline CTNN_ABI
