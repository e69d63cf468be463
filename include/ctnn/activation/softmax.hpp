// SPDX-License-Identifier: BSL-1.0
/// \file The softmax activation of a whole layer.
#pragma once
#include <ctnn/math/exp.hpp>
#include <ctnn/scalar/scalar.hpp>
#include <ctnn/tensor/simd.hpp>
#include <ctnn/tensor/sum.hpp>

#include <cstddef>
#include <type_traits>

namespace ctnn::inline CTNN_ABI {

/// out_i = exp(net_i - m) / sum_j exp(net_j - m), with m the largest net input, so that no exponential overflows.
/// \shape   net[N] -> out[N]
/// \errors  none; finite inputs give finite outputs that sum to 1 within rounding
/// \source  Bridle 1990
struct softmax {
  static constexpr char const* name = "softmax";

  template <std::size_t N, scalar T> static constexpr void apply(T const* net, T* out) noexcept {
    T largest = net[0];
    for (std::size_t i = 1; i < N; ++i) largest = largest < net[i] ? net[i] : largest;
    exponentials<N>(net, largest, out);
    T const scale = T(1) / kernel::sum<N>([out](std::size_t i) { return out[i]; });
    for (std::size_t i = 0; i < N; ++i) out[i] *= scale;
  }

private:
  /// out_i = exp(net_i - m).
  template <std::size_t N, scalar T> static constexpr void exponentials(T const* net, T m, T* out) noexcept {
    if constexpr (kernel::native_lanes < T >> 1)
      if (!std::is_constant_evaluated())
        return kernel::transform<N>(
            out, [m](auto x) { return math::exp(x - m); }, net);
    for (std::size_t i = 0; i < N; ++i) out[i] = math::exp(net[i] - m);
  }

public:
  /// delta_i = out_i (delta_i - sum_j delta_j out_j).
  template <std::size_t N, scalar T> static constexpr void chain(T const* out, T* delta) noexcept {
    T const mean = kernel::dot<N>(static_cast<T const*>(delta), out);
    for (std::size_t i = 0; i < N; ++i) delta[i] = out[i] * (delta[i] - mean);
  }
};

}  // namespace ctnn::inline CTNN_ABI
