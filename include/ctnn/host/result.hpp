// SPDX-License-Identifier: BSL-1.0
/// \file A value, or the sentence that says why there is none.
#pragma once
#include <ctnn/config/abi.hpp>

#include <cassert>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace ctnn::inline CTNN_ABI {

/// Why something could not be done: one sentence for whoever called the program, without a full stop.
struct failure {
  std::string message;
};

/// What a function that may fail returns; errors are values here as well, and nothing is half-done after one.
/// result<> says only whether it worked.
/// \errors  value() of a failure and error() of a value are mistakes of the caller (assertions)
template <class T = void> class [[nodiscard]] result {
  using content = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

public:
  result() requires std::is_void_v<T>
  = default;
  result(content value) : content_{std::in_place_index<0>, std::move(value)} {}
  result(failure why) : content_{std::in_place_index<1>, std::move(why)} {}

  explicit operator bool() const noexcept { return content_.index() == 0; }

  [[nodiscard]] content const& value() const& noexcept { return *pointer_to<0>(content_); }
  [[nodiscard]] content&& value() && noexcept { return std::move(*pointer_to<0>(content_)); }
  [[nodiscard]] std::string const& error() const noexcept { return pointer_to<1>(content_)->message; }

private:
  template <std::size_t I, class Variant> static auto* pointer_to(Variant& variant) noexcept {
    auto* const held = std::get_if<I>(&variant);
    assert(held != nullptr);
    return held;
  }

  std::variant<content, failure> content_;
};

}  // namespace ctnn::inline CTNN_ABI
