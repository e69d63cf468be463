// SPDX-License-Identifier: BSL-1.0
/// \file How often a classifier takes which class for which.
#pragma once
#include <ctnn/host/number_text.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ctnn::inline CTNN_ABI {

/// The class of an output or of a one-hot target: the place of the largest number, and the first such place.
/// \shape   scores[N], N > 0
template <class Scores> [[nodiscard]] constexpr std::size_t class_of(Scores const& scores) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < scores.size(); ++i)
    if (scores[best] < scores[i]) best = i;
  return best;
}

/// Counts pairs of actual and predicted class.
/// \errors  a class that is not there is a mistake of the caller (assertion)
class confusion_matrix {
public:
  explicit confusion_matrix(std::vector<std::string> class_names)
      : names_{std::move(class_names)}, counts_(names_.size() * names_.size()) {}

  /// Counts what the network makes of samples with one-hot targets.
  template <class Net, class Samples>
  confusion_matrix(std::vector<std::string> class_names, Net const& net, Samples const& samples)
      : confusion_matrix{std::move(class_names)} {
    for (auto const& sample : samples) add(class_of(sample.target), class_of(net(sample.input)));
  }

  void add(std::size_t actual, std::size_t predicted) { ++counts_[place_of(actual, predicted)]; }

  [[nodiscard]] std::size_t classes() const noexcept { return names_.size(); }
  [[nodiscard]] std::string const& name(std::size_t c) const { return names_[c]; }
  [[nodiscard]] std::size_t count(std::size_t actual, std::size_t predicted) const {
    return counts_[place_of(actual, predicted)];
  }
  /// How many there are of a class.
  [[nodiscard]] std::size_t total(std::size_t actual) const {
    std::size_t sum = 0;
    for (std::size_t predicted = 0; predicted < classes(); ++predicted) sum += count(actual, predicted);
    return sum;
  }
  [[nodiscard]] std::size_t total() const noexcept {
    std::size_t sum = 0;
    for (auto const c : counts_) sum += c;
    return sum;
  }
  [[nodiscard]] std::size_t right() const noexcept {
    std::size_t sum = 0;
    for (std::size_t c = 0; c < classes(); ++c) sum += counts_[c * classes() + c];
    return sum;
  }
  /// The share that is right, from 0 to 1; 0 of nothing.
  [[nodiscard]] double accuracy() const noexcept {
    auto const all = total();
    return all == 0 ? 0 : static_cast<double>(right()) / static_cast<double>(all);
  }

private:
  [[nodiscard]] std::size_t place_of(std::size_t actual, std::size_t predicted) const {
    assert(actual < classes() && predicted < classes());
    return actual * classes() + predicted;
  }

  std::vector<std::string> names_;
  std::vector<std::size_t> counts_;
};

namespace detail {

/// "97.22 %", or a dash for a share of nothing. Only the whole rounds to 100 %.
inline std::string percent(std::size_t part, std::size_t whole, int decimals) {
  if (whole == 0) return "-";
  double const share = 100 * (static_cast<double>(part) / static_cast<double>(whole));
  double const most = part < whole ? 100 - std::pow(10., -decimals) : 100;
  return number_text(std::min(share, most), decimals) + " %";
}

inline std::string padded_left(std::string text, std::size_t width) {
  return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

}  // namespace detail

/// "1,747 of 1,797 right (97.22 %)".
[[nodiscard]] inline std::string summary(confusion_matrix const& m) {
  return detail::grouped(m.right()) + " of " + detail::grouped(m.total()) + " right (" +
         detail::percent(m.right(), m.total(), 2) + ")";
}

/// Prints a table: a row for each actual class, a column for each predicted one, and how many of the class are right.
inline std::ostream& operator<<(std::ostream& out, confusion_matrix const& m) {
  std::size_t longest = std::string_view{"actual"}.size(), most_digits = 3;
  for (std::size_t c = 0; c < m.classes(); ++c) {
    longest = std::max(longest, m.name(c).size());
    most_digits = std::max(most_digits, std::to_string(m.total(c)).size());
  }
  auto const width_of = [&](std::size_t c) { return 2 + std::max(most_digits, m.name(c).size()); };

  out << "actual" << std::string(longest - 6, ' ') << "  predicted\n" << std::string(longest, ' ');
  for (std::size_t c = 0; c < m.classes(); ++c) out << detail::padded_left(m.name(c), width_of(c));
  out << "     right\n";
  for (std::size_t a = 0; a < m.classes(); ++a) {
    out << m.name(a) << std::string(longest - m.name(a).size(), ' ');
    for (std::size_t p = 0; p < m.classes(); ++p) {
      auto const count = m.count(a, p);
      // Zeros would hide the few errors.
      out << detail::padded_left(count == 0 ? "." : std::to_string(count), width_of(p));
    }
    out << detail::padded_left(detail::percent(m.count(a, a), m.total(a), 1), 10) << '\n';
  }
  return out;
}

}  // namespace ctnn::inline CTNN_ABI
