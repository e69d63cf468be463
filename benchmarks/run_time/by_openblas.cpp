// SPDX-License-Identifier: BSL-1.0
/// \file OpenBLAS on one thread, with loops for what is not a product.
#include "contestants.hpp"

#include <cblas.h>
#include <cmath>
#include <cstddef>
#include <cstring>

namespace bench {
namespace {

constexpr char const* name = "OpenBLAS";

int size(std::size_t n) { return static_cast<int>(n); }

void activate(activation f, std::size_t n, float* y) {
  switch (f) {
    case activation::linear: break;
    case activation::relu:
      for (std::size_t o = 0; o < n; ++o) y[o] = y[o] > 0 ? y[o] : 0;
      break;
    case activation::logistic:
      for (std::size_t o = 0; o < n; ++o) y[o] = 1 / (1 + expf(-y[o]));
      break;
    case activation::tanh:
      for (std::size_t o = 0; o < n; ++o) y[o] = tanhf(y[o]);
      break;
    case activation::softmax: {
      float most = y[0], sum = 0;
      for (std::size_t o = 1; o < n; ++o) most = y[o] > most ? y[o] : most;
      for (std::size_t o = 0; o < n; ++o) sum += y[o] = expf(y[o] - most);
      for (std::size_t o = 0; o < n; ++o) y[o] /= sum;
    }
  }
}

template <class Spec, std::size_t Batch> struct model {
  static inline float parameters[Spec::parameters];
  static inline float trace[Spec::depth][Batch * Spec::widest];
  static inline float delta[2][Batch * Spec::widest];

  static void prepare(problem const& p) {
    openblas_set_num_threads(1);
    std::memcpy(parameters, p.parameters, sizeof parameters);
  }
  static void read(float* p) { std::memcpy(p, parameters, sizeof parameters); }

  static void forward(float const* x, float* y) {
    for (std::size_t k = 0; k < Spec::depth; ++k) {
      auto const& l = Spec::layers[k];
      float* const out = k + 1 == Spec::depth && y != nullptr ? y : trace[k];
      for (std::size_t s = 0; s < Batch; ++s)
        std::memcpy(out + s * l.outputs, parameters + l.biases_at, l.outputs * sizeof(float));
      auto const* w = parameters + l.weights_at;
      if constexpr (Batch == 1)
        cblas_sgemv(CblasRowMajor, CblasNoTrans, size(l.outputs), size(l.inputs), 1, w, size(l.inputs), x, 1, 1, out,
                    1);
      else
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, size(Batch), size(l.outputs), size(l.inputs), 1, x,
                    size(l.inputs), w, size(l.inputs), 1, out, size(l.outputs));
      for (std::size_t s = 0; s < Batch; ++s) activate(l.f, l.outputs, out + s * l.outputs);
      x = out;
    }
  }
  static void infer(float const* x, float* y) { forward(x, y); }

  static void step(float const* x, float const* t) {
    forward(x, nullptr);
    float* d = delta[0];
    float* next = delta[1];
    for (std::size_t i = 0; i < Batch * Spec::outputs; ++i) d[i] = trace[Spec::depth - 1][i] - t[i];
    for (std::size_t k = Spec::depth; k-- != 0;) {
      auto const& l = Spec::layers[k];
      float* const w = parameters + l.weights_at;
      float const* const from = k == 0 ? x : trace[k - 1];
      auto const out = size(l.outputs), in = size(l.inputs);
      if (l.f == activation::logistic)
        for (std::size_t i = 0; i < Batch * l.outputs; ++i) d[i] *= trace[k][i] * (1 - trace[k][i]);
      if (l.f == activation::relu)
        for (std::size_t i = 0; i < Batch * l.outputs; ++i) d[i] = trace[k][i] > 0 ? d[i] : 0;
      constexpr float rate = learning_rate / Batch;
      if constexpr (Batch == 1) {
        if (k != 0) cblas_sgemv(CblasRowMajor, CblasTrans, out, in, 1, w, in, d, 1, 0, next, 1);
        cblas_sger(CblasRowMajor, out, in, -rate, d, 1, from, 1, w, in);
      } else {
        if (k != 0)
          cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, size(Batch), in, out, 1, d, out, w, in, 0, next, in);
        cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, out, in, size(Batch), -rate, d, out, from, in, 1, w, in);
      }
      for (std::size_t s = 0; s < Batch; ++s)
        for (std::size_t o = 0; o < l.outputs; ++o) parameters[l.biases_at + o] -= rate * d[s * l.outputs + o];
      std::swap(d, next);
    }
  }
  static void batch_step(float const* x, float const* t) { step(x, t); }
};

template <class... I, class... T> void add_all(sink add, list<I...>, list<T...>) {
  (add({task::inference, I::name, name, false, model<I, 1>::prepare, infer_in_turn<I, model<I, 1>>, nullptr}), ...);
  (add({task::step, T::name, name, false, model<T, 1>::prepare, learn_in_turn<T, model<T, 1>>, model<T, 1>::read}),
   ...);
  (add({task::batch_step, T::name, name, false, model<T, batch_size>::prepare, learn_batch<T, model<T, batch_size>>,
        model<T, batch_size>::read}),
   ...);
}

}  // namespace

void by_openblas(sink add) { add_all(add, inference_networks{}, training_networks{}); }

}  // namespace bench
