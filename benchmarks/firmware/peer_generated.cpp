// SPDX-License-Identifier: BSL-1.0
// Net (i) as a generator of C writes it, onnx2c for instance: a function for each node of the graph, plain loops over
// static arrays, the bias after the products, activations as nodes of their own.
#include "peers.hpp"

namespace {

using uint = unsigned;

float hidden[4][1][16];

template <uint N, uint K>
inline void gemm(float const (&a)[1][K], float const (&b)[N][K], float const (&c)[N], float (&y)[1][N]) {
  float const alpha = 1, beta = 1;
  for (uint row = 0; row < 1; ++row)
    for (uint column = 0; column < N; ++column) {
      float sum = 0;
      for (uint i = 0; i < K; ++i) sum += a[row][i] * b[column][i];
      y[row][column] = sum * alpha + c[column] * beta;
    }
}

template <uint N> inline void relu(float const (&x)[1][N], float (&y)[1][N]) {
  for (uint i = 0; i < N; ++i) y[0][i] = x[0][i] > 0 ? x[0][i] : 0;
}

[[gnu::noinline]] void infer(float const* x, float* y) {
  gemm(reinterpret_cast<float const(&)[1][4]>(*x), peers::first.weights, peers::first.bias, hidden[0]);
  relu(hidden[0], hidden[1]);
  gemm(hidden[1], peers::second.weights, peers::second.bias, hidden[2]);
  relu(hidden[2], hidden[3]);
  gemm(hidden[3], peers::third.weights, peers::third.bias, reinterpret_cast<float(&)[1][3]>(*y));
}

}  // namespace

int main() { return peers::run(infer); }
