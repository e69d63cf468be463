// SPDX-License-Identifier: BSL-1.0
/// \file What a network costs, as a table.
#pragma once
#include <ctnn/host/number_text.hpp>
#include <ctnn/model/summary.hpp>

#include <array>
#include <cstddef>
#include <ostream>
#include <string>
#include <tuple>
#include <vector>

namespace ctnn::inline CTNN_ABI {

/// Writes a table with a line for each layer and one for the whole.
/// \example tests/unit/host/summary_text.cpp
template <std::size_t Layers> void print_summary(std::ostream& out, network_summary<Layers> const& costs) {
  using detail::grouped;
  using row = std::array<std::string, 8>;
  std::vector<row> rows{
      {"layer", "activation", "inputs", "outputs", "parameters", "trained", "bytes of flash", "multiply-accumulates"}};
  for (auto const& l : costs.layers)
    rows.push_back({std::to_string(l.index), l.activation, grouped(l.inputs), grouped(l.outputs), grouped(l.parameters),
                    grouped(l.trainable), grouped(l.flash), grouped(l.macs)});
  rows.push_back({"all", "", grouped(costs.inputs), grouped(costs.outputs), grouped(costs.parameters),
                  grouped(costs.trainable), grouped(costs.flash), grouped(costs.macs)});

  std::array<std::size_t, std::tuple_size_v<row>> width{};
  for (auto const& r : rows)
    for (std::size_t c = 0; c < r.size(); ++c) width[c] = width[c] < r[c].size() ? r[c].size() : width[c];
  for (auto const& r : rows) {
    for (std::size_t c = 0; c < r.size(); ++c) {
      std::string const blanks(width[c] - r[c].size(), ' ');
      bool const word = c == 1;  // words to the left, numbers to the right
      out << (c == 0 ? "" : "  ") << (word ? r[c] + blanks : blanks + r[c]);
    }
    out << '\n';
  }
  out << "RAM: " << grouped(costs.inference_ram) << " bytes for an inference, " << grouped(costs.training_ram)
      << " bytes beside the parameters for a step of sgd\n";
}

}  // namespace ctnn::inline CTNN_ABI
