// SPDX-License-Identifier: BSL-1.0
/// \file The tables and the JSON file of the benchmark.
#pragma once
#include "measure.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace bench {

struct bandwidth {
  double first_level, second_level;  ///< bytes a nanosecond
};

struct verdict {
  result const* best = nullptr;      ///< of ctnn
  result const* baseline = nullptr;  ///< the fastest
  result const* floor = nullptr;
  double ratio = 0, target = 0;              ///< best to baseline
  double floor_ratio = 0, floor_target = 0;  ///< best to floor; a target of 0 is none
  [[nodiscard]] bool met() const { return ratio <= target && (floor_target == 0 || floor_ratio <= floor_target); }
};

inline verdict judge(row const& r, double target) {
  verdict v;
  for (auto const& one : r.results()) {
    if (!one.what.judged) continue;
    auto const*& place = one.is_floor() ? v.floor : one.what.ctnn ? v.best : v.baseline;
    if (place == nullptr || median(one.times) < median(place->times)) place = &one;
  }
  v.target = r.what() == task::latency ? std::max(target, .97) : target;
  if (v.best != nullptr && v.baseline != nullptr) v.ratio = ratio(*v.best, *v.baseline);
  if (v.best != nullptr && v.floor != nullptr) v.floor_ratio = ratio(*v.best, *v.floor);
  if (target < 1 && r.what() == task::inference) {
    if (r.net().name == digits::name) v.floor_target = 1.15;
    if (r.net().name == autoencoder::name) v.floor_target = 1.3;
  }
  return v;
}

inline std::string number(double value, int digits = 3) {
  if (std::isnan(value)) return "";
  char text[40];
  int const decimals =
      value == 0 ? 0 : std::max(0, digits - 1 - static_cast<int>(std::floor(std::log10(std::abs(value)))));
  std::snprintf(text, sizeof text, "%.*f", std::min(decimals, digits), value);
  return text;
}

inline std::string title(row const& r) {
  switch (r.what()) {
    case task::inference: return r.net().name;
    case task::latency: return r.net().name + ", latency";
    case task::step: return r.net().name + ", a sample";
    default: return r.net().name + ", batch of " + std::to_string(batch_size);
  }
}

using cells = std::vector<std::vector<std::string>>;

inline void print(std::ostream& out, cells const& table, bool markdown) {
  std::vector<std::size_t> width(table[0].size());
  for (auto const& line : table)
    for (std::size_t c = 0; c < line.size(); ++c) width[c] = std::max(width[c], line[c].size());
  auto const print_line = [&](std::vector<std::string> const& line) {
    std::string text(markdown ? 1 : 0, '|');
    for (std::size_t c = 0; c < line.size(); ++c) {
      if (markdown) text += ' ';
      if (c != 0) text.append(width[c] - line[c].size(), ' ');
      text += line[c];
      if (c == 0) text.append(width[c] - line[c].size(), ' ');
      text += markdown ? " |" : "  ";
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out << text << '\n';
  };
  print_line(table[0]);
  if (markdown) {
    out << "| --- |";
    for (std::size_t c = 1; c < table[0].size(); ++c) out << " ---: |";
    out << '\n';
  }
  for (std::size_t i = 1; i < table.size(); ++i) print_line(table[i]);
  out << '\n';
}

/// Nanoseconds: a line a contestant, a column a network.
inline cells times(std::vector<row const*> const& rows) {
  cells table{{"median ns a call"}};
  std::vector<std::string> names;
  for (auto const* r : rows) {
    table[0].push_back(title(*r));
    for (auto const& one : r->results())
      if (std::find(names.begin(), names.end(), one.what.contestant) == names.end())
        names.emplace_back(one.what.contestant);
  }
  for (auto const& name : names) {
    std::vector<std::string> line{name};
    for (auto const* r : rows) {
      std::string text = "";
      for (auto const& one : r->results())
        if (one.what.contestant == name) text = number(median(one.times));
      line.push_back(text);
    }
    table.push_back(line);
  }
  return table;
}

/// How ctnn's best stands to the fastest baseline and to the floor.
inline cells verdicts(std::vector<row const*> const& rows, double target) {
  cells table{{"network", "ctnn's best", "ns", "least", "fastest baseline", "ns", "least", "ratio", "target",
               "of floor", "target", ""}};
  for (auto const* r : rows) {
    auto const v = judge(*r, target);
    if (v.best == nullptr || v.baseline == nullptr) continue;
    table.push_back({title(*r), v.best->what.contestant, number(median(v.best->times)), number(least(v.best->times)),
                     v.baseline->what.contestant, number(median(v.baseline->times)), number(least(v.baseline->times)),
                     number(v.ratio), number(v.target, 2), v.floor == nullptr ? "" : number(v.floor_ratio),
                     v.floor_target == 0 ? "" : number(v.floor_target), v.met() ? "ok" : "missed"});
  }
  return table;
}

inline void write_json(std::ostream& out, std::string const& label, bandwidth const& b,
                       std::vector<row const*> const& rows, double target, settings const& s) {
  out << "{\n  \"label\": \"" << label << "\",\n  \"rounds\": " << s.rounds
      << ",\n  \"microseconds_a_turn\": " << s.microseconds
      << ",\n  \"bandwidth_bytes_per_ns\": {\"l1\": " << b.first_level << ", \"l2\": " << b.second_level
      << "},\n  \"rows\": [";
  char const* comma = "\n";
  char const* const names[] = {"inference", "latency", "step", "batch_step"};
  for (auto const* r : rows) {
    auto const v = judge(*r, target);
    out << comma << "    {\"network\": \"" << r->net().name << "\", \"task\": \"" << names[static_cast<int>(r->what())]
        << "\", \"weight_bytes\": " << r->net().weights.size() * sizeof(float) << ", \"contestants\": [";
    char const* inner = "\n";
    for (auto const& one : r->results()) {
      out << inner << "      {\"name\": \"" << one.what.contestant
          << "\", \"ctnn\": " << (one.what.ctnn ? "true" : "false") << ", \"median_ns\": " << median(one.times)
          << ", \"min_ns\": " << least(one.times) << ", \"relative_error\": " << one.error << "}";
      inner = ",\n";
    }
    out << "]";
    if (v.best != nullptr && v.baseline != nullptr)
      out << ",\n     \"best\": \"" << v.best->what.contestant << "\", \"fastest_baseline\": \""
          << v.baseline->what.contestant << "\", \"ratio\": " << v.ratio << ", \"target\": " << v.target
          << ", \"met\": " << (v.met() ? "true" : "false");
    if (v.floor != nullptr) out << ", \"ratio_to_floor\": " << v.floor_ratio;
    out << "}";
    comma = ",\n";
  }
  out << "]\n}\n";
}

}  // namespace bench
