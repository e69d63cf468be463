// SPDX-License-Identifier: BSL-1.0
/// \file libtorch (ATen) on one thread, in inference mode: what a program does that carries PyTorch's networks along.
#include "contestants.hpp"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace bench {
namespace {

std::int64_t size(std::size_t n) { return static_cast<std::int64_t>(n); }

at::Tensor activate(activation f, at::Tensor y) {
  switch (f) {
    case activation::relu: return y.relu_();
    case activation::logistic: return y.sigmoid_();
    case activation::tanh: return y.tanh_();
    case activation::softmax: return at::softmax(y, -1);
    default: return y;
  }
}

template <class Spec> struct model {
  static std::vector<at::Tensor>& tensors() {
    static std::vector<at::Tensor> all;
    return all;
  }
  static void prepare(problem const& p) {
    at::set_num_threads(1);
    tensors().clear();
    for (auto const& l : Spec::layers) {
      auto const tensor = [&](std::size_t at, at::IntArrayRef shape) {
        return at::from_blob(const_cast<float*>(p.parameters + at), shape, at::kFloat).clone();
      };
      tensors().push_back(tensor(l.weights_at, {size(l.outputs), size(l.inputs)}));
      tensors().push_back(tensor(l.biases_at, {size(l.outputs)}));
    }
  }
  static void infer(float const* x, float* y) {
    auto const& all = tensors();
    auto a = at::from_blob(const_cast<float*>(x), {1, size(Spec::inputs)}, at::kFloat);
    for (std::size_t l = 0; l < Spec::depth; ++l)
      a = activate(Spec::layers[l].f, at::linear(a, all[2 * l], all[2 * l + 1]));
    std::memcpy(y, a.data_ptr(), Spec::outputs * sizeof(float));
  }
  static void run(problem const& p, long repeats) {
    c10::InferenceMode const no_gradients;
    infer_in_turn<Spec, model>(p, repeats);
  }
};

template <class... Specs> void add_all(sink add, list<Specs...>) {
  (add({task::inference, Specs::name, "libtorch", false, model<Specs>::prepare, model<Specs>::run, nullptr}), ...);
}

}  // namespace

void by_torch(sink add) { add_all(add, inference_networks{}); }

}  // namespace bench
