// SPDX-License-Identifier: BSL-1.0
/// \file A little of everything, evaluated by the compiler too.
#include <ctnn.hpp>
#include <ctnn/math/log1p.hpp>

#include "hash.hpp"
#include "inputs.hpp"
#include "workload.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace exactness {
namespace {

/// The seed, of which the optimiser is to know nothing at run time.
constexpr std::uint64_t opaque(std::uint64_t seed) noexcept {
  if (!std::is_constant_evaluated()) asm volatile("" : "+m"(seed));
  return seed;
}

template <class T> struct mathematics {
  static constexpr std::uint64_t evaluate() {
    ctnn::math::rng random{opaque(5)};
    hash h;
    for (int i = 0; i < 40; ++i) {
      T const x = T(i < 20 ? 4 : 40) * (T(2) * random.uniform<T>() - T(1));
      h.add(ctnn::math::exp(x));
      h.add(ctnn::math::expm1(x));
      h.add(ctnn::math::log(x < 0 ? -x : x));
      h.add(ctnn::math::log1p(x < 0 ? -x : x));
      h.add(ctnn::math::tanh(x));
      h.add(ctnn::math::logistic(x));
      h.add(ctnn::math::softplus(x));
      h.add(ctnn::math::erf(x));
      h.add(ctnn::math::sqrt(x < 0 ? -x : x));
      h.add(ctnn::math::cospi(x));
    }
    return h.value();
  }
};

/// The special values that a constant can be computed from: NaN, infinities and subnormals too.
template <class T> struct special_values {
  static constexpr std::uint64_t evaluate() {
    hash h;
    for (std::uint64_t i = opaque(0); i < special_count<T>; ++i) {
      T const x = special_inputs<T>[i];
      h.add(ctnn::math::exp(x));
      h.add(ctnn::math::tanh(x));
      h.add(ctnn::math::logistic(x));
      h.add(ctnn::math::log(x));
      h.add(ctnn::math::sqrt(x));
    }
    return h.value();
  }
};

template <class T>
using net = ctnn::network<T, ctnn::input<7>, ctnn::dense<11, ctnn::silu>, ctnn::dense<6, ctnn::elu>,
                          ctnn::dense<5, ctnn::softmax>>;

template <class T> constexpr std::array<ctnn::sample<net<T>>, 3> samples(std::uint64_t seed) {
  ctnn::math::rng random{seed};
  std::array<ctnn::sample<net<T>>, 3> all{};
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (T& x : all[i].input) x = T(2) * random.uniform<T>() - T(1);
    all[i].target[2 * i] = T(1);
  }
  return all;
}

template <class T> struct gradients {
  static constexpr std::uint64_t evaluate() {
    auto const seed = opaque(9);
    auto const n = ctnn::initialize<net<T>>(ctnn::glorot{.seed = seed, .shape = ctnn::distribution::normal});
    hash h;
    for (auto const& s : samples<T>(seed)) {
      h.add(n(s.input));
      h.add(ctnn::loss<ctnn::cross_entropy>(n, s.input, s.target));
      h.add(ctnn::gradient<ctnn::cross_entropy>(n, s.input, s.target).parameters);
    }
    return h.value();
  }
};

template <class T, auto Optimizer> struct steps {
  static constexpr std::uint64_t evaluate() {
    auto const seed = opaque(4);
    ctnn::trainer<net<T>, ctnn::cross_entropy, std::remove_const_t<decltype(Optimizer)>> trainer{
        ctnn::initialize<net<T>>(ctnn::he{.seed = seed}), Optimizer};
    hash h;
    auto const all = samples<T>(seed);
    for (auto const& s : all) (void)trainer.step(s.input, s.target);
    h.add(trainer.loss());
    (void)trainer.step(all);
    h.add(trainer.network().parameters);
    return h.value();
  }
};

/// What the self-test finds, of which 0 is nothing.
template <class T> struct self_test {
  static constexpr std::uint64_t evaluate() {
    return std::is_constant_evaluated() ? std::uint64_t{0} : static_cast<std::uint64_t>(ctnn::self_test<T>());
  }
};

template <class Case> constexpr std::uint64_t as_constant = Case::evaluate();

template <class Case> constexpr part compared(char const* name) {
  return {name, [] { return Case::evaluate(); }, &as_constant<Case>};
}

constexpr ctnn::clipped<ctnn::adamw> clipped{.optimizer = {.learning_rate = .01}, .max_norm = .5};

constexpr part parts[] = {
    compared<self_test<float>>("self-test, float"),
    compared<self_test<double>>("self-test, double"),
    compared<mathematics<float>>("functions, float"),
    compared<mathematics<double>>("functions, double"),
    compared<special_values<float>>("functions of special values, float"),
    compared<special_values<double>>("functions of special values, double"),
    compared<gradients<float>>("a gradient, float"),
    compared<gradients<double>>("a gradient, double"),
    compared<steps<float, ctnn::adam{}>>("steps of adam, float"),
    compared<steps<double, ctnn::adam{}>>("steps of adam, double"),
    compared<steps<float, clipped>>("steps of clipped adamw, float"),
    compared<steps<double, clipped>>("steps of clipped adamw, double"),
    compared<steps<float, ctnn::rmsprop{}>>("steps of rmsprop, float"),
    compared<steps<double, ctnn::sgd_momentum{}>>("steps of sgd_momentum, double"),
};

}  // namespace

part_list constant_parts() { return {parts, sizeof parts / sizeof *parts}; }

}  // namespace exactness
