// SPDX-License-Identifier: BSL-1.0
/// \file docs/arithmetic.md in plain loops, with sizes known at run time: sums, forward, loss, backward.
///
/// Written from that page, and to be changed with it. Of the library it knows the functions of ctnn::math alone.
#pragma once
#include <ctnn/math/erf.hpp>
#include <ctnn/math/exp.hpp>
#include <ctnn/math/expm1.hpp>
#include <ctnn/math/log.hpp>
#include <ctnn/math/logistic.hpp>
#include <ctnn/math/softplus.hpp>
#include <ctnn/math/tanh.hpp>

#include <cstddef>
#include <stdexcept>
#include <vector>

namespace interpreter {

namespace math = ctnn::math;
template <class T> using numbers = std::vector<T>;

/// Four partial sums, put together.
template <class T> T sum(numbers<T> const& terms) {
  numbers<T> s;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (i < 4)
      s.push_back(terms[i]);
    else
      s[i % 4] = s[i % 4] + terms[i];
  }
  switch (s.size()) {
    case 0: throw std::invalid_argument("a sum of nothing");
    case 1: return s[0];
    case 2: return s[0] + s[1];
    case 3: return (s[0] + s[2]) + s[1];
    default: return (s[0] + s[2]) + (s[1] + s[3]);
  }
}

template <class T> T dot(numbers<T> const& a, numbers<T> const& b) {
  numbers<T> products;
  for (std::size_t i = 0; i < a.size(); ++i) products.push_back(a[i] * b[i]);
  return sum(products);
}

enum class function { linear, relu, leaky_relu, elu, logistic, tanh, softplus, silu, gelu, softmax };

template <class T> T normal_distribution(T x) {
  return T(.5) * (T(1) + math::erf(x * T(0.707106781186547524400844362105)));
}

/// An element-wise activation; `option` is Slope or Alpha.
template <class T> T apply(function f, double option, T x) {
  switch (f) {
    case function::linear: return x;
    case function::relu: return x < 0 ? T(0) : x;
    case function::leaky_relu: return x < 0 ? T(option) * x : x;
    case function::elu: return x < 0 ? T(option) * math::expm1(x) : x;
    case function::logistic: return math::logistic(x);
    case function::tanh: return math::tanh(x);
    case function::softplus: return math::softplus(x);
    case function::silu: return x * math::logistic(x);
    case function::gelu: return x * normal_distribution(x);
    case function::softmax: break;
  }
  throw std::invalid_argument("not element-wise");
}

template <class T> T derivative(function f, double option, T x, T y) {
  switch (f) {
    case function::linear: return T(1);
    case function::relu: return y > 0 ? T(1) : T(0);
    case function::leaky_relu: return y > 0 ? T(1) : T(option);
    case function::elu: return y > 0 ? T(1) : y + T(option);
    case function::logistic: return y * (T(1) - y);
    case function::tanh: return T(1) - y * y;
    case function::softplus: return math::logistic(x);
    case function::silu: {
      T const g = math::logistic(x);
      return g * (T(1) + x * (T(1) - g));
    }
    case function::gelu: {
      T c = x;
      if (x < T(-40)) c = T(-40);
      if (x > T(40)) c = T(40);
      return normal_distribution(x) + c * (T(0.398942280401432677939946059934) * math::exp(T(-.5) * (c * c)));
    }
    case function::softmax: break;
  }
  throw std::invalid_argument("not element-wise");
}

template <class T> T largest(numbers<T> const& x) {
  T m = x[0];
  for (std::size_t i = 1; i < x.size(); ++i) m = m < x[i] ? x[i] : m;
  return m;
}

template <class T> numbers<T> softmax(numbers<T> const& net) {
  T const m = largest(net);
  numbers<T> e;
  for (T x : net) e.push_back(math::exp(x - m));
  T const r = T(1) / sum(e);
  for (T& x : e) x = x * r;
  return e;
}

enum class criterion {
  half_squared_error,
  mean_squared_error,
  huber,
  binary_cross_entropy,
  binary_cross_entropy_with_logits,
  cross_entropy,
  cross_entropy_with_logits
};

template <class T> struct judgement {
  T loss;
  numbers<T> slopes;  ///< d
  bool by_output;     ///< else by the net input
};

/// `option` is the D of huber.
template <class T>
judgement<T> judge(criterion c, double option, numbers<T> const& net, numbers<T> const& out, numbers<T> const& target) {
  std::size_t const n = net.size();
  T const share = T(1. / static_cast<double>(n)), two_shares = T(2. / static_cast<double>(n));
  judgement<T> result{T(0), {}, true};
  numbers<T> terms;

  if (c == criterion::cross_entropy || c == criterion::cross_entropy_with_logits) {
    numbers<T> const y = c == criterion::cross_entropy ? out : softmax(net);
    T const m = largest(net), h = largest(y), mass = sum(target), excess = -math::log(h);
    for (std::size_t i = 0; i < n; ++i) {
      terms.push_back(target[i] * ((target[i] == T(0) ? T(0) : m - net[i]) + excess));
      result.slopes.push_back(y[i] * mass - target[i]);
    }
    result.by_output = false;
    result.loss = sum(terms);
    return result;
  }
  for (std::size_t i = 0; i < n; ++i) {
    T const y = out[i], t = target[i], x = net[i];
    switch (c) {
      case criterion::half_squared_error:
        terms.push_back(T(.5) * ((t - y) * (t - y)));
        result.slopes.push_back(y - t);
        break;
      case criterion::mean_squared_error:
        terms.push_back(share * ((y - t) * (y - t)));
        result.slopes.push_back(two_shares * (y - t));
        break;
      case criterion::huber: {
        T const delta = T(option), e = y - t, size = y < t ? t - y : y - t;
        terms.push_back(share * (size <= delta ? T(.5) * (size * size) : delta * (size - T(.5 * option))));
        result.slopes.push_back(share * (e < -delta ? -delta : delta < e ? delta : e));
        break;
      }
      default:
        terms.push_back(share * (math::softplus(x) - t * x));
        result.slopes.push_back(share * ((c == criterion::binary_cross_entropy ? y : math::logistic(x)) - t));
        result.by_output = false;
    }
  }
  result.loss = sum(terms);
  return result;
}

/// A dense layer.
struct layer {
  std::size_t inputs, outputs;
  function f;
  double option;
  bool has_biases, trains_weights, trains_biases;

  [[nodiscard]] std::size_t weights() const { return inputs * outputs; }
  [[nodiscard]] std::size_t parameters() const { return weights() + (has_biases ? outputs : 0); }
  [[nodiscard]] std::size_t trained() const { return (trains_weights ? weights() : 0) + (trains_biases ? outputs : 0); }
};

struct loss_function {
  criterion c;
  double option;
};

template <class T> struct network {
  std::vector<layer> layers;
  numbers<T> parameters;

  struct activity {
    std::vector<numbers<T>> in, net, out;  ///< of every layer
  };

  [[nodiscard]] activity forward(numbers<T> x) const {
    activity all;
    T const* p = parameters.data();
    for (layer const& l : layers) {
      numbers<T> net, out;
      for (std::size_t o = 0; o < l.outputs; ++o) {
        numbers<T> terms;
        for (std::size_t i = 0; i < l.inputs; ++i) terms.push_back(p[o * l.inputs + i] * x[i]);
        if (l.has_biases) terms[0] = p[l.weights() + o] + terms[0];
        net.push_back(sum(terms));
      }
      if (l.f == function::softmax)
        out = softmax(net);
      else
        for (T v : net) out.push_back(apply(l.f, l.option, v));
      all.in.push_back(x);
      all.net.push_back(net);
      all.out.push_back(out);
      x = out;
      p += l.parameters();
    }
    return all;
  }

  [[nodiscard]] T loss(loss_function e, numbers<T> const& x, numbers<T> const& target) const {
    activity const all = forward(x);
    return judge(e.c, e.option, all.net.back(), all.out.back(), target).loss;
  }

  /// One sample forward and back. Between the steps 2 and 3 of each trained layer, from the last one on, `use` gets the
  /// layer's number and the gradient of its trained parameters. Returns the loss.
  template <class Use> T learn(loss_function loss, numbers<T> const& x, numbers<T> const& target, Use use) {
    activity const all = forward(x);
    judgement<T> const verdict = judge(loss.c, loss.option, all.net.back(), all.out.back(), target);
    numbers<T> e = verdict.slopes;
    std::size_t first_trained = 0;
    while (first_trained < layers.size() && layers[first_trained].trained() == 0) ++first_trained;
    for (std::size_t k = layers.size(); k-- > first_trained;) {
      layer const& l = layers[k];
      if (k + 1 != layers.size() || verdict.by_output) back_through_activation(l, all.net[k], all.out[k], e);

      if (l.trained() != 0) {
        numbers<T> g;
        for (std::size_t o = 0; o < l.outputs; ++o)
          for (std::size_t i = 0; i < l.inputs; ++i) g.push_back(e[o] * all.in[k][i]);
        if (l.trains_biases) g.insert(g.end(), e.begin(), e.end());
        use(k, g);
      }

      numbers<T> before;
      for (std::size_t i = 0; i < l.inputs; ++i) {
        numbers<T> terms;
        for (std::size_t o = 0; o < l.outputs; ++o) terms.push_back(parameters[start(k) + o * l.inputs + i] * e[o]);
        before.push_back(sum(terms));
      }
      e = before;
    }
    return verdict.loss;
  }

  /// Where a layer's parameters begin.
  [[nodiscard]] std::size_t start(std::size_t k) const {
    std::size_t at = 0;
    for (std::size_t i = 0; i < k; ++i) at += layers[i].parameters();
    return at;
  }

private:
  static void back_through_activation(layer const& l, numbers<T> const& net, numbers<T> const& out, numbers<T>& e) {
    if (l.f == function::softmax) {
      T const q = dot(e, out);
      for (std::size_t o = 0; o < l.outputs; ++o) e[o] = out[o] * (e[o] - q);
    } else {
      for (std::size_t o = 0; o < l.outputs; ++o) e[o] = e[o] * derivative(l.f, l.option, net[o], out[o]);
    }
  }
};

}  // namespace interpreter
