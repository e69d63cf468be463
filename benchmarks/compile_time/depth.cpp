// SPDX-License-Identifier: BSL-1.0
// LAYERS dense layers of 16 neurons.
#include "uses.hpp"

#include <utility>

template <std::size_t> using layer = ctnn::dense<16, ctnn::tanh>;
template <class> struct stack;
template <std::size_t... I> struct stack<std::index_sequence<I...>> {
  using type = ctnn::network<float, ctnn::input<16>, layer<I>...>;
};
using net = stack<std::make_index_sequence<LAYERS>>::type;
template struct uses<net, ctnn::half_squared_error, ctnn::adam>;
