// SPDX-License-Identifier: BSL-1.0
/// \file The results as a picture: for every row, each contestant's time relative to the fastest baseline's.
#pragma once
#include <ctnn/host/svg.hpp>

#include "report.hpp"

#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

namespace bench {

/// Dots on a logarithmic scale from 1/4 to 32 times the fastest baseline; what lies beyond is drawn at the edge.
inline void draw(std::ostream& out, std::string const& label, std::vector<row const*> const& rows, double target) {
  constexpr double left = 240, right = 860, top = 96, line = 34, lowest = .25, highest = 32;
  double const bottom = top + line * static_cast<double>(rows.size());
  auto const at = [&](double ratio) {
    double const inside = std::min(std::max(ratio, lowest), highest);
    return left + (right - left) * std::log(inside / lowest) / std::log(highest / lowest);
  };
  std::string const heading = "Time relative to the fastest baseline (" + label + ")";
  ctnn::detail::svg_picture picture{out, right + 40, bottom + 44, heading};
  picture.text({.x = 20, .y = 30, .text = heading, .size = 16, .bold = true});
  constexpr char const *ours = "#0072b2", *theirs = "#9a9a9a", *limit = "#d55e00";
  picture.disc(left, 56, 5, ours);
  picture.text({.x = left + 12, .y = 60, .text = "ctnn"});
  picture.disc(left + 80, 56, 4, theirs);
  picture.text({.x = left + 92, .y = 60, .text = "other contestants"});
  picture.line(left + 240, 50, left + 240, 62, "#24292f", 2);
  picture.text({.x = left + 250, .y = 60, .text = "floor"});
  picture.line(left + 310, 56, left + 334, 56, limit, 1.5, "5 4");
  picture.text({.x = left + 342, .y = 60, .text = "target for ctnn's best"});
  for (double tick = lowest; tick <= highest; tick *= 2) {
    picture.line(at(tick), top - 8, at(tick), bottom, tick == 1 ? "#24292f" : "#e3e3e3");
    picture.text({.x = at(tick), .y = bottom + 20, .text = number(tick, 2), .anchor = "middle"});
  }
  picture.line(at(target), top - 8, at(target), bottom, limit, 1.5, "5 4");
  double y = top + line / 2;
  for (auto const* r : rows) {
    auto const v = judge(*r, target);
    picture.text({.x = left - 14, .y = y + 4, .text = title(*r), .anchor = "end"});
    if (v.baseline != nullptr)
      for (bool const ctnn : {false, true})
        for (auto const& one : r->results()) {
          if (one.what.ctnn != ctnn || !one.what.judged) continue;
          double const x = at(ratio(one, *v.baseline));
          if (one.is_floor())
            picture.line(x, y - 8, x, y + 8, "#24292f", 2);
          else
            picture.disc(x, y, ctnn ? 5 : 4, ctnn ? ours : theirs);
        }
    y += line;
  }
}

}  // namespace bench
