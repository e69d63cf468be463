// SPDX-License-Identifier: BSL-1.0
/// \file The arithmetic of progress, and what is written of it.
#include <ctnn/host/progress.hpp>

#include "well_formed.hpp"

#include <cstddef>
#include <limits>
#include <sstream>
#include <string>
#include <support/catch.hpp>

using ctnn::detail::duration_text;
using ctnn::detail::progress_bar;
using ctnn::detail::progress_text;
using ctnn::detail::time_left;

TEST_CASE("progress estimates the time that is left", "[host][progress]") {
  CHECK(time_left(0, 10, 5) < 0);  // unknown
  CHECK(time_left(1, 10, 5) == 45);
  CHECK(time_left(5, 10, 5) == 5);
  CHECK(time_left(10, 10, 5) == 0);
  CHECK(time_left(11, 10, 5) == 0);
}

TEST_CASE("progress writes durations for people", "[host][progress]") {
  CHECK(duration_text(0) == "0.0 s");
  CHECK(duration_text(9.94) == "9.9 s");
  CHECK(duration_text(9.96) == "10 s");
  CHECK(duration_text(59.4) == "59 s");
  CHECK(duration_text(59.6) == "1 min 00 s");
  CHECK(duration_text(185) == "3 min 05 s");
  CHECK(duration_text(3599.6) == "1 h 00 min");
  CHECK(duration_text(2 * 3600 + 4 * 60) == "2 h 04 min");
  CHECK(duration_text(std::numeric_limits<double>::infinity()) == "ages");
  CHECK(duration_text(-1) == "?");
  CHECK(duration_text(std::numeric_limits<double>::quiet_NaN()) == "?");
}

TEST_CASE("progress fills its bar", "[host][progress]") {
  CHECK(progress_bar(0, 4, 8) == "[........]");
  CHECK(progress_bar(1, 4, 8) == "[##......]");
  CHECK(progress_bar(3, 4, 8) == "[######..]");
  CHECK(progress_bar(4, 4, 8) == "[########]");
  CHECK(progress_bar(9, 4, 8) == "[########]");
  CHECK(progress_bar(0, 0, 8) == "[########]");
  constexpr auto most = std::numeric_limits<std::size_t>::max();
  CHECK(progress_bar(most / 2, most, 8) == "[####....]");
  CHECK(progress_bar(most, most, 8) == "[########]");
}

TEST_CASE("progress tells count, figures and time", "[host][progress]") {
  CHECK(progress_text("epoch", 3, 40, 6, "loss 0.5") == "epoch  3/40  loss 0.5  6.0 s, 1 min 14 s left");
  CHECK(progress_text("epoch", 40, 40, 6, "loss 0.5") == "epoch 40/40  loss 0.5  6.0 s");
  CHECK(progress_text("epoch", 0, 40, 0, "") == "epoch  0/40  0.0 s");
}

TEST_CASE("progress writes a line an update where nobody watches", "[host][progress]") {
  std::ostringstream out;
  {
    ctnn::progress progress{out, "epoch", 2, false};
    progress.update(1, "a");
    progress.update(2, "b");
  }
  auto const text = out.str();
  CHECK(ctnn_test::occurrences(text, "\n") == 2);
  CHECK(text.find('\r') == text.npos);
  CHECK(text.find('\x1b') == text.npos);
  CHECK(text.starts_with("epoch 1/2  a  "));
}

TEST_CASE("progress rewrites one line for a terminal, and shows the last state", "[host][progress]") {
  std::ostringstream out;
  {
    ctnn::progress progress{out, "epoch", 1000, true};
    for (std::size_t i = 1; i <= 1000; ++i) progress.update(i, std::string(i % 100, 'x'));
    progress.finish();
    progress.finish();
  }
  auto const text = out.str();
  CHECK(ctnn_test::occurrences(text, "\n") == 1);
  CHECK(text.ends_with("\n"));
  CHECK(text.starts_with("\r["));
  CHECK(text.rfind("epoch 1000/1000") != text.npos);
  CHECK(ctnn_test::occurrences(text, "\r") < 1000);  // not more often than the eye can follow
  // No line is longer than a terminal is wide.
  for (std::size_t at = 0; (at = text.find('\r', at)) != text.npos; ++at) CHECK(text.find('\x1b', at) - at <= 80);
}

TEST_CASE("progress takes a stream that it does not know for no terminal", "[host][progress]") {
  std::ostringstream out;
  CHECK_FALSE(ctnn::is_terminal(out));
  {
    ctnn::progress progress{out, "epoch", 2};
    progress.update(1);
  }
  CHECK(out.str().find('\r') == std::string::npos);
}

TEST_CASE("progress that was never updated writes nothing", "[host][progress]") {
  std::ostringstream out;
  { ctnn::progress const progress{out, "epoch", 10, true}; }
  CHECK(out.str().empty());
}
