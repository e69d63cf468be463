// SPDX-License-Identifier: BSL-1.0
/// \file A value or a sentence.
#include <ctnn/host/result.hpp>

#include <memory>
#include <string>
#include <support/catch.hpp>
#include <utility>

TEST_CASE("result is a value or a sentence", "[host][result]") {
  ctnn::result<int> const good{3}, bad{ctnn::failure{"no luck"}};
  CHECK(good);
  CHECK(good.value() == 3);
  CHECK_FALSE(bad);
  CHECK(bad.error() == "no luck");

  ctnn::result<> const done, undone{ctnn::failure{"no time"}};
  CHECK(done);
  CHECK_FALSE(undone);
  CHECK(undone.error() == "no time");

  // A text is a value, not an error.
  ctnn::result<std::string> const text{std::string{"all is well"}};
  CHECK(text);
}

TEST_CASE("result hands over what can only be moved", "[host][result]") {
  ctnn::result<std::unique_ptr<int>> made{std::make_unique<int>(7)};
  REQUIRE(made);
  auto const owned = std::move(made).value();
  CHECK(*owned == 7);
}
