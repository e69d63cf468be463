// SPDX-License-Identifier: BSL-1.0
// EXPECT: stored_network fetches dense layers only; layer 1 is
#include <ctnn.hpp>
#include <ctnn/model/stored_network.hpp>

struct own_layer : ctnn::dense<2> {};

#ifdef CTNN_TWIN
using last = ctnn::dense<2>;
#else
using last = own_layer;
#endif

using net = ctnn::network<float, ctnn::input<2>, ctnn::dense<3>, last>;

struct zeros {
  constexpr void operator()(std::size_t, float* to, std::size_t count) const {
    for (std::size_t i = 0; i < count; ++i) to[i] = 0;
  }
};

static_assert(ctnn::stored_network<net, zeros>{{}}({})[0] == 0);
