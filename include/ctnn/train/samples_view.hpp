// SPDX-License-Identifier: BSL-1.0
/// \file A row of samples to learn from.
#pragma once
#include <ctnn/model/sample.hpp>
#include <ctnn/train/evaluate.hpp>

#include <cstddef>
#include <type_traits>

namespace ctnn::inline CTNN_ABI {

/// Samples in a row, owned by somebody else; made from anything with data() and size().
template <class Net> class samples_view {
public:
  constexpr samples_view() = default;
  template <class Samples>
  requires(!std::is_same_v<Samples, samples_view>) && requires(Samples const& s) { s.data() + s.size(); }
  constexpr samples_view(Samples const& range) noexcept : count_{static_cast<std::size_t>(range.size())} {
    detail::check_samples<Net, detail::element_of<Samples>>();
    if constexpr (std::is_same_v<detail::element_of<Samples>, sample<Net>>) first_ = range.data();
  }
  constexpr samples_view(sample<Net> const* first, std::size_t count) noexcept : first_{first}, count_{count} {}

  [[nodiscard]] constexpr sample<Net> const* data() const noexcept { return first_; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return count_; }

private:
  sample<Net> const* first_ = nullptr;
  std::size_t count_ = 0;
};

}  // namespace ctnn::inline CTNN_ABI
