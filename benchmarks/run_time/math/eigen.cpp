// SPDX-License-Identifier: BSL-1.0
/// \file Eigen's vectorised functions.
#include "contestants.hpp"

#include <Eigen/Core>

namespace math_bench {
namespace {
using array = Eigen::Array<float, size, 1>;
using in = Eigen::Map<array const, Eigen::Aligned64>;
using out = Eigen::Map<array, Eigen::Aligned64>;
}  // namespace

void eigen_exp(float* y, float const* x) { out{y} = in{x}.exp(); }
void eigen_tanh(float* y, float const* x) { out{y} = in{x}.tanh(); }
void eigen_logistic(float* y, float const* x) { out{y} = in{x}.logistic(); }

}  // namespace math_bench
