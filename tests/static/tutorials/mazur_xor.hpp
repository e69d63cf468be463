// SPDX-License-Identifier: BSL-1.0
/// \file XOR as Mazur's program learns it: 2-5-1, random initial weights, samples drawn at random, 10,000 draws.
#pragma once
#include "figures.hpp"

#include <array>

namespace tutorials::mazur_xor {

using network = ctnn::network<double, ctnn::input<2>, ctnn::dense<5, ctnn::logistic>, ctnn::dense<1, ctnn::logistic>>;
inline constexpr std::array samples{ctnn::sample<network>{{0, 0}, {0}}, ctnn::sample<network>{{0, 1}, {1}},
                                    ctnn::sample<network>{{1, 0}, {1}}, ctnn::sample<network>{{1, 1}, {0}}};
inline constexpr auto initial = ctnn::initialize<network>(ctnn::uniform{.low = -1, .high = 1, .seed = 1});
inline constexpr ctnn::sgd rate{.learning_rate = .5};
inline constexpr ctnn::shuffle draws{.seed = 1, .replacement = true};
inline constexpr std::size_t rounds = 2'500;  // of 4 draws each

/// The program draws from Python's generator, so no figure of it can be repeated; that it learns can.
template <class Is, class Samples>
constexpr bool figures(Is const& is, network const& before, network const& after, Samples const& all) {
  double outputs = 0;
  for (auto const& s : all) {
    is.so("the side of 1/2", (after(s.input)[0] > .5) == (s.target[0] > .5));
    is.so("within 0.05 of the target", ctnn::near(after(s.input)[0], s.target[0], .05));
    outputs += before(s.input)[0] > .5 ? 1. : 0.;
  }
  is.so("the initial network knows nothing", outputs == 0 || outputs == 4);
  return true;
}

}  // namespace tutorials::mazur_xor
