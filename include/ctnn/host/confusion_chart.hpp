// SPDX-License-Identifier: BSL-1.0
/// \file A confusion matrix as an SVG picture.
#pragma once
#include <ctnn/host/confusion_matrix.hpp>
#include <ctnn/host/number_text.hpp>
#include <ctnn/host/result.hpp>
#include <ctnn/host/svg.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

namespace ctnn::inline CTNN_ABI {
namespace detail {

struct rgb {
  double red, green, blue;
};

/// A colour between two, as "#rrggbb".
inline std::string mixed(rgb from, rgb to, double share) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text = "#";
  for (double const c : {from.red + share * (to.red - from.red), from.green + share * (to.green - from.green),
                         from.blue + share * (to.blue - from.blue)}) {
    auto const byte = static_cast<unsigned>(c + .5);
    text += digits[byte / 16];
    text += digits[byte % 16];
  }
  return text;
}

/// What is right is blue, what is wrong orange. Errors are few beside what is right, so the scale grows steeply.
struct cell_colour {
  std::string fill;
  std::string_view ink;
};
inline cell_colour colour_of(std::size_t count, std::size_t of, bool right) {
  if (count == 0) return {"#f6f8fa", "#24292f"};
  double const share = std::sqrt(static_cast<double>(count) / static_cast<double>(of));
  return {right ? mixed({233, 242, 250}, {8, 81, 156}, share) : mixed({254, 237, 222}, {166, 54, 3}, share),
          share > .55 ? "#ffffff" : "#24292f"};
}

/// The sizes that follow from the names.
struct matrix_layout {
  double cell, left, top = 72, name_size = 12;
  bool names_upwards;
  double names_height;

  explicit matrix_layout(confusion_matrix const& m) {
    auto const n = static_cast<double>(m.classes());
    double longest = 0;
    for (std::size_t c = 0; c < m.classes(); ++c) longest = std::max(longest, text_width(m.name(c), name_size));
    // As large as fits names beside each other, within what is pleasant for a page.
    cell = std::clamp(std::max(44., longest + 10), 18., std::max(18., std::min(96., 560 / n)));
    names_upwards = longest + 6 > cell;
    names_height = names_upwards ? longest + 8 : 18;
    left = 40 + longest + 8;
  }
};

}  // namespace detail

/// Writes the matrix as an SVG picture: counts, shaded by their share of the actual class, and how many of each class
/// are right.
/// \errors  a failure if there are no classes, or more than 60; then nothing is written
/// \example examples/digits.cpp
inline result<> write_svg(std::ostream& out, confusion_matrix const& m, std::string_view title) {
  if (m.classes() == 0 || m.classes() > 60)
    return failure{"a picture of a confusion matrix wants 1 to 60 classes; there are " + std::to_string(m.classes())};
  detail::matrix_layout const layout{m};
  auto const counted = summary(m);
  double const size = layout.cell * static_cast<double>(m.classes());
  double const right = layout.left + size, bottom = layout.top + size;
  double const width = 16 + std::max({right + 70, layout.left + detail::text_width(title, 16),
                                      layout.left + detail::text_width(counted, 12)});
  detail::svg_picture picture{out, width, bottom + layout.names_height + 34, title};
  picture.text({.x = layout.left, .y = 30, .text = title, .size = 16, .bold = true});
  picture.text({.x = layout.left, .y = 52, .text = counted});

  constexpr double gap = 1;
  double const count_size = std::min(13., layout.cell * .36);
  for (std::size_t row = 0; row < m.classes(); ++row) {
    double const y = layout.top + layout.cell * static_cast<double>(row), middle_y = y + layout.cell / 2;
    for (std::size_t column = 0; column < m.classes(); ++column) {
      double const x = layout.left + layout.cell * static_cast<double>(column);
      auto const count = m.count(row, column);
      auto const colour = detail::colour_of(count, m.total(row), row == column);
      picture.rectangle(x + gap, y + gap, layout.cell - 2 * gap, layout.cell - 2 * gap, colour.fill);
      if (count == 0) continue;
      auto const text = std::to_string(count);
      // Numbers of many digits shrink to their cell.
      double const fitting = count_size * std::min(1., (layout.cell - 4) / detail::text_width(text, count_size));
      picture.text({.x = x + layout.cell / 2,
                    .y = middle_y + fitting * .36,
                    .text = text,
                    .anchor = "middle",
                    .size = fitting,
                    .fill = colour.ink});
    }
    double const baseline = middle_y + layout.name_size * .36;
    picture.text({.x = layout.left - 8, .y = baseline, .text = m.name(row), .anchor = "end", .size = layout.name_size});
    picture.text({.x = right + 60,
                  .y = baseline,
                  .text = detail::percent(m.count(row, row), m.total(row), 1),
                  .anchor = "end",
                  .fill = "#57606a"});
    double const name_x = layout.left + layout.cell * (static_cast<double>(row) + .5);
    if (layout.names_upwards)
      picture.text({.x = name_x + 4, .y = bottom + 8, .text = m.name(row), .anchor = "end", .upwards = true});
    else
      picture.text({.x = name_x, .y = bottom + 18, .text = m.name(row), .anchor = "middle"});
  }
  picture.text({.x = right + 60, .y = layout.top - 8, .text = "right", .anchor = "end", .fill = "#57606a"});
  picture.text({.x = layout.left + size / 2,
                .y = bottom + layout.names_height + 20,
                .text = "predicted class",
                .anchor = "middle"});
  picture.text({.x = 22, .y = layout.top + size / 2, .text = "actual class", .anchor = "middle", .upwards = true});
  return {};
}

}  // namespace ctnn::inline CTNN_ABI
