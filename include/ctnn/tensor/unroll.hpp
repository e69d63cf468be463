// SPDX-License-Identifier: BSL-1.0
/// \file Element-wise loops that are cheap to evaluate inside a compiler.
#pragma once
#include <ctnn/config/abi.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

/// How many elements are written out as one expression in a constant evaluation.
inline constexpr std::size_t block = 16;

namespace detail {
template <class T> constexpr T* advanced(T* p, std::size_t by) noexcept { return p + by; }
template <class T> constexpr T const& advanced(T const& same, std::size_t) noexcept { return same; }
}  // namespace detail

/// Applies an operation to N elements, in order: `Operation::run(index_sequence<I...>, arguments...)` handles the
/// elements I... of each argument that is a pointer; other arguments are passed on as they are. Arguments are copied,
/// so that a compiler sees that writing elements does not change them.
///
/// A compiler evaluates the rounds of a loop several times slower than the same work written out as one expression, and
/// Clang allows fewer of them. At run time it is a plain loop, which compilers vectorise and unroll as they see fit.
template <std::size_t N, class Operation, class... Arguments>
constexpr void for_each_element(Arguments... arguments) noexcept {
  if (std::is_constant_evaluated()) {
    constexpr auto whole = N / block * block;
    if constexpr (whole != 0)
      for (std::size_t i = 0; i < whole; i += block)
        Operation::run(std::make_index_sequence<block>{}, detail::advanced(arguments, i)...);
    if constexpr (whole == 0)
      Operation::run(std::make_index_sequence<N>{}, arguments...);
    else if constexpr (whole != N)
      Operation::run(std::make_index_sequence<N - whole>{}, detail::advanced(arguments, whole)...);
  } else {
    for (std::size_t i = 0; i < N; ++i) Operation::run(std::index_sequence<0>{}, detail::advanced(arguments, i)...);
  }
}

}  // namespace ctnn::inline CTNN_ABI::kernel
