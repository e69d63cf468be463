// SPDX-License-Identifier: BSL-1.0
/// \file The arithmetic of an inference, which one asks for by name.
#pragma once
#include <ctnn/math/multiply_add.hpp>
#include <ctnn/tensor/simd.hpp>

#include <concepts>
#include <type_traits>

namespace ctnn::inline CTNN_ABI {

/// The library's own arithmetic: every product is rounded before it is added, sums are taken in one order. The same
/// bits from every compiler on every target, and as a constant.
struct canonical {};

/// Arithmetic that gives up these bits for speed where the target has a fused multiply-add: products go into sums
/// unrounded, sums are taken in any order, and the commonest activation functions are shorter. Results differ in their
/// last bits from target to target, and from what the compiler computes as a constant, which is always canonical.
/// Nothing that is promised to the bit (self_test, training) takes this. Elsewhere, on Cortex-M too, it is `canonical`.
/// \errors  a sum of N products: N / 2^24 of the sum of their magnitudes, as in any order (N / 2^53 for double); the
///          functions: see math/fast.hpp
/// \source  Higham, Accuracy and Stability of Numerical Algorithms, 2002, 3.1
struct fast {};

template <class P>
concept arithmetic = std::same_as<P, canonical> || std::same_as<P, fast>;

namespace kernel {

template <arithmetic P> inline constexpr bool is_fast = std::same_as<P, fast>;

/// Whether numbers of type T, and vectors of them if there are any, have a fused multiply-add.
template <class T>
inline constexpr bool fuses = math::has_multiply_add<T>&& math::has_multiply_add<vector<T, native_lanes<T>>>;

/// An activation as an arithmetic computes it: itself, or what it names `fast_form`.
template <arithmetic P, class A> struct activation_form { using type = A; };
template <class A>
requires requires { typename A::fast_form; }
struct activation_form<fast, A> {
  using type = typename A::fast_form;
};
template <arithmetic P, class A> using activation_by = typename activation_form<P, A>::type;

/// sum += a b.
template <arithmetic P, class V> [[gnu::always_inline]] inline void add_product(V& sum, V a, V b) noexcept {
  if constexpr (is_fast<P>)
    sum = math::multiply_add(a, b, sum);
  else
    sum += a * b;
}

}  // namespace kernel
}  // namespace ctnn::inline CTNN_ABI
