// SPDX-License-Identifier: BSL-1.0
/// \file FANN 2.2, which knows neither ReLU nor softmax: the networks of logistic functions and of tanh.
#include "contestants.hpp"

#include <cstddef>
#include <cstring>
#include <floatfann.h>

namespace bench {
namespace {

template <class Spec> struct model {
  static inline fann* net = nullptr;

  static void prepare(problem const& p) {
    if (net == nullptr) {
      unsigned sizes[Spec::depth + 1] = {static_cast<unsigned>(Spec::inputs)};
      for (std::size_t l = 0; l < Spec::depth; ++l) sizes[l + 1] = static_cast<unsigned>(Spec::layers[l].outputs);
      net = fann_create_standard_array(static_cast<unsigned>(Spec::depth + 1), sizes);
      for (std::size_t l = 0; l < Spec::depth; ++l) {
        auto const f = Spec::layers[l].f;
        int const layer = static_cast<int>(l + 1);
        fann_set_activation_function_layer(net,
                                           f == activation::logistic ? FANN_SIGMOID
                                           : f == activation::tanh   ? FANN_SIGMOID_SYMMETRIC
                                                                     : FANN_LINEAR,
                                           layer);
        // FANN's functions are 1 / (1 + exp(-2 s x)), tanh(s x) and s x.
        fann_set_activation_steepness_layer(net, f == activation::logistic ? .5F : 1.F, layer);
      }
    }
    // A neuron's connections are those from the layer below in order, then that from its bias neuron.
    float* to = net->weights;
    for (auto const& l : Spec::layers)
      for (std::size_t o = 0; o < l.outputs; ++o) {
        std::memcpy(to, p.parameters + l.weights_at + o * l.inputs, l.inputs * sizeof(float));
        to[l.inputs] = p.parameters[l.biases_at + o];
        to += l.inputs + 1;
      }
  }
  static void infer(float const* x, float* y) {
    std::memcpy(y, fann_run(net, const_cast<float*>(x)), Spec::outputs * sizeof(float));
  }
};

template <class Spec> void add_one(sink add) {
  add({task::inference, Spec::name, "FANN", false, model<Spec>::prepare, infer_in_turn<Spec, model<Spec>>, nullptr});
}

}  // namespace

void by_fann(sink add) {
  add_one<tutorial>(add);
  add_one<iris>(add);
}

}  // namespace bench
