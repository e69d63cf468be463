// SPDX-License-Identifier: BSL-1.0
/// \file Laws of every loss: its derivative, the same bits in the compiler and at run time, large logits.
#include <ctnn.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <support/exact.hpp>
#include <tuple>

namespace {

template <class Loss, class Activation, class T = double> struct subject {
  using loss_type = Loss;
  using scalar = T;
  // Hands its inputs to the activation, so that inputs are logits.
  using net = ctnn::network<T, ctnn::input<3>, ctnn::dense<3, Activation, ctnn::bias::none>>;
  static constexpr net identity{{1, 0, 0, 0, 1, 0, 0, 0, 1}};
};

using subjects =
    std::tuple<subject<ctnn::half_squared_error, ctnn::linear>, subject<ctnn::half_squared_error, ctnn::tanh, float>,
               subject<ctnn::mean_squared_error, ctnn::linear>, subject<ctnn::huber, ctnn::linear>,
               subject<ctnn::huber_with<.3>, ctnn::tanh>, subject<ctnn::binary_cross_entropy, ctnn::logistic>,
               subject<ctnn::binary_cross_entropy, ctnn::logistic, float>,
               subject<ctnn::binary_cross_entropy_with_logits, ctnn::linear>,
               subject<ctnn::cross_entropy, ctnn::softmax>, subject<ctnn::cross_entropy, ctnn::softmax, float>,
               subject<ctnn::cross_entropy_with_logits, ctnn::linear>,
               subject<ctnn::cross_entropy_with_logits, ctnn::linear, float>>;

template <class T> constexpr std::array inputs{T(.4), T(-1.3), T(2.1)};
template <class T> constexpr std::array large_inputs{T(1000), T(-1000), T(999)};
template <class T> constexpr std::array targets{T(.2), T(.7), T(.1)};

template <class Subject> struct loss_and_gradient {
  constexpr auto operator()(auto const& net, auto const& x, auto const& target) const {
    using loss_type = typename Subject::loss_type;
    return std::tuple{ctnn::loss<loss_type>(net, x, target), ctnn::gradient<loss_type>(net, x, target)};
  }
};

template <class Loss, class Activation> double loss_of(std::array<double, 3> const& x, std::array<double, 3> const& t) {
  return ctnn::loss<Loss>(subject<Loss, Activation>::identity, x, t);
}
/// Its weights are its logits if the one input is 1.
template <class Activation>
using of_logits = ctnn::network<double, ctnn::input<1>, ctnn::dense<3, Activation, ctnn::bias::none>>;
template <class Loss, class Activation>
double loss_of_logits(std::array<double, 3> const& logits, std::array<double, 3> const& t) {
  return ctnn::loss<Loss>(of_logits<Activation>{logits}, {1.}, t);
}
/// dE/dnet, which is the gradient by those weights.
template <class Loss, class Activation>
auto slopes(std::array<double, 3> const& logits, std::array<double, 3> const& t) {
  return ctnn::gradient<Loss>(of_logits<Activation>{logits}, {1.}, t).parameters;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("a loss has the same bits in the compiler and at run time", "[loss]", subjects) {
  using T = typename TestType::scalar;
  ctnn_test::exact<loss_and_gradient<TestType>{}, TestType::identity, inputs<T>, targets<T>>();
  ctnn_test::exact<loss_and_gradient<TestType>{}, TestType::identity, large_inputs<T>, targets<T>>();
}

TEMPLATE_LIST_TEST_CASE("a loss has the gradient of its central differences", "[loss]", subjects) {
  using T = typename TestType::scalar;
  using loss_type = typename TestType::loss_type;
  // Rounding of the loss over h dominates: 1e-16 / 1e-5 in double, 1e-7 / 1e-2 in float.
  constexpr auto h = static_cast<T>(sizeof(T) == 4 ? 1e-2 : 1e-5);
  constexpr auto tolerance = static_cast<T>(sizeof(T) == 4 ? 1e-3 : 1e-9);
  auto const gradient = ctnn::gradient<loss_type>(TestType::identity, inputs<T>, targets<T>);
  for (std::size_t i = 0; i < TestType::net::parameter_count; ++i) {
    auto above = TestType::identity, below = TestType::identity;
    above.parameters[i] += h;
    below.parameters[i] -= h;
    T const difference =
        (ctnn::loss<loss_type>(above, inputs<T>, targets<T>) - ctnn::loss<loss_type>(below, inputs<T>, targets<T>)) /
        (T(2) * h);
    INFO(loss_type::name << ", parameter " << i);
    CHECK(ctnn::near(gradient.parameters[i], difference, tolerance));
  }
}

TEST_CASE("cross-entropy of logits of 1000 is finite and right", "[loss]") {
  constexpr std::array x{1000., -1000., 0.};
  constexpr std::array right{1., 0., 0.}, wrong{0., 1., 0.}, between{.5, .25, .25};
  CHECK(loss_of<ctnn::cross_entropy, ctnn::softmax>(x, right) == 0);
  CHECK(loss_of<ctnn::cross_entropy, ctnn::softmax>(x, wrong) == 2000);
  CHECK(loss_of<ctnn::cross_entropy, ctnn::softmax>(x, between) == 750);
  CHECK(loss_of<ctnn::cross_entropy_with_logits, ctnn::linear>(x, right) == 0);
  CHECK(loss_of<ctnn::cross_entropy_with_logits, ctnn::linear>(x, wrong) == 2000);
  CHECK(loss_of<ctnn::cross_entropy_with_logits, ctnn::linear>(x, between) == 750);
  CHECK(slopes<ctnn::cross_entropy, ctnn::softmax>(x, wrong) == std::array{1., -1., 0.});
  CHECK(slopes<ctnn::cross_entropy_with_logits, ctnn::linear>(x, wrong) == std::array{1., -1., 0.});
}

// Their distance is infinite in double. Exactly, the loss of the largest logit's class is log(1 + 2 exp(-...)), which
// is below 1e-300 in all of these and so rounds to 0; that of another is beyond the largest double.
TEST_CASE("cross-entropy of logits whose distance overflows is 0 or infinite", "[loss]") {
  constexpr double max = std::numeric_limits<double>::max(), infinity = std::numeric_limits<double>::infinity();
  constexpr std::array right{1., 0., 0.}, wrong{0., 1., 0.};
  for (auto const& x :
       {std::array{max, -max, 0.}, std::array{.6 * max, -.6 * max, -max}, std::array{0., -infinity, -max}}) {
    CHECK(loss_of_logits<ctnn::cross_entropy, ctnn::softmax>(x, right) == 0);
    CHECK(loss_of_logits<ctnn::cross_entropy, ctnn::softmax>(x, wrong) == infinity);
    CHECK(loss_of_logits<ctnn::cross_entropy_with_logits, ctnn::linear>(x, right) == 0);
    CHECK(loss_of_logits<ctnn::cross_entropy_with_logits, ctnn::linear>(x, wrong) == infinity);
    CHECK(slopes<ctnn::cross_entropy, ctnn::softmax>(x, right) == std::array{0., 0., 0.});
    CHECK(slopes<ctnn::cross_entropy_with_logits, ctnn::linear>(x, wrong) == std::array{1., -1., 0.});
  }
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(std::isnan(loss_of_logits<ctnn::cross_entropy, ctnn::softmax>({nan, 0., 1.}, wrong)));
  CHECK(std::isnan(loss_of_logits<ctnn::cross_entropy, ctnn::softmax>({0., 1., nan}, wrong)));
  CHECK(std::isnan(loss_of_logits<ctnn::cross_entropy, ctnn::softmax>({infinity, 0., 1.}, wrong)));
}

TEST_CASE("binary cross-entropy of logits of 1000 is finite and right", "[loss]") {
  constexpr std::array x{1000., -1000., -1000.};
  constexpr std::array right{1., 0., 0.}, wrong{0., 1., 1.};
  CHECK(loss_of<ctnn::binary_cross_entropy, ctnn::logistic>(x, right) == 0);
  CHECK(ctnn::near(loss_of<ctnn::binary_cross_entropy, ctnn::logistic>(x, wrong), 1000., 1e-12));
  CHECK(ctnn::near(loss_of<ctnn::binary_cross_entropy_with_logits, ctnn::linear>(x, wrong), 1000., 1e-12));
  auto const slope = slopes<ctnn::binary_cross_entropy, ctnn::logistic>(x, wrong);
  CHECK(slope == slopes<ctnn::binary_cross_entropy_with_logits, ctnn::linear>(x, wrong));
  CHECK((slope[0] == 1. / 3 && slope[1] == -1. / 3 && slope[2] == -1. / 3));
}

TEST_CASE("the forms with logits agree with those on activated outputs", "[loss]") {
  auto const& x = inputs<double>;
  auto const& t = targets<double>;
  CHECK(ctnn::near(loss_of<ctnn::cross_entropy, ctnn::softmax>(x, t),
                   loss_of<ctnn::cross_entropy_with_logits, ctnn::linear>(x, t), 1e-15));
  CHECK(ctnn::near(loss_of<ctnn::binary_cross_entropy, ctnn::logistic>(x, t),
                   loss_of<ctnn::binary_cross_entropy_with_logits, ctnn::linear>(x, t), 1e-15));
}

TEST_CASE("the loss of several samples is the mean of theirs", "[loss]") {
  using subject_type = subject<ctnn::half_squared_error, ctnn::linear>;
  constexpr std::array samples{ctnn::sample<subject_type::net>{{1, 0, 0}, {0, 0, 0}},
                               ctnn::sample<subject_type::net>{{0, 2, 0}, {0, -1, 0}}};
  CHECK(ctnn::loss<ctnn::half_squared_error>(subject_type::identity, samples) == (.5 + 4.5) / 2);
  constexpr std::array<ctnn::sample<subject_type::net>, 0> none{};
  CHECK(ctnn::loss<ctnn::half_squared_error>(subject_type::identity, none) == 0);
}
