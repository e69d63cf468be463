// SPDX-License-Identifier: BSL-1.0
/// \file The measured networks in ctnn, and the forms in which they can be called.
#pragma once
#include <ctnn.hpp>

#include "contestants.hpp"

#include <cstddef>
#include <type_traits>
#include <utility>

namespace bench {
namespace {

template <activation F> struct function_of;
template <> struct function_of<activation::linear> : std::type_identity<ctnn::linear> {};
template <> struct function_of<activation::relu> : std::type_identity<ctnn::relu> {};
template <> struct function_of<activation::logistic> : std::type_identity<ctnn::logistic> {};
template <> struct function_of<activation::tanh> : std::type_identity<ctnn::tanh> {};
template <> struct function_of<activation::softmax> : std::type_identity<ctnn::softmax> {};

template <class Spec, std::size_t... L>
auto network_of(std::index_sequence<L...>)
    -> ctnn::network<float, ctnn::input<Spec::inputs>,
                     ctnn::dense<Spec::layers[L].outputs, typename function_of<Spec::layers[L].f>::type>...>;
template <class Spec> using net_of = decltype(network_of<Spec>(std::make_index_sequence<Spec::depth>{}));

/// A form in which a network can be called: as it is. Another one is a struct like this and its name in the lists.
struct as_network {
  template <class Net> using model = Net;
  static constexpr char const* name = "ctnn net(x)";
  static constexpr char const* constant_name = "ctnn constexpr net(x)";
};
struct as_packed {
  template <class Net> using model = ctnn::packed<Net>;
  static constexpr char const* name = "ctnn packed";
  static constexpr char const* constant_name = "ctnn constexpr packed";
};
/// With other bits, and so no part of the verdict.
struct as_fast {
  template <class Net> using model = ctnn::packed<Net, ctnn::fast>;
  static constexpr char const* name = "ctnn packed, fast";
  static constexpr char const* constant_name = "ctnn constexpr packed, fast";
};
using forms = list<as_network, as_packed, as_fast>;
template <class Form> constexpr bool is_judged = !std::is_same_v<Form, as_fast>;

/// The buffers of a problem are raw memory, in which arrays may be taken to lie.
template <class Array> Array const& array_at(float const* p) { return *reinterpret_cast<Array const*>(p); }
template <class Array> Array& array_at(float* p) { return *reinterpret_cast<Array*>(p); }

}  // namespace
}  // namespace bench
