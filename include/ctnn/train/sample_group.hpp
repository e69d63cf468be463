// SPDX-License-Identifier: BSL-1.0
/// \file Backpropagation for a group of samples at once, which share the loads of the weights. At run time only, and
/// where there are vector registers: a group needs memory, which hosts have and devices have not.
///
/// The numbers lie neuron by neuron, not sample by sample (see tensor/group_products.hpp). Each sample's are the same
/// as if it were alone, and its gradient is added after those of the samples before it.
#pragma once
#include <ctnn/tensor/gathered.hpp>
#include <ctnn/tensor/magnitude.hpp>
#include <ctnn/tensor/simd.hpp>
#include <ctnn/tensor/sum.hpp>
#include <ctnn/tensor/transpose.hpp>
#include <ctnn/train/backprop.hpp>
#include <ctnn/train/bounded_step.hpp>
#include <ctnn/train/layer_errors.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI::detail {

/// Numbers that a group keeps of each sample.
template <class Net>
inline constexpr std::size_t numbers_in_group = [] {
  auto const& all = Net::layers::sizes;
  auto const hidden = all.widest_hidden[0] < all.widest_hidden[1] ? all.widest_hidden[1] : all.widest_hidden[0];
  return Net::input_count + Net::output_count + all.trace + all.neurons + hidden;
}();

/// Samples in a group: as many as a quarter of a second-level cache holds, but no more than 32 and a vector at least.
template <class Net>
inline constexpr std::size_t group_size = [] {
  using T = typename Net::scalar_type;
  std::size_t size = 32;
  while (size > kernel::native_lanes<T> && size * numbers_in_group<Net> * sizeof(T) > 262'144) size /= 2;
  return size;
}();

template <class Net, std::size_t I>
using group_work_of = typename stage_of<Net, I>::layer_type::template group_at<stage_of<Net, I>, group_size<Net>>;

template <class Net, class = std::make_index_sequence<Net::layer_count>> inline constexpr bool groups_samples = false;
template <class Net, std::size_t... I>
requires(kernel::native_lanes<typename Net::scalar_type> >= 2 && (requires {
           typename group_work_of<Net, I>;
         } && ...)) inline constexpr bool groups_samples<Net, std::index_sequence<I...>> = true;

/// Whether a layer's work can leave out samples if it knows that all numbers are finite.
template <class Net, class = std::make_index_sequence<Net::layer_count>>
inline constexpr bool any_skips_samples = false;
template <class Net, std::size_t... I>
inline constexpr bool any_skips_samples<Net, std::index_sequence<I...>> =
    (group_work_of<Net, I>::template skips<typename Net::scalar_type> || ...);

template <class Loss, class Net> class sample_group {
  using T = typename Net::scalar_type;
  static constexpr std::size_t size = group_size<Net>, lanes = kernel::native_lanes<T>, n = Net::layer_count;
  static constexpr std::size_t outputs = Net::output_count;
  using last = last_stage<Net>;

public:
  static constexpr std::size_t capacity = size;

  /// Takes `count` samples; sample_of(i) has pointers to input and target.
  template <class SampleOf> void take(std::size_t count, SampleOf sample_of) noexcept {
    count_ = count;
    padded_ = (count + lanes - 1) / lanes * lanes;
    for (std::size_t s = 0; s < padded_; ++s) {
      auto const sample = sample_of(s < count ? s : 0);
      input_[s] = sample.input;
      target_[s] = sample.target;
    }
  }

  /// Passes forward and back for all samples: their losses are added to a sum one after the other. Returns the steepest
  /// slope that a parameter can have for one of them, but not less than `other`, if it is Wanted. If the sum is not
  /// finite, the rest is of no use.
  template <bool Wanted> [[nodiscard]] T pass(T const* parameters, T& sum, T other) noexcept {
    constexpr bool wanted = Wanted || any_skips_samples<Net>;
    T const slope = slope_of_pass<wanted>(parameters, sum, other);
    finite_ = is_finite(slope);
    return slope;
  }

  /// Adds the gradients to what the ledgers have (see tensor/group_gradient.hpp); ledger_of(stage) is that of a layer.
  template <class LedgerOf> void gradient(LedgerOf ledger_of) noexcept {
    [&]<std::size_t... I>(std::index_sequence<I...>) { (gradient_of<I>(ledger_of), ...); }
    (std::make_index_sequence<n>{});
  }

private:
  template <bool Wanted> [[nodiscard]] T slope_of_pass(T const* parameters, T& sum, T other) noexcept {
    by_vectors_ = count_ > most_one_by_one;
    if (!by_vectors_) return pass_one_by_one<Wanted>(parameters, sum, other);
    transpose();
    sum = forward(parameters, sum);
    if (!is_finite(sum)) return other;
    backward(parameters);
    return Wanted ? steepest(other) : other;
  }

  /// So few samples are passed one by one, as by vectors they would be as much work as a vector of them. By
  /// measurement; a tiny network's vectors are little work.
  static constexpr std::size_t few = Net::parameter_count <= 64 ? lanes / 4 : 6;
  static constexpr std::size_t most_one_by_one = few < size ? few : size - 1;
  static constexpr std::size_t trace_size = Net::layers::sizes.trace;

  /// The same sample by sample. Of each there is a trace of its own then, one after the other.
  template <bool Wanted> [[nodiscard]] T pass_one_by_one(T const* parameters, T& sum, T other) noexcept {
    constexpr std::make_index_sequence<n> layers{};
    constexpr std::size_t neurons = Net::layers::sizes.neurons;
    static_assert(trace_size >= neurons && most_one_by_one < size);
    T* const errors = trace_ + most_one_by_one * trace_size;  // behind the last trace
    for (std::size_t s = 0; s < count_; ++s) {
      T* const trace = trace_ + s * trace_size;
      sum += find_errors<Loss, Net>(layers, parameters, input_[s], target_[s], trace, errors);
      if (!is_finite(sum)) return other;
      if constexpr (Wanted) other = greater(steepest_slope<Net, T>(layers, input_[s], trace, errors), other);
      for (std::size_t k = 0; k < neurons; ++k) errors_[k * size + s] = errors[k];
    }
    return other;
  }

  void transpose() noexcept {
    kernel::transpose<kernel::lanes_within<T, Net::input_count>>(
        padded_, Net::input_count, [this](std::size_t s) { return input_[s]; }, inputs_, size);
    if constexpr (!layerwise_loss<Loss>)
      kernel::transpose<kernel::lanes_within<T, outputs>>(
          padded_, outputs, [this](std::size_t s) { return target_[s]; }, targets_, size);
  }

  /// The outputs of every layer, and the samples' losses added to a sum one after the other.
  [[nodiscard]] T forward(T const* parameters, T sum) noexcept {
    [&]<std::size_t... I>(std::index_sequence<0, I...>) {
      group_work_of<Net, 0>::forward(parameters, static_cast<T const*>(inputs_), trace_, padded_);
      (group_work_of<Net, I>::forward(parameters, static_cast<T const*>(trace_), trace_, padded_), ...);
    }
    (std::make_index_sequence<n>{});
    T losses[size];
    find_losses(losses);
    for (std::size_t s = 0; s < count_; ++s) sum += losses[s];
    return sum;
  }

  /// The errors of every layer, as dE/dnet.
  void backward(T const* parameters) noexcept {
    if constexpr (!layerwise_loss<Loss>) {
      T const *const net = trace_ + last::net_at * size, *const out = trace_ + last::outputs_at * size;
      for (std::size_t o = 0; o < outputs; ++o)
        for (std::size_t s = o * size; s < o * size + padded_; ++s)
          errors_of<n - 1>()[s] = Loss::template derivative<outputs>(net[s], out[s], targets_[s]);
    }
    if constexpr (!Loss::differentiates_net) group_work_of<Net, n - 1>::chain(trace_, errors_of<n - 1>(), padded_);
    [&]<std::size_t... I>(std::index_sequence<0, I...>) { (carry_back<n - I>(parameters), ...); }
    (std::make_index_sequence<n>{});
  }

  /// A bound on the slope that a parameter can have for one of the samples, but not less than `other`.
  [[nodiscard]] T steepest(T other) const noexcept {
    [&]<std::size_t... I>(std::index_sequence<I...>) { ((other = steepest_of<I>(other)), ...); }
    (std::make_index_sequence<n>{});
    return other;
  }

  template <std::size_t I> T* errors_of() noexcept { return errors_ + errors_at<Net, I> * size; }

  void find_losses(T* losses) noexcept {
    T const *const net = trace_ + last::net_at * size, *const out = trace_ + last::outputs_at * size;
    if constexpr (layerwise_loss<Loss>) {
      using one = kernel::gathered<outputs, size, T>;
      for (std::size_t s = 0; s < padded_; ++s) {
        one const x{net + s}, y{out + s};
        one error = y;
        losses[s] = Loss::template evaluate<outputs>(x.numbers, y.numbers, target_[s], error.numbers);
        error.scatter(errors_of<n - 1>() + s);
      }
    } else {
      using V = kernel::vector<T, lanes>;
      for (std::size_t s = 0; s < padded_; s += lanes) {
        V const sum = kernel::sum<outputs>([&](std::size_t o) {
          T terms[lanes];
          for (std::size_t k = 0; k < lanes; ++k) {
            auto const at = o * size + s + k;
            terms[k] = Loss::template term<outputs>(net[at], out[at], targets_[at]);
          }
          return kernel::load<V>(terms);
        });
        kernel::store(sum, losses + s);
      }
    }
  }

  /// Carries the errors of layer I back to the one before it.
  template <std::size_t I> void carry_back(T const* parameters) noexcept {
    if constexpr (plan<Net, I>::carries) {
      group_work_of<Net, I>::propagate(parameters, static_cast<T const*>(errors_of<I>()), errors_of<I - 1>(), padded_);
      if constexpr (plan<Net, I - 1>::chains)
        group_work_of<Net, I - 1>::chain(static_cast<T const*>(trace_), errors_of<I - 1>(), padded_);
    }
  }

  template <std::size_t I> [[nodiscard]] T steepest_of(T other) const noexcept {
    if constexpr (!plan<Net, I>::learns) {
      return other;
    } else {
      using S = stage_of<Net, I>;
      T const* const from = I == 0 ? inputs_ : trace_ + S::source_at * size;
      T const error = kernel::bound_of_group<S::outputs, size>(errors_ + errors_at<Net, I> * size, padded_);
      return steeper(error, kernel::bound_of_group<S::inputs, size>(from, padded_), other);
    }
  }

  template <std::size_t I, class LedgerOf> void gradient_of(LedgerOf ledger_of) noexcept {
    if constexpr (plan<Net, I>::learns) {
      using S = stage_of<Net, I>;
      using work = group_work_of<Net, I>;
      T const *const errors = errors_of<I>(), *const of_group = I == 0 ? inputs_ : trace_;
      if constexpr (work::template sums_all<T>)
        if (by_vectors_) return work::gradient_by_neurons(count_, of_group, errors, ledger_of(S{}));
      if constexpr (I == 0) {
        work::gradient(
            count_, [this](std::size_t s) { return input_[s]; }, errors, ledger_of(S{}), finite_);
      } else {
        T const* from = trace_ + S::source_at;
        std::size_t apart = trace_size;
        if (by_vectors_) {
          kernel::transpose<kernel::lanes_within<T, S::inputs>>(
              S::inputs, padded_, [of_group](std::size_t i) { return of_group + (S::source_at + i) * size; }, source_,
              S::inputs);
          from = source_;
          apart = S::inputs;
        }
        work::gradient(
            count_, [from, apart](std::size_t s) { return from + s * apart; }, errors, ledger_of(S{}), finite_);
      }
    }
  }

  static constexpr std::size_t widest_hidden =
      numbers_in_group<Net> - (Net::input_count + outputs + Net::layers::sizes.trace + Net::layers::sizes.neurons);

  alignas(64) T inputs_[Net::input_count * size];
  alignas(64) T targets_[outputs * size];
  alignas(64) T trace_[Net::layers::sizes.trace * size];
  alignas(64) T errors_[Net::layers::sizes.neurons * size];
  alignas(64) T source_[at_least_one(widest_hidden * size)];  // a hidden layer's outputs, sample by sample
  T const* input_[size];
  T const* target_[size];
  std::size_t count_, padded_;
  bool by_vectors_;
  bool finite_;  // inputs and errors of all layers that learn
};

}  // namespace ctnn::inline CTNN_ABI::detail
