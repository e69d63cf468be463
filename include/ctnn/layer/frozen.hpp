// SPDX-License-Identifier: BSL-1.0
/// \file A layer that keeps its parameters.
#pragma once
#include <ctnn/layer/concepts.hpp>

#include <cstddef>

namespace ctnn::inline CTNN_ABI {

/// The layer L with parameters that training leaves alone. No gradient is computed or stored for them, and errors are
/// not carried back below the first layer that learns.
/// \errors  compile: none of its own
template <layer L> struct frozen : L {
  [[nodiscard]] static constexpr layer_sizes sizes(std::size_t inputs) noexcept {
    auto sizes = L::sizes(inputs);
    sizes.trainable = 0;
    return sizes;
  }
};

}  // namespace ctnn::inline CTNN_ABI
