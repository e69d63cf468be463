// SPDX-License-Identifier: BSL-1.0
// Net (i) by templates of layers with sizes known to the compiler and the standard library's inner_product for each
// neuron, as RTNeural's backend without Eigen or xsimd does it.
#include "peers.hpp"

#include <algorithm>
#include <numeric>

namespace {

template <std::size_t Out, std::size_t In> struct dense {
  peers::layer<Out, In> const& parameters;
  float outs[Out];

  void forward(float const (&ins)[In]) {
    for (std::size_t o = 0; o < Out; ++o)
      outs[o] = std::inner_product(ins, ins + In, parameters.weights[o], 0.F) + parameters.bias[o];
  }
};

template <std::size_t N> struct relu {
  float outs[N];

  void forward(float const (&ins)[N]) {
    for (std::size_t i = 0; i < N; ++i) outs[i] = std::max(0.F, ins[i]);
  }
};

struct model {
  dense<16, 4> first{peers::first, {}};
  relu<16> after_first{};
  dense<16, 16> second{peers::second, {}};
  relu<16> after_second{};
  dense<3, 16> third{peers::third, {}};
};
constinit model net;

[[gnu::noinline]] void infer(float const* x, float* y) {
  net.first.forward(reinterpret_cast<float const(&)[4]>(*x));
  net.after_first.forward(net.first.outs);
  net.second.forward(net.after_first.outs);
  net.after_second.forward(net.second.outs);
  net.third.forward(net.after_second.outs);
  for (std::size_t o = 0; o < 3; ++o) y[o] = net.third.outs[o];
}

}  // namespace

int main() { return peers::run(infer); }
