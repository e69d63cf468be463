// SPDX-License-Identifier: BSL-1.0
/// \file Parameters moved by an optimizer's rule.
///
/// A rule (see optimizer/concepts.hpp) remembers Rule::moments numbers for each parameter: that many arrays, Stride
/// numbers apart, of which a kernel gets the first one's part; it is not touched if there are none.
#pragma once
#include <ctnn/tensor/plain_descent.hpp>
#include <ctnn/tensor/simd.hpp>
#include <ctnn/tensor/unroll.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

/// The rule of plain gradient descent. A rule that is_plain() does the same, but may have to look whether it is, each
/// time.
template <class T> struct plain_rule {
  static constexpr std::size_t moments = 0;
  T rate;
  template <class V> constexpr void move(V& p, V g) const noexcept { p -= rate * g; }
};

/// Calls f with the rule, or with a simpler one that does the same.
template <class T, class Rule, class F> [[gnu::always_inline]] inline void with_simplest(Rule const& rule, F f) {
  if constexpr (requires { rule.is_plain(); })
    if (rule.is_plain()) return f(plain_rule<T>{rule.rate});
  f(rule);
}

/// Lets the rule move p against its gradient g, with the moments m[0], m[Stride], ...
template <std::size_t Stride, class Rule, class T>
constexpr void move(Rule const& rule, T& p, T g, [[maybe_unused]] T* m) noexcept {
  static_assert(Rule::moments <= 2);
  if constexpr (Rule::moments == 0)
    rule.move(p, g);
  else if constexpr (Rule::moments == 1)
    rule.move(p, g, m[0]);
  else
    rule.move(p, g, m[0], m[Stride]);
}

namespace detail {

/// Lets the rule move p[I] against the gradient factor x[I]. If Undoable, the first of Rest is where the p from before
/// go, which may be the array x; then come the moments, if there are any.
template <std::size_t Stride, bool Undoable> struct descend_row {
  template <class Rule, class T, std::size_t... I, class... Rest>
  static constexpr void run(std::index_sequence<I...>, Rule const& rule, T const& factor, T const* x, T* p,
                            Rest... rest) noexcept {
    (one(I, rule, factor * x[I], p[I], rest...), ...);
  }

private:
  template <class Rule, class T, class... Rest>
  static constexpr void one(std::size_t i, Rule const& rule, T g, T& p, Rest... rest) noexcept {
    if constexpr (sizeof...(rest) == 0)
      rule.move(p, g);
    else if constexpr (Undoable)
      undoably(i, rule, g, p, rest...);
    else
      kernel::move<Stride>(rule, p, g, (rest + i)...);
  }
  template <class Rule, class T, class... Moments>
  static constexpr void undoably(std::size_t i, Rule const& rule, T g, T& p, T* former, Moments... m) noexcept {
    former[i] = p;
    if constexpr (sizeof...(m) == 0)
      rule.move(p, g);
    else
      kernel::move<Stride>(rule, p, g, (m + i)...);
  }
};

}  // namespace detail

/// Vectors of parameters moved by a rule against `factor` times a vector. If Undoable, `former` gets the parameters
/// from before. At run time only.
template <std::size_t Stride, bool Undoable, class Rule, class T> struct descent_by_vectors {
  Rule rule;
  T factor;
  T *parameters, *former, *moments;

  /// What is to be written: parameters after the step and before it, and moments.
  template <class V> struct moved { V p, former, m[Rule::moments == 0 ? 1 : Rule::moments]; };

  template <class V> [[nodiscard, gnu::always_inline]] moved<V> end(V x, std::size_t i) const noexcept {
    V const g = x * factor, p = load<V>(parameters + i);
    moved<V> to{p, p, {}};
    for (std::size_t k = 0; k < Rule::moments; ++k) to.m[k] = load<V>(moments + k * Stride + i);
    if constexpr (Rule::moments == 0)
      rule.move(to.p, g);
    else if constexpr (Rule::moments == 1)
      rule.move(to.p, g, to.m[0]);
    else
      rule.move(to.p, g, to.m[0], to.m[1]);
    return to;
  }
  template <class V> [[gnu::always_inline]] void write(moved<V> const& to, std::size_t i) const noexcept {
    store(to.p, parameters + i);
    if constexpr (Undoable) store(to.former, former + i);
    for (std::size_t k = 0; k < Rule::moments; ++k) store(to.m[k], moments + k * Stride + i);
  }
};

namespace detail {

/// N parameters moved against x. Of the last two vectors all is computed before any is written, as they may overlap.
template <std::size_t N, std::size_t Stride, bool Undoable, class Rule, class T>
[[gnu::always_inline]] inline void descend_by_vectors(Rule const& rule, T factor, T const* x, T* p, T* former,
                                                      T* m) noexcept {
  descent_by_vectors<Stride, Undoable, Rule, T> const descent{rule, factor, p, former, m};
  constexpr std::size_t lanes = lanes_within<T, N>, left = N % lanes;
  constexpr std::size_t whole = N - left - (left != 0 ? lanes : 0);
  using V = vector<T, lanes>;
  for (std::size_t i = 0; i < whole; i += lanes) descent.write(descent.end(load<V>(x + i), i), i);
  if constexpr (left != 0) {
    auto const one = descent.end(load<V>(x + whole), whole), other = descent.end(load<V>(x + N - lanes), N - lanes);
    descent.write(one, whole);
    descent.write(other, N - lanes);
  }
}

}  // namespace detail

/// p moved by a rule against the gradient factor x. If Undoable, former gets the p from before; it may be x.
/// \shape   x[N], p[N], former[N], m[N]
template <std::size_t N, std::size_t Stride, bool Undoable, class Rule, class T>
constexpr void descend_row(Rule const& rule, T const& factor, T const* x, T* p, T* former, T* m) noexcept {
  if constexpr (native_lanes < T >> 1)
    if (!std::is_constant_evaluated())
      return with_simplest<T>(rule, [=](auto const& simplest) {
        detail::descend_by_vectors<N, Stride, Undoable>(simplest, factor, x, p, former, m);
      });
  using rows = detail::descend_row<Stride, Undoable>;
  if constexpr (Undoable && Rule::moments == 0)
    for_each_element<N, rows>(rule, factor, x, p, former);
  else if constexpr (Undoable)
    for_each_element<N, rows>(rule, factor, x, p, former, m);
  else if constexpr (Rule::moments == 0)
    for_each_element<N, rows>(rule, factor, x, p);
  else
    for_each_element<N, rows>(rule, factor, x, p, m);
}

/// W moved by a rule against the gradient d x^T, which is not stored. If Undoable, former gets the W from before.
/// \shape   d[Out], x[In], weights[Out][In], former[Out][In], m[Out][In]
template <std::size_t Out, std::size_t In, std::size_t Stride, bool Undoable, class Rule, class T>
constexpr void descend(Rule const& rule, T const* d, T const* x, T* weights, T* former, T* m) noexcept {
  if constexpr (native_lanes < T >> 1)
    if (!std::is_constant_evaluated())
      return with_simplest<T>(rule, [=](auto const& simplest) {
        constexpr bool fills_vectors = lanes_within<T, In> != 1;
        if constexpr (!Undoable && fills_vectors && std::is_same_v<decltype(simplest), plain_rule<T> const&>) {
          plain_row_descent<In, T> const descend_one{simplest.rate, x};
          for (std::size_t o = 0; o < Out; ++o) descend_one(d[o], weights + o * In);
          return;
        }
        for (std::size_t o = 0; o < Out; ++o)
          detail::descend_by_vectors<In, Stride, Undoable>(simplest, d[o], x, weights + o * In,
                                                           Undoable ? former + o * In : former,
                                                           Rule::moments != 0 ? m + o * In : m);
      });
  for (std::size_t o = 0; o < Out; ++o)
    descend_row<In, Stride, Undoable>(rule, d[o], x, weights + o * In, Undoable ? former + o * In : former,
                                      Rule::moments != 0 ? m + o * In : m);
}

}  // namespace ctnn::inline CTNN_ABI::kernel
