// SPDX-License-Identifier: BSL-1.0
// Net (i) by calls of functions for vectors of any length, whose loops are unrolled by four, as in CMSIS-DSP: a dot
// product for each neuron, then the biases, then the activation.
#include "peers.hpp"

namespace {

[[gnu::noinline]] float dot_product(float const* a, float const* b, std::size_t length) {
  float sum = 0;
  for (std::size_t blocks = length / 4; blocks > 0; --blocks) {
    sum += *a++ * *b++;
    sum += *a++ * *b++;
    sum += *a++ * *b++;
    sum += *a++ * *b++;
  }
  for (std::size_t rest = length % 4; rest > 0; --rest) sum += *a++ * *b++;
  return sum;
}

[[gnu::noinline]] void fully_connected(float const* x, float const* weights, float const* bias, std::size_t in,
                                       std::size_t out, float least, float* y) {
  for (std::size_t o = 0; o < out; ++o, weights += in) {
    float const sum = dot_product(x, weights, in) + bias[o];
    y[o] = sum > least ? sum : least;
  }
}

[[gnu::noinline]] void infer(float const* x, float* y) {
  float hidden[2][16];
  constexpr float lowest = -__builtin_inff();
  fully_connected(x, peers::first.weights[0], peers::first.bias, 4, 16, 0, hidden[0]);
  fully_connected(hidden[0], peers::second.weights[0], peers::second.bias, 16, 16, 0, hidden[1]);
  fully_connected(hidden[1], peers::third.weights[0], peers::third.bias, 16, 3, lowest, y);
}

}  // namespace

int main() { return peers::run(infer); }
