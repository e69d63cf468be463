// SPDX-License-Identifier: BSL-1.0
/// \file Contestants of one network checked and timed, turn by turn.
#pragma once
#include "contestants.hpp"
#include "floor.hpp"
#include "reference.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <time.h>
#include <vector>

namespace bench {

/// The processor's time of this thread, to which what other processes take from it does not add.
inline double nanoseconds_now() {
  timespec t{};
  if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t) != 0) std::abort();
  return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
}

struct settings {
  int rounds = 301;
  double microseconds = 100;  ///< a contestant's turn in a round
};

/// One contestant in one row.
struct result {
  entry what;
  double error = 0;           ///< the largest difference from the reference, relative to the largest number there
  std::vector<double> times;  ///< nanoseconds a call, one a round
  [[nodiscard]] bool is_floor() const { return std::string_view{what.contestant} == floor_name; }
};

inline double median(std::vector<double> v) {
  if (v.empty()) return std::nan("");
  auto const middle = v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2);
  std::nth_element(v.begin(), middle, v.end());
  return *middle;
}
inline double least(std::vector<double> const& v) { return *std::min_element(v.begin(), v.end()); }

/// The median of the ratios of two contestants, round by round.
inline double ratio(result const& a, result const& b) {
  std::vector<double> ratios(a.times.size());
  for (std::size_t i = 0; i < ratios.size(); ++i) ratios[i] = a.times[i] / b.times[i];
  return median(ratios);
}

/// Memory whose contents the contestants' compilers cannot know.
class buffer {
public:
  explicit buffer(std::size_t numbers)
      : data_{static_cast<float*>(std::aligned_alloc(64, (numbers * sizeof(float) / 64 + 1) * 64))} {
    if (data_ == nullptr) std::abort();
    std::memset(data_.get(), 0, numbers * sizeof(float));
  }
  [[nodiscard]] float* data() const { return data_.get(); }

private:
  struct release {
    void operator()(float* p) const { std::free(p); }
  };
  std::unique_ptr<float, release> data_;
};

/// A network with inputs, and targets for them.
class row {
public:
  row(description const& net, task what)
      : net_{net},
        what_{what},
        parameters_{net.weights.size()},
        inputs_{samples * net.inputs},
        targets_{samples * net.outputs},
        outputs_{net.outputs} {
    std::copy(net.weights.begin(), net.weights.end(), parameters_.data());
    uniform random{7};
    for (std::size_t i = 0; i < samples * net.inputs; ++i) inputs_.data()[i] = random();
    bool const classes = net.layers.back().f == activation::softmax;
    for (std::size_t s = 0; s < samples; ++s)
      for (std::size_t o = 0; o < net.outputs; ++o)
        targets_.data()[s * net.outputs + o] = classes ? (o == s % net.outputs ? 1.F : 0.F) : .5F + .4F * random();
  }

  void add(entry const& e) { results_.push_back({e, 0, {}}); }
  [[nodiscard]] std::vector<result> const& results() const { return results_; }
  [[nodiscard]] description const& net() const { return net_; }
  [[nodiscard]] task what() const { return what_; }

  /// Compares what every contestant computes with the reference. Says what is wrong, and returns false.
  bool check() {
    bool good = true;
    for (auto& r : results_) {
      if (r.is_floor()) continue;
      r.what.prepare(input());
      r.error = what_ == task::inference ? inference_error(r)
                : what_ == task::latency ? chain_error(r)
                                         : training_error(r);
      // Errors of rounding, many times over: 640 terms of 2^-24 each, ten layers; a training step divides by the
      // change.
      double const limit = what_ == task::inference || what_ == task::latency ? 1e-4 : 1e-2;
      if (!(r.error <= limit)) {
        std::fprintf(stderr, "wrong: %s, %s: off by %.3g of the largest number, %.1g allowed\n", net_.name.c_str(),
                     r.what.contestant, r.error, limit);
        good = false;
      }
    }
    return good;
  }

  /// Every round each contestant gets its turn, after some calls that bring its data into the caches.
  void time(settings const& s) {
    std::vector<long> repeats;
    for (auto const& r : results_) {
      r.what.prepare(input());
      long n = 1;
      while (nanoseconds(r, n) < s.microseconds * 1e3 / 2 && n < 1L << 30) n *= 2;
      double const one = nanoseconds(r, n) / static_cast<double>(n);
      repeats.push_back(std::max(1L, std::lround(s.microseconds * 1e3 / one)));
    }
    for (int round = 0; round < s.rounds; ++round)
      for (std::size_t k = 0; k < results_.size(); ++k) {
        auto& r = results_[k];
        if (r.what.read != nullptr) r.what.prepare(input());
        r.what.run(input(), repeats[k] / 8 + 2);
        r.times.push_back(nanoseconds(r, repeats[k]) / static_cast<double>(repeats[k]));
      }
  }

private:
  static constexpr std::size_t samples = batch_size;
  static constexpr long checked_steps = 10, checked_chain = 5;

  [[nodiscard]] problem input() const { return {parameters_.data(), inputs_.data(), targets_.data(), outputs_.data()}; }
  [[nodiscard]] double nanoseconds(result const& r, long repeats) const {
    double const start = nanoseconds_now();
    r.what.run(input(), repeats);
    return nanoseconds_now() - start;
  }

  static double difference(std::vector<double> const& wanted, float const* found) {
    double most = 0, largest = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      double const apart = std::abs(wanted[i] - static_cast<double>(found[i]));
      if (!(apart <= most)) most = apart;  // a NaN counts
      largest = std::max(largest, std::abs(wanted[i]));
    }
    return most / largest;
  }
  double inference_error(result const& r) {
    double worst = 0;
    reference exact{net_};
    for (std::size_t k = 0; k < ring; ++k) {
      std::fill_n(outputs_.data(), net_.outputs, -99.F);
      r.what.run(input(), static_cast<long>(k) + 1);
      float const* const x = inputs_.data() + k * net_.inputs;
      double const error = difference(exact.infer({x, x + net_.inputs}), outputs_.data());
      if (!(error <= worst)) worst = error;
    }
    return worst;
  }
  double chain_error(result const& r) {
    reference exact{net_};
    std::vector<double> x(inputs_.data(), inputs_.data() + net_.inputs);
    for (long i = 0; i < checked_chain; ++i) x = exact.infer(x);
    r.what.run(input(), checked_chain);
    return difference(x, outputs_.data());
  }
  /// Of the change of the parameters, not of the parameters: a contestant that learns nothing is off by 1.
  double training_error(result const& r) {
    reference exact{net_};
    for (long i = 0; i < checked_steps; ++i) {
      auto const s = what_ == task::step ? static_cast<std::size_t>(i) % ring : 0;
      exact.step(inputs_.data() + s * net_.inputs, targets_.data() + s * net_.outputs,
                 what_ == task::step ? 1 : batch_size);
    }
    r.what.run(input(), checked_steps);
    std::vector<float> found(net_.weights.size());
    r.what.read(found.data());
    std::vector<double> change = exact.parameters();
    for (std::size_t i = 0; i < found.size(); ++i) {
      change[i] -= static_cast<double>(net_.weights[i]);
      found[i] -= net_.weights[i];
    }
    return difference(change, found.data());
  }

  description net_;
  task what_;
  buffer parameters_, inputs_, targets_, outputs_;
  std::vector<result> results_;
};

}  // namespace bench
