// SPDX-License-Identifier: BSL-1.0
/// \file near and is_finite at their edges, and which types are scalars.
#include <ctnn/scalar/scalar.hpp>

#include <limits>

namespace {

using ctnn::is_finite, ctnn::near;
template <class T> using limits = std::numeric_limits<T>;

static_assert(near(1., 1., 0.) && near(1., 1.5, .5) && near(1.5, 1., .5));
static_assert(!near(1., 1.5, .4999) && !near(1., -1., 1.));
static_assert(near(0., -0., 0.));

template <class T> constexpr bool finite_is_right() {
  return is_finite(T(0)) && is_finite(limits<T>::max()) && is_finite(limits<T>::lowest()) &&
         is_finite(limits<T>::denorm_min()) && !is_finite(limits<T>::infinity()) &&
         !is_finite(-limits<T>::infinity()) && !is_finite(limits<T>::quiet_NaN());
}
static_assert(finite_is_right<float>() && finite_is_right<double>());

static_assert(ctnn::scalar<float> && ctnn::scalar<double>);
static_assert(!ctnn::scalar<int> && !ctnn::scalar<long double> && !ctnn::scalar<bool>);

}  // namespace
