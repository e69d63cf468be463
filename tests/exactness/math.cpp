// SPDX-License-Identifier: BSL-1.0
/// \file Every function of ctnn::math and every activation.
#include <ctnn.hpp>
#include <ctnn/math/log1p.hpp>

#include "hash.hpp"
#include "inputs.hpp"
#include "workload.hpp"

#include <cstddef>
#include <cstdint>

namespace exactness {
namespace {

#ifndef EXACTNESS_INPUTS
#define EXACTNESS_INPUTS 1'000'000  // for each function and each of its types
#endif

/// f of all inputs, in runs that a compiler can vectorise.
template <class T, auto F> std::uint64_t function() {
  constexpr std::size_t run = 64;
  T x[run], y[run];
  input_sequence<T> inputs;
  hash h;
  for (std::int32_t left = EXACTNESS_INPUTS; left > 0; left -= static_cast<std::int32_t>(run)) {
    for (T& each : x) each = inputs.next();
    for (std::size_t i = 0; i < run; ++i) y[i] = F(x[i]);
    h.add(y, run);
  }
  return h.value();
}

/// An activation and its derivative, of finite inputs: what infinite ones give is not promised.
template <class T, class A> std::uint64_t activation() {
  constexpr std::size_t run = 64;
  T x[run], y[run], slope[run];
  input_sequence<T> inputs;
  hash h;
  for (std::int32_t left = EXACTNESS_INPUTS / 4; left > 0; left -= static_cast<std::int32_t>(run)) {
    for (T& each : x) {
      each = inputs.next();
      if (!ctnn::is_finite(each)) each = T(1.5);
    }
    for (std::size_t i = 0; i < run; ++i) y[i] = A::apply(x[i]);
    for (std::size_t i = 0; i < run; ++i) slope[i] = A::derivative(x[i], y[i]);
    h.add(y, run);
    h.add(slope, run);
  }
  return h.value();
}

constexpr auto exp = [](auto x) { return ctnn::math::exp(x); };
constexpr auto expm1 = [](auto x) { return ctnn::math::expm1(x); };
constexpr auto log = [](auto x) { return ctnn::math::log(x); };
constexpr auto log1p = [](auto x) { return ctnn::math::log1p(x); };
constexpr auto tanh = [](auto x) { return ctnn::math::tanh(x); };
constexpr auto logistic = [](auto x) { return ctnn::math::logistic(x); };
constexpr auto softplus = [](auto x) { return ctnn::math::softplus(x); };
constexpr auto erf = [](auto x) { return ctnn::math::erf(x); };
constexpr auto sqrt = [](auto x) { return ctnn::math::sqrt(x); };
constexpr auto cospi = [](auto x) { return ctnn::math::cospi(x); };

constexpr part parts[] = {
    {"exp, float", function<float, exp>},
    {"expm1, float", function<float, expm1>},
    {"log, float", function<float, log>},
    {"log1p, float", function<float, log1p>},
    {"tanh, float", function<float, tanh>},
    {"logistic, float", function<float, logistic>},
    {"softplus, float", function<float, softplus>},
    {"erf, float", function<float, erf>},
    {"sqrt, float", function<float, sqrt>},
    {"cospi, float", function<float, cospi>},
    {"exp, double", function<double, exp>},
    {"expm1, double", function<double, expm1>},
    {"log, double", function<double, log>},
    {"log1p, double", function<double, log1p>},
    {"tanh, double", function<double, tanh>},
    {"logistic, double", function<double, logistic>},
    {"softplus, double", function<double, softplus>},
    {"erf, double", function<double, erf>},
    {"sqrt, double", function<double, sqrt>},
    {"cospi, double", function<double, cospi>},
    {"linear, float", activation<float, ctnn::linear>},
    {"relu, float", activation<float, ctnn::relu>},
    {"leaky_relu, float", activation<float, ctnn::leaky_relu>},
    {"elu, float", activation<float, ctnn::elu>},
    {"gelu, float", activation<float, ctnn::gelu>},
    {"silu, float", activation<float, ctnn::silu>},
    {"tanh activation, float", activation<float, ctnn::tanh>},
    {"logistic activation, float", activation<float, ctnn::logistic>},
    {"softplus activation, float", activation<float, ctnn::softplus>},
    {"elu, double", activation<double, ctnn::elu>},
    {"gelu, double", activation<double, ctnn::gelu>},
    {"silu, double", activation<double, ctnn::silu>},
    {"softplus activation, double", activation<double, ctnn::softplus>},
};

}  // namespace

part_list math_parts() { return {parts, sizeof parts / sizeof *parts}; }

}  // namespace exactness
