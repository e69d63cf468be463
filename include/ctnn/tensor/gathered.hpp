// SPDX-License-Identifier: BSL-1.0
/// \file One sample of a group (see group_products.hpp), for work that is done sample by sample.
#pragma once
#include <ctnn/config/abi.hpp>

#include <cstddef>

namespace ctnn::inline CTNN_ABI::kernel {

/// The numbers of one sample, side by side.
template <std::size_t Count, std::size_t Size, class T> struct gathered {
  T numbers[Count];
  explicit gathered(T const* from) noexcept {
    for (std::size_t n = 0; n < Count; ++n) numbers[n] = from[n * Size];
  }
  void scatter(T* to) const noexcept {
    for (std::size_t n = 0; n < Count; ++n) to[n * Size] = numbers[n];
  }
};

}  // namespace ctnn::inline CTNN_ABI::kernel
