// SPDX-License-Identifier: BSL-1.0
/// \file Eigen's functions over one array. They are compiled apart, as Eigen may use FMA and this library may not.
#pragma once
#include <cstddef>

namespace math_bench {

inline constexpr std::size_t size = 1024;
using function = void(float* y, float const* x);

#ifdef CTNN_BENCH_EIGEN
function eigen_exp;
function eigen_tanh;
function eigen_logistic;
#else
inline constexpr function* eigen_exp = nullptr;
inline constexpr function* eigen_tanh = nullptr;
inline constexpr function* eigen_logistic = nullptr;
#endif

}  // namespace math_bench
