// SPDX-License-Identifier: BSL-1.0
/// \file The network of the first two tutorials: 2-2-1, linear, no biases, one sample.
#pragma once
#include <ctnn.hpp>

namespace tutorials {

using linear_network = ctnn::network<double, ctnn::input<2>, ctnn::dense<2, ctnn::linear, ctnn::bias::none>,
                                     ctnn::dense<1, ctnn::linear, ctnn::bias::none>>;

/// The parameters in the order of the texts: w1 w2 lead to h1, w3 w4 to h2, w5 w6 to the prediction.
inline constexpr ctnn::sample<linear_network> linear_sample{{2, 3}, {1}};
inline constexpr ctnn::sgd linear_rate{.learning_rate = .05};

}  // namespace tutorials
