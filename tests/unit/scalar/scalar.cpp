// SPDX-License-Identifier: BSL-1.0
/// \file near with a NaN, which a constant expression may not compute with.
#include <ctnn/scalar/scalar.hpp>

#include <limits>
#include <support/exact.hpp>

TEST_CASE("nothing is near a NaN", "[scalar]") {
  constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
  double const opaque = ctnn_test::opaque(not_a_number);
  CHECK_FALSE(ctnn::near(opaque, 1., 1.));
  CHECK_FALSE(ctnn::near(1., opaque, 1.));
  CHECK_FALSE(ctnn::near(opaque, opaque, 1.));
  CHECK_FALSE(ctnn::near(1., 1., opaque));
}
