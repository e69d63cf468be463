// SPDX-License-Identifier: BSL-1.0
/// \file Losses of outputs that give round figures, and which activations each loss goes with.
#include <ctnn.hpp>

#include <array>

namespace {

using ctnn::near;
template <class Activation>
using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<2, Activation, ctnn::bias::none>>;
template <class Activation> constexpr net<Activation> identity{{1, 0, 0, 1}};
template <class Loss, class Activation>
constexpr double loss_of(std::array<double, 2> const& logits, std::array<double, 2> const& target) {
  return ctnn::loss<Loss>(identity<Activation>, logits, target);
}

// Errors of 3 and -.5.
constexpr std::array out{4., 1.}, target{1., 1.5};
static_assert(loss_of<ctnn::half_squared_error, ctnn::linear>(out, target) == (9 + .25) / 2);
static_assert(loss_of<ctnn::mean_squared_error, ctnn::linear>(out, target) == (9 + .25) / 2);
static_assert(loss_of<ctnn::huber, ctnn::linear>(out, target) == (2.5 + .125) / 2);
static_assert(loss_of<ctnn::huber_with<2.>, ctnn::linear>(out, target) == (2 * (3 - 1) + .125) / 2);

constexpr double log_2 = 0.693147180559945309;
constexpr std::array even{0., 0.}, first{1., 0.};
static_assert(near(loss_of<ctnn::binary_cross_entropy, ctnn::logistic>(even, first), log_2, 1e-15));
static_assert(near(loss_of<ctnn::binary_cross_entropy_with_logits, ctnn::linear>(even, first), log_2, 1e-15));
static_assert(near(loss_of<ctnn::cross_entropy, ctnn::softmax>(even, first), log_2, 1e-15));
static_assert(near(loss_of<ctnn::cross_entropy_with_logits, ctnn::linear>(even, first), log_2, 1e-15));
static_assert(near(loss_of<ctnn::cross_entropy, ctnn::softmax>({log_2, 0}, first), 0.405465108108164382,
                   1e-15));  // log 3/2

// In a constant expression an overflow does not compile, so these also show that there is none.
static_assert(loss_of<ctnn::cross_entropy, ctnn::softmax>({-1000, 1000}, first) == 2000);
static_assert(loss_of<ctnn::cross_entropy_with_logits, ctnn::linear>({-1000, 1000}, first) == 2000);
static_assert(loss_of<ctnn::binary_cross_entropy, ctnn::logistic>({-1000, 1000}, first) == 1000);
static_assert(loss_of<ctnn::binary_cross_entropy_with_logits, ctnn::linear>({1000, -1000}, first) == 0);

// dE/dW = (out - target) x for half the squared error: errors 3 and -.5, inputs 4 and 1.
static_assert(ctnn::gradient<ctnn::half_squared_error>(identity<ctnn::linear>, out, target).parameters ==
              std::array{12., 3., -2., -.5});
static_assert(ctnn::gradient<ctnn::huber>(identity<ctnn::linear>, out, target).parameters ==
              std::array{2., .5, -1., -.25});

static_assert(ctnn::half_squared_error::accepts<ctnn::tanh> && !ctnn::half_squared_error::accepts<ctnn::softmax>);
static_assert(ctnn::mean_squared_error::accepts<ctnn::gelu> && !ctnn::mean_squared_error::accepts<ctnn::softmax>);
static_assert(ctnn::huber::accepts<ctnn::relu> && !ctnn::huber::accepts<ctnn::softmax>);
static_assert(ctnn::cross_entropy::accepts<ctnn::softmax> && !ctnn::cross_entropy::accepts<ctnn::logistic>);
static_assert(ctnn::cross_entropy_with_logits::accepts<ctnn::linear>);
static_assert(!ctnn::cross_entropy_with_logits::accepts<ctnn::softmax>);
static_assert(ctnn::binary_cross_entropy::accepts<ctnn::logistic> &&
              !ctnn::binary_cross_entropy::accepts<ctnn::linear>);
static_assert(!ctnn::binary_cross_entropy_with_logits::accepts<ctnn::logistic>);

static_assert(ctnn::elementwise_loss<ctnn::huber> && !ctnn::layerwise_loss<ctnn::huber>);
static_assert(ctnn::layerwise_loss<ctnn::cross_entropy> && !ctnn::loss_function<ctnn::tanh>);

}  // namespace
