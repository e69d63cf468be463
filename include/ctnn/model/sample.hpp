// SPDX-License-Identifier: BSL-1.0
/// \file What a network learns from: an input and the output that is wanted for it.
#pragma once
#include <ctnn/config/misuse.hpp>
#include <ctnn/scalar/scalar.hpp>

#include <array>
#include <cstddef>

namespace ctnn::inline CTNN_ABI {

/// An input and its target. Networks of the same scalar and outer shape share their samples.
/// \shape   input[In], target[Out]
/// \errors  compile: a braced list with another number of values
template <scalar T, std::size_t In, std::size_t Out> struct basic_sample {
  std::array<T, In> input;
  std::array<T, Out> target;

  basic_sample() = default;
  constexpr basic_sample(std::array<T, In> const& x, std::array<T, Out> const& t) noexcept : input{x}, target{t} {}

  /// Takes braced lists, and so knows how many values were given: `sample<net>{{.05, .10}, {.01, .99}}`.
  template <std::size_t GivenIn, std::size_t GivenOut>
  constexpr basic_sample(T const (&x)[GivenIn], T const (&t)[GivenOut]) noexcept : input{}, target{} {
    if constexpr (GivenIn != In || GivenOut != Out) {
      detail::report_misuse<[](auto& text) {
        text << "this sample has " << GivenIn << " inputs and " << GivenOut << " targets, its network wants " << In
             << " inputs and " << Out << " targets";
      }>();
    } else {
      for (std::size_t i = 0; i < In; ++i) input[i] = x[i];
      for (std::size_t i = 0; i < Out; ++i) target[i] = t[i];
    }
  }

  friend constexpr bool operator==(basic_sample const&, basic_sample const&) = default;
};

/// The samples of a network.
template <class Network>
using sample = basic_sample<typename Network::scalar_type, Network::input_count, Network::output_count>;

}  // namespace ctnn::inline CTNN_ABI
