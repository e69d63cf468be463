// SPDX-License-Identifier: BSL-1.0
// In the compilers' words: the argument cannot even be passed.
// EXPECT-GCC: 'samples' is not a valid template argument
// EXPECT-CLANG: address of non-static constexpr variable 'samples' may differ on each invocation
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<1>, ctnn::dense<1>>;

#ifdef CTNN_TWIN
constexpr std::array samples{ctnn::sample<net>{{.05}, {.01}}};
#endif

double learn() {
#ifndef CTNN_TWIN
  constexpr std::array samples{ctnn::sample<net>{{.05}, {.01}}};
#endif
  return ctnn::train<net{}, samples, ctnn::sgd{}>.parameters[0];
}
