// SPDX-License-Identifier: BSL-1.0
/// \file Optimizers, schedules and samples of the library as the interpreter's.
#pragma once
#include "describe.hpp"

#include <type_traits>
#include <vector>

namespace arithmetic_test {

template <class O> in::recipe recipe_of(O const& o) {
  in::recipe r{in::method::sgd, o.learning_rate, o.weight_decay};
  if constexpr (requires { o.momentum; }) {
    r.m = o.nesterov ? in::method::nesterov : in::method::momentum;
    r.decay = o.momentum;
  }
  if constexpr (requires { o.smoothing; }) {
    r.m = in::method::rmsprop;
    r.decay = o.smoothing;
    r.epsilon = o.epsilon;
  }
  if constexpr (requires { o.beta2; }) {
    r.m = std::is_same_v<O, ctnn::adam> ? in::method::adam : in::method::adamw;
    r.decay = o.beta1;
    r.beta2 = o.beta2;
    r.epsilon = o.epsilon;
  }
  return r;
}
template <class O> in::recipe recipe_of(ctnn::clipped<O> const& o) {
  auto r = recipe_of(o.optimizer);
  r.max_norm = o.max_norm;
  return r;
}

template <class T> in::schedule<T> rates_of(ctnn::constant_rate const&) {
  return [](std::size_t) { return T(1); };
}
template <class T> in::schedule<T> rates_of(ctnn::step_decay const& s) {
  return [=](std::size_t u) { return in::step_decay<T>(s.every, s.decay, u); };
}
template <class T> in::schedule<T> rates_of(ctnn::cosine const& s) {
  return [=](std::size_t u) { return in::cosine<T>(s.steps, s.last, u); };
}
template <class T, class After> in::schedule<T> rates_of(ctnn::warm_up<After> const& s) {
  return [s, after = rates_of<T>(s.after)](std::size_t u) { return in::warm_up<T>(s.steps, after, u); };
}

template <class Net> auto random_samples(source& random, std::size_t count) {
  std::vector<ctnn::sample<Net>> samples(count);
  for (auto& s : samples) {
    random.fill(s.input);
    random.fill_target(s.target);
  }
  return samples;
}
template <class Net> auto lessons_of(std::vector<ctnn::sample<Net>> const& samples) {
  std::vector<in::sample<typename Net::scalar_type>> result;
  for (auto const& s : samples) result.push_back({listed(s.input), listed(s.target)});
  return result;
}

}  // namespace arithmetic_test
