// SPDX-License-Identifier: BSL-1.0
/// \file Eigen with matrices of fixed size. Built twice, the second time with -ffast-math (CTNN_BENCH_FAST).
#ifdef CTNN_BENCH_FAST
#define Eigen Eigen_fast  // or the linker would merge the two
#endif
#define EIGEN_STACK_ALLOCATION_LIMIT 0  // the matrices are static, some of them large
#include "contestants.hpp"

#include <Eigen/Core>
#include <cstddef>
#include <tuple>
#include <utility>

namespace bench {
namespace {

#ifdef CTNN_BENCH_FAST
constexpr char const* name = "Eigen, -ffast-math";
#else
constexpr char const* name = "Eigen";
#endif

template <std::size_t Rows, std::size_t Columns>
using matrix = Eigen::Matrix<float, static_cast<int>(Rows), static_cast<int>(Columns)>;
template <std::size_t Rows, std::size_t Columns>
using row_major = Eigen::Matrix<float, static_cast<int>(Rows), static_cast<int>(Columns), Eigen::RowMajor>;

template <activation F, class M> [[gnu::always_inline]] inline void activate(M& y) {
  if constexpr (F == activation::relu) y = y.cwiseMax(0.F);
  if constexpr (F == activation::logistic) y = (1.F + (-y.array()).exp()).inverse().matrix();
  if constexpr (F == activation::tanh) y = y.array().tanh().matrix();
  if constexpr (F == activation::softmax)
    for (int c = 0; c < M::ColsAtCompileTime; ++c) {
      auto column = y.col(c);
      column = (column.array() - column.maxCoeff()).exp().matrix();
      column /= column.sum();
    }
}

/// Batch is how many samples are the columns of a matrix.
template <class Spec, std::size_t Batch> struct model {
  template <std::size_t L> struct stage {
    static constexpr auto l = Spec::layers[L];
    matrix<l.outputs, l.inputs> w;
    matrix<l.outputs, 1> b;
    matrix<l.outputs, Batch> y, delta;
  };
  template <class> struct stages;
  template <std::size_t... L> struct stages<std::index_sequence<L...>> : std::type_identity<std::tuple<stage<L>...>> {};
  static inline typename stages<std::make_index_sequence<Spec::depth>>::type all;

  template <class F> [[gnu::always_inline]] static inline void each_layer(F f) {
    [&]<std::size_t... L>(std::index_sequence<L...>) __attribute__((always_inline)) {
      (f(std::integral_constant<std::size_t, L>{}), ...);
    }
    (std::make_index_sequence<Spec::depth>{});
  }

  static void prepare(problem const& p) {
    each_layer([&](auto l) {
      constexpr auto at = Spec::layers[l];
      auto& s = std::get<l>(all);
      s.w = Eigen::Map<row_major<at.outputs, at.inputs> const>(p.parameters + at.weights_at);
      s.b = Eigen::Map<matrix<at.outputs, 1> const>(p.parameters + at.biases_at);
    });
  }
  static void read(float* p) {
    each_layer([&](auto l) {
      constexpr auto at = Spec::layers[l];
      auto& s = std::get<l>(all);
      Eigen::Map<row_major<at.outputs, at.inputs>>(p + at.weights_at) = s.w;
      Eigen::Map<matrix<at.outputs, 1>>(p + at.biases_at) = s.b;
    });
  }

  template <std::size_t L, class X> [[gnu::always_inline]] static inline void forward(X const& x) {
    auto& s = std::get<L>(all);
    if constexpr (Batch == 1) {
      s.y = s.b;
      s.y.noalias() += s.w * x;
    } else {
      s.y.noalias() = s.w * x;
      s.y.colwise() += s.b;
    }
    activate<Spec::layers[L].f>(s.y);
    if constexpr (L + 1 < Spec::depth) forward<L + 1>(s.y);
  }
  using input = Eigen::Map<matrix<Spec::inputs, Batch> const>;
  using output = Eigen::Map<matrix<Spec::outputs, Batch>>;
  using target = Eigen::Map<matrix<Spec::outputs, Batch> const>;

  static void infer(float const* x, float* y) {
    forward<0>(input(x));
    output{y} = std::get<Spec::depth - 1>(all).y;
  }

  template <std::size_t L, class X> [[gnu::always_inline]] static inline void backward(X const& x) {
    auto& s = std::get<L>(all);
    constexpr auto f = Spec::layers[L].f;
    if constexpr (f == activation::logistic) s.delta.array() *= s.y.array() * (1.F - s.y.array());
    if constexpr (f == activation::relu) s.delta = (s.y.array() > 0.F).select(s.delta, 0.F);
    constexpr float rate = learning_rate / Batch;
    if constexpr (L != 0) {
      auto& below = std::get<L - 1>(all);
      below.delta.noalias() = s.w.transpose() * s.delta;
      s.w.noalias() -= (rate * s.delta) * below.y.transpose();
    } else {
      s.w.noalias() -= (rate * s.delta) * x.transpose();
    }
    if constexpr (Batch == 1)
      s.b -= rate * s.delta;
    else
      s.b -= rate * s.delta.rowwise().sum();
    if constexpr (L != 0) backward<L - 1>(x);
  }
  static void step(float const* x, float const* t) {
    input const from(x);
    forward<0>(from);
    auto& last = std::get<Spec::depth - 1>(all);
    last.delta = last.y - target(t);
    backward<Spec::depth - 1>(from);
  }
  static void batch_step(float const* x, float const* t) { step(x, t); }
};

template <class... I, class... T> void add_all(sink add, list<I...>, list<T...>) {
  (add({task::inference, I::name, name, false, model<I, 1>::prepare, infer_in_turn<I, model<I, 1>>, nullptr}), ...);
  (add({task::step, T::name, name, false, model<T, 1>::prepare, learn_in_turn<T, model<T, 1>>, model<T, 1>::read}),
   ...);
  (add({task::batch_step, T::name, name, false, model<T, batch_size>::prepare, learn_batch<T, model<T, batch_size>>,
        model<T, batch_size>::read}),
   ...);
}

}  // namespace

#ifdef CTNN_BENCH_FAST
void by_eigen_fast(sink add) {
#else
void by_eigen(sink add) {
#endif
  add_all(add, inference_networks{}, training_networks{});
}

}  // namespace bench
