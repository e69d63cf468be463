// SPDX-License-Identifier: BSL-1.0
/// \file Backpropagation: the outputs of every layer, the loss, and its gradient.
#pragma once
#include <ctnn/config/misuse.hpp>
#include <ctnn/loss/concepts.hpp>
#include <ctnn/model/network.hpp>
#include <ctnn/tensor/sum.hpp>
#include <ctnn/tensor/tiny.hpp>
#include <ctnn/train/observer.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI {

/// With which weights an error is carried back through a layer.
enum class update_order : unsigned char {
  original_weights,  ///< all gradients are taken before any weight moves
  updated_weights,   ///< a layer's weights move first, and carry the error back as updated; one sample an update
};

namespace detail {

/// The scratch memory of one pass forward and back.
template <class Net> struct pass_memory {
  using T = typename Net::scalar_type;

  T trace[Net::layers::sizes.trace];
  T errors[error_count(Net::layers::sizes)];

  /// Errors of the last layer and of every second one before it, and of the others.
  constexpr T* a() noexcept { return errors; }
  constexpr T* b() noexcept { return errors + Net::layers::sizes.widest; }
};

template <class Net, std::size_t I> using stage_of = typename Net::layers::template stage_at<I>;
template <class Net> using last_stage = stage_of<Net, Net::layer_count - 1>;

template <class Loss, class Net> constexpr void check_loss() {
  using last = last_stage<Net>;
  using activation = typename last::layer_type::activation_type;
  if constexpr (!Loss::template accepts<activation>)
    report_misuse<[](auto& text) {
      text << Loss::name << " wants " << Loss::wants << "; layer " << last::place.index << " (dense<" << last::outputs
           << ", " << activation::name << ">) is the last one";
    }>();
}

/// Who does a layer's work: the layer itself or, if somebody observes it, a go-between.
template <class Net, class S, class... Observer> struct worker { using type = typename S::layer_type::template at<S>; };
template <class Net, class S, class Observer> struct worker<Net, S, Observer> { using type = observed_work<Net, S>; };
template <class Net, std::size_t I, class... Observer>
using work_of = typename worker<Net, stage_of<Net, I>, Observer...>::type;

/// The outputs of every layer, for x.
template <class Net, class P, class X, class Trace, std::size_t... I, class... Observer>
constexpr void forward_pass(std::index_sequence<0, I...>, P const& parameters, X const& x, Trace& trace,
                            Observer&... observer) noexcept {
  work_of<Net, 0, Observer...>::forward(parameters, x, trace, observer...);
  (work_of<Net, I, Observer...>::forward(parameters, trace, trace, observer...), ...);
}

/// The loss, from the outputs of every layer. One of the whole layer leaves its derivatives in error.
template <class Loss, class Net, class Trace, class Target, class E, class... Observer>
constexpr typename Net::scalar_type loss_of(Trace const& trace, Target const& target, [[maybe_unused]] E& error,
                                            Observer&... observer) noexcept {
  using T = typename Net::scalar_type;
  using S = last_stage<Net>;
  constexpr auto count = S::outputs;
  if constexpr (layerwise_loss<Loss>) {
    T const* const wanted = &target[0];
    T const total = Loss::template evaluate<count>(&trace[S::net_at], &trace[S::outputs_at], wanted, &error[0]);
    (observer.loss(S{}, &trace[S::outputs_at], wanted, static_cast<T const*>(nullptr), total), ...);
    return total;
  } else {
    // On a device many terms would be memory that nobody needs; a host computes several at a time.
    if constexpr (kernel::native_lanes<T> == 1 && count > 8 && sizeof...(Observer) == 0)
      return kernel::sum<count>([&trace, &target](std::size_t o) {
        return Loss::template term<count>(trace[S::net_at + o], trace[S::outputs_at + o], target[o]);
      });
    T terms[count];
    for (std::size_t o = 0; o < count; ++o)
      terms[o] = Loss::template term<count>(trace[S::net_at + o], trace[S::outputs_at + o], target[o]);
    T const total = kernel::sum<count>([&terms](std::size_t o) { return terms[o]; });
    (observer.loss(S{}, &trace[S::outputs_at], &target[0], static_cast<T const*>(terms), total), ...);
    return total;
  }
}

/// What backpropagation does at layer I. The arrays a and b hold errors in turn, a those of the last layer.
template <class Net, std::size_t I> struct plan {
  using S = stage_of<Net, I>;
  static constexpr bool learns = S::trainable != 0;
  static constexpr bool carries = S::carries_back;
  static constexpr bool chains = (learns || carries) && I + 1 != Net::layer_count;
  static constexpr bool in_a = (Net::layer_count - I) % 2 == 1;
};

/// What a layer that does not learn does in a lesson.
struct no_lesson {
  template <class... Any> static constexpr void descend(Any const&...) noexcept {}
};
template <class Lesson, class Net, std::size_t I, class... Observer>
using lesson_of =
    std::conditional_t<plan<Net, I>::learns, typename Lesson::template at<Net, I, Observer...>, no_lesson>;

/// A lesson adds the gradient to an array, to be learned from later. It has the form of a layer's work.
struct gradient_only {
  static constexpr bool before_propagation = true;
  template <class Net, std::size_t I, class... Observer> struct at {
    template <class Rule, class X, class E, class P, class G, class M>
    static constexpr void descend(Rule const&, X const& x, E const& error, P&, G& g, M&,
                                  Observer&... observer) noexcept {
      work_of<Net, I, Observer...>::gradient(x, error, g, observer...);
    }
  };
};

/// Learns from one sample by a pass forward and back. Returns the loss; 0 if it is element-wise and not Wanted.
/// If the loss is Wanted and not finite nothing is learned.
///
/// The arrays come one by one and, where they are locals, as arrays; everything is one expression a pass: a compiler
/// that evaluates this spends its time on calls, their arguments and pointers.
template <class Loss, bool Wanted, class Lesson, class Net, class Rule, class P, class X, class Target, class Trace,
          class E, class G, class M, std::size_t... I, class... Observer>
constexpr typename Net::scalar_type learn_sample(std::index_sequence<0, I...>, Rule const& rule, P& parameters,
                                                 X const& x, Target const& target, Trace& trace, E& a, E& b,
                                                 G& gradient, M& moments, Observer&... observer) noexcept {
  constexpr auto n = Net::layer_count;
  work_of<Net, 0, Observer...>::forward(parameters, x, trace, observer...);
  (work_of<Net, I, Observer...>::forward(parameters, trace, trace, observer...), ...);
  typename Net::scalar_type loss{};
  if constexpr (Wanted || layerwise_loss<Loss>) loss = loss_of<Loss, Net>(trace, target, a, observer...);
  if constexpr (Wanted)
    if (!is_finite(loss)) return loss;
  work_of<Net, n - 1, Observer...>::template output_error<Loss>(trace, target, a, observer...);

  // From the last layer to the second; the first reads x.
  ((plan<Net, n - I>::chains
        ? work_of<Net, n - I, Observer...>::chain(trace, plan<Net, n - I>::in_a ? a : b, observer...)
        : void(),
    plan<Net, n - I>::learns && Lesson::before_propagation
        ? lesson_of<Lesson, Net, n - I, Observer...>::descend(rule, trace, plan<Net, n - I>::in_a ? a : b, parameters,
                                                              gradient, moments, observer...)
        : void(),
    plan<Net, n - I>::carries ? work_of<Net, n - I, Observer...>::propagate(parameters, plan<Net, n - I>::in_a ? a : b,
                                                                            plan<Net, n - I>::in_a ? b : a, observer...)
                              : void(),
    plan<Net, n - I>::learns && !Lesson::before_propagation
        ? lesson_of<Lesson, Net, n - I, Observer...>::descend(rule, trace, plan<Net, n - I>::in_a ? a : b, parameters,
                                                              gradient, moments, observer...)
        : void()),
   ...);
  if constexpr (plan<Net, 0>::chains)
    work_of<Net, 0, Observer...>::chain(trace, plan<Net, 0>::in_a ? a : b, observer...);
  if constexpr (plan<Net, 0>::learns)
    lesson_of<Lesson, Net, 0, Observer...>::descend(rule, x, plan<Net, 0>::in_a ? a : b, parameters, gradient, moments,
                                                    observer...);
  return loss;
}

}  // namespace detail
}  // namespace ctnn::inline CTNN_ABI
