// SPDX-License-Identifier: BSL-1.0
/// \file Parameters moved by an optimizer's rule.
///
/// A rule (see optimizer/concepts.hpp) remembers Rule::moments numbers for each parameter: that many arrays, Stride
/// numbers apart, of which a kernel gets the first one's part; it is not touched if there are none.
#pragma once
#include <ctnn/tensor/unroll.hpp>

#include <cstddef>
#include <utility>

namespace ctnn::inline v1::kernel {

namespace detail {

/// Lets the rule move p[I] against the gradient factor x[I].
template <std::size_t Stride> struct descend_row {
  template <class Rule, class T, std::size_t... I>
  static constexpr void run(std::index_sequence<I...>, Rule const& rule, T const& factor, T const* x, T* p) noexcept {
    (rule.move(p[I], factor * x[I]), ...);
  }
  template <class Rule, class T, std::size_t... I>
  static constexpr void run(std::index_sequence<I...>, Rule const& rule, T const& factor, T const* x, T* p,
                            T* m) noexcept {
    (rule.template move<Stride>(p[I], factor * x[I], m + I), ...);
  }
};

/// The same, and former[I] gets p[I] from before; it may be the array x.
template <std::size_t Stride> struct descend_row_undoably {
  template <class Rule, class T, std::size_t... I>
  static constexpr void run(std::index_sequence<I...>, Rule const& rule, T const& factor, T const* x, T* p,
                            T* former) noexcept {
    (move_one(rule, factor * x[I], p[I], former[I]), ...);
  }
  template <class Rule, class T, std::size_t... I>
  static constexpr void run(std::index_sequence<I...>, Rule const& rule, T const& factor, T const* x, T* p, T* former,
                            T* m) noexcept {
    (move_one(rule, factor * x[I], p[I], former[I], m + I), ...);
  }

private:
  template <class Rule, class T, class... Moments>
  static constexpr void move_one(Rule const& rule, T g, T& p, T& former, Moments... m) noexcept {
    former = p;
    if constexpr (sizeof...(m) == 0)
      rule.move(p, g);
    else
      rule.template move<Stride>(p, g, m...);
  }
};

}  // namespace detail

/// p moved by a rule against the gradient factor x. If Undoable, former gets the p from before; it may be x.
/// \shape   x[N], p[N], former[N], m[N]
template <std::size_t N, std::size_t Stride, bool Undoable, class Rule, class T>
constexpr void descend_row(Rule const& rule, T const& factor, T const* x, T* p, T* former, T* m) noexcept {
  if constexpr (Undoable && Rule::moments == 0)
    for_each_element<N, detail::descend_row_undoably<Stride>>(rule, factor, x, p, former);
  else if constexpr (Undoable)
    for_each_element<N, detail::descend_row_undoably<Stride>>(rule, factor, x, p, former, m);
  else if constexpr (Rule::moments == 0)
    for_each_element<N, detail::descend_row<Stride>>(rule, factor, x, p);
  else
    for_each_element<N, detail::descend_row<Stride>>(rule, factor, x, p, m);
}

/// W moved by a rule against the gradient d x^T, which is not stored. If Undoable, former gets the W from before.
/// \shape   d[Out], x[In], weights[Out][In], former[Out][In], m[Out][In]
template <std::size_t Out, std::size_t In, std::size_t Stride, bool Undoable, class Rule, class T>
constexpr void descend(Rule const& rule, T const* d, T const* x, T* weights, T* former, T* m) noexcept {
  for (std::size_t o = 0; o < Out; ++o)
    descend_row<In, Stride, Undoable>(rule, d[o], x, weights + o * In, Undoable ? former + o * In : former,
                                      Rule::moments != 0 ? m + o * In : m);
}

}  // namespace ctnn::inline v1::kernel
