// SPDX-License-Identifier: BSL-1.0
/// \file The checker that the tests of charts use.
#include "well_formed.hpp"

#include <support/catch.hpp>

using ctnn_test::xml_error;

TEST_CASE("well_formed tells good from bad", "[host][well_formed]") {
  CHECK(xml_error("<a/>").empty());
  CHECK(xml_error("<a b=\"1\" c=\"&lt;\"><d>x &amp; y</d>\n</a>\n").empty());
  CHECK_FALSE(xml_error("").empty());
  CHECK_FALSE(xml_error("<a>").empty());
  CHECK_FALSE(xml_error("<a></b>").empty());
  CHECK_FALSE(xml_error("<a/><b/>").empty());
  CHECK_FALSE(xml_error("<a>x & y</a>").empty());
  CHECK_FALSE(xml_error("<a>x < y</a>").empty());
  CHECK_FALSE(xml_error("<a b=1/>").empty());
  CHECK_FALSE(xml_error("<a b=\"<\"/>").empty());
  CHECK_FALSE(xml_error("<a b=\"1/>").empty());
}
