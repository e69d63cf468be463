// SPDX-License-Identifier: BSL-1.0
/// \file docs/arithmetic.md in plain loops: gradients of an update, optimizers, schedules, order of samples,
/// initialisers.
///
/// Written from that page, and to be changed with it. Of the library it knows the functions of ctnn::math alone.
#pragma once
#include <ctnn/math/cospi.hpp>
#include <ctnn/math/sqrt.hpp>

#include "interpreter.hpp"

#include <cstdint>
#include <functional>

namespace interpreter {

enum class method { sgd, momentum, nesterov, rmsprop, adam, adamw };

/// An optimizer's options; those of other optimizers are not read. `decay` is momentum, smoothing or beta1.
struct recipe {
  method m;
  double learning_rate, weight_decay = 0, decay = 0, beta2 = 0, epsilon = 0;
  double max_norm = 0;  ///< 0: no clipping
};

template <class T> class optimizer {
public:
  optimizer(recipe const& r, std::size_t trained) : r_{r}, m_(trained, T(0)), v_(trained, T(0)) {}

  void begin_update(T factor) {
    rate_ = T(r_.learning_rate) * factor;
    w1_ = T(r_.decay) * w1_ + T(1 - r_.decay);
    w2_ = T(r_.beta2) * w2_ + T(1 - r_.beta2);
    a_ = rate_ / w1_;
    root_ = math::sqrt(w2_);
  }

  /// Moves p, the trained parameter number k, whose gradient is g.
  void move(std::size_t k, T& p, T g) {
    T const w = T(r_.weight_decay), decay = T(r_.decay);
    T const decayed = w == 0 ? g : g + w * p;
    T &m = m_[k], &v = v_[k];
    switch (r_.m) {
      case method::sgd: p = p - rate_ * decayed; break;
      case method::momentum:
        m = decay * m + decayed;
        p = p - rate_ * m;
        break;
      case method::nesterov:
        m = decay * m + decayed;
        p = p - rate_ * (decayed + decay * m);
        break;
      case method::rmsprop:
        m = decay * m + T(1 - r_.decay) * (decayed * decayed);
        p = p - rate_ * (decayed / (math::sqrt(m) + T(r_.epsilon)));
        break;
      case method::adam: move_by_moments(p, decayed, m, v); break;
      case method::adamw:
        if (w != 0) p = p - (rate_ * w) * p;
        move_by_moments(p, g, m, v);
        break;
    }
  }

private:
  void move_by_moments(T& p, T g, T& m, T& v) {
    m = T(r_.decay) * m + T(1 - r_.decay) * g;
    v = T(r_.beta2) * v + T(1 - r_.beta2) * (g * g);
    p = p - a_ * (m / (math::sqrt(v) / root_ + T(r_.epsilon)));
  }

  recipe r_;
  numbers<T> m_, v_;
  T rate_{}, w1_{}, w2_{}, a_{}, root_{};
};

template <class T> struct sample { numbers<T> input, target; };

template <class T> using schedule = std::function<T(std::size_t)>;

template <class T> T step_decay(std::size_t every, double decay, std::size_t u) {
  T f(1), q = T(decay);
  for (std::size_t n = u / every; n > 0; n = n / 2) {
    if (n % 2 == 1) f = f * q;
    q = q * q;
  }
  return f;
}

template <class T> T cosine(std::size_t steps, double last, std::size_t u) {
  T const l = T(last);
  if (u >= steps) return l;
  return l + (T(1) - l) * (T(.5) * (T(1) + math::cospi(T(u) / T(steps))));
}

template <class T> T warm_up(std::size_t steps, schedule<T> const& after, std::size_t u) {
  return u < steps ? T(u + 1) / T(steps) : after(u - steps);
}

inline std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}
inline constexpr std::uint64_t golden = 0x9E3779B97F4A7C15ULL;

/// Which of n samples stands at a position of an epoch.
inline std::size_t sample_at(std::uint64_t seed, bool replacement, std::size_t epoch, std::size_t position,
                             std::size_t n) {
  if (seed == 0 || n < 2) return position;
  std::uint64_t const key = mix(seed + golden * (epoch + 1));
  if (replacement) return static_cast<std::size_t>(((mix(key + golden * (position + 1)) >> 32) * n) >> 32);
  unsigned k = 0;
  for (std::size_t left = n - 1; left != 0; left /= 2) ++k;
  unsigned const h = k / 2 + k % 2;
  std::uint64_t const lowest = (std::uint64_t{1} << k) - 1;
  std::uint64_t x = position;
  do {
    std::uint64_t c = key;
    for (int i = 0; i < 4; ++i) {
      x = ((x ^ (c & lowest)) * (c >> 32 | 1)) & lowest;
      x = x ^ (x >> h);
      c = c << 13 | c >> (64 - 13);
    }
  } while (x >= n);
  return static_cast<std::size_t>(x);
}

/// How samples are gone through.
struct course {
  std::size_t batch = 1;
  std::uint64_t seed = 0;
  bool replacement = false;
  bool updated_weights = false;
};

/// A network in training.
template <class T> class school {
public:
  school(network<T> net, loss_function e, recipe const& r, schedule<T> rates)
      : net_{std::move(net)}, e_{e}, r_{r}, optimizer_{r, trained(net_.layers)}, rates_{std::move(rates)} {}

  /// Learns from all samples once and returns the epoch's loss.
  T epoch(std::vector<sample<T>> const& samples, course const& way, std::size_t number) {
    std::size_t const n = samples.size();
    T total(0);
    for (std::size_t first = 0; first < n; first += way.batch) {
      std::vector<sample<T>> batch;
      for (std::size_t at = first; at < n && at < first + way.batch; ++at)
        batch.push_back(samples[sample_at(way.seed, way.replacement, number, at, n)]);
      T const loss = update(batch, way.updated_weights);
      total = total + loss * T(batch.size());
    }
    return total / T(n);
  }

  [[nodiscard]] network<T> const& net() const { return net_; }

private:
  T update(std::vector<sample<T>> const& batch, bool updated_weights) {
    optimizer_.begin_update(rates_(updates_++));
    if (updated_weights)
      return net_.learn(e_, batch[0].input, batch[0].target, [&](std::size_t k, numbers<T> const& g) { move(k, g); });

    std::vector<numbers<T>> gradients(net_.layers.size());  // of every layer
    T total(0);
    bool const as_it_is = batch.size() == 1 && r_.max_norm == 0;
    for (sample<T> const& s : batch) {
      T const loss = net_.learn(e_, s.input, s.target, [&](std::size_t k, numbers<T> const& g) {
        if (as_it_is) {
          gradients[k] = g;
        } else {
          if (gradients[k].empty()) gradients[k].assign(g.size(), T(0));
          for (std::size_t i = 0; i < g.size(); ++i) gradients[k][i] = gradients[k][i] + g[i];
        }
      });
      total = total + loss;
    }
    if (batch.size() > 1) {
      T const r = T(1) / T(batch.size());
      for (auto& layer : gradients)
        for (T& g : layer) g = g * r;
    }
    if (r_.max_norm != 0) {
      numbers<T> flat;
      for (auto const& layer : gradients) flat.insert(flat.end(), layer.begin(), layer.end());
      T const k = T(r_.max_norm) / (math::sqrt(dot(flat, flat)) + T(1e-6));
      if (k < 1)
        for (auto& layer : gradients)
          for (T& g : layer) g = g * k;
    }
    for (std::size_t k = 0; k < gradients.size(); ++k) move(k, gradients[k]);
    return batch.size() == 1 ? total : total / T(batch.size());
  }

  void move(std::size_t k, numbers<T> const& gradient) {
    std::size_t number = 0;
    for (std::size_t i = 0; i < k; ++i) number += net_.layers[i].trained();
    for (std::size_t i = 0; i < gradient.size(); ++i)
      optimizer_.move(number + i, net_.parameters[net_.start(k) + i], gradient[i]);
  }

  static std::size_t trained(std::vector<layer> const& layers) {
    std::size_t n = 0;
    for (layer const& l : layers) n += l.trained();
    return n;
  }

  network<T> net_;
  loss_function e_;
  recipe r_;
  optimizer<T> optimizer_;
  schedule<T> rates_;
  std::size_t updates_ = 0;
};

/// The random generator.
class generator {
public:
  explicit generator(std::uint64_t seed) : z_{seed} {}

  template <class T> T uniform() {
    z_ += golden;
    std::uint64_t const bits = mix(z_);
    if (sizeof(T) == 4) return T(bits >> 40) * T(0x1p-24);
    return T(bits >> 11) * T(0x1p-53);
  }

  /// The z of glorot and he.
  template <class T> T standard(bool normal) {
    if (!normal) return (T(2) * uniform<T>() - T(1)) * T(1.73205080756887729352744634151);
    while (true) {
      T const a = T(2) * uniform<T>() - T(1);
      T const b = T(2) * uniform<T>() - T(1);
      T const s = a * a + b * b;
      if (T(0) < s && s < T(1)) return a * math::sqrt(T(-2) * math::log(s) / s);
    }
  }

private:
  std::uint64_t z_;
};

/// `spread(inputs, outputs)` is what z is multiplied by.
template <class T, class Spread>
numbers<T> spread_weights(std::vector<layer> const& layers, std::uint64_t seed, bool normal, Spread spread) {
  generator random{seed};
  numbers<T> p;
  for (layer const& l : layers) {
    for (std::size_t i = 0; i < l.weights(); ++i) p.push_back(spread(l.inputs, l.outputs) * random.standard<T>(normal));
    if (l.has_biases) p.insert(p.end(), l.outputs, T(0));
  }
  return p;
}

template <class T> numbers<T> glorot(std::vector<layer> const& layers, std::uint64_t seed, bool normal) {
  return spread_weights<T>(layers, seed, normal,
                           [](std::size_t in, std::size_t out) { return math::sqrt(T(2) / T(in + out)); });
}
template <class T> numbers<T> he(std::vector<layer> const& layers, std::uint64_t seed, bool normal) {
  return spread_weights<T>(layers, seed, normal, [](std::size_t in, std::size_t) { return math::sqrt(T(2) / T(in)); });
}
template <class T> numbers<T> uniform(std::vector<layer> const& layers, double low, double high, std::uint64_t seed) {
  generator random{seed};
  numbers<T> p;
  for (layer const& l : layers)
    for (std::size_t i = 0; i < l.parameters(); ++i) p.push_back(T(low) + T(high - low) * random.uniform<T>());
  return p;
}

}  // namespace interpreter
