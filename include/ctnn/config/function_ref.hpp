// SPDX-License-Identifier: BSL-1.0
/// \file A reference to something callable.
#pragma once
#include <ctnn/config/abi.hpp>

#include <concepts>
#include <type_traits>

namespace ctnn::inline CTNN_ABI {

template <class Signature> class function_ref;

/// Refers to a function or function object that outlives the call it is passed to; owns and allocates nothing.
/// What is referred to may also return nothing, which counts as true.
template <class Argument> class function_ref<bool(Argument)> {
public:
  constexpr function_ref() = default;

  /// Not usable in a constant expression, which C++20 gives no way to forget a type in.
  template <class F>
  requires(!std::same_as<std::remove_cvref_t<F>, function_ref> && std::is_invocable_v<F&, Argument>) function_ref(F&& f)
  noexcept {
    using target = std::remove_reference_t<F>;
    if constexpr (std::is_function_v<target>) {
      function_ = reinterpret_cast<void (*)()>(&f);
      call_ = [](function_ref const& self, Argument argument) {
        return call(*reinterpret_cast<target*>(self.function_), static_cast<Argument>(argument));
      };
    } else {
      object_ = const_cast<void*>(static_cast<void const*>(&f));
      call_ = [](function_ref const& self, Argument argument) {
        return call(*static_cast<target*>(self.object_), static_cast<Argument>(argument));
      };
    }
  }

  constexpr explicit operator bool() const noexcept { return call_ != nullptr; }
  bool operator()(Argument argument) const { return call_(*this, static_cast<Argument>(argument)); }

private:
  template <class F> static bool call(F& f, Argument argument) {
    if constexpr (std::is_void_v<std::invoke_result_t<F&, Argument>>) {
      f(static_cast<Argument>(argument));
      return true;
    } else {
      return static_cast<bool>(f(static_cast<Argument>(argument)));
    }
  }

  bool (*call_)(function_ref const&, Argument) = nullptr;
  void* object_ = nullptr;
  void (*function_)() = nullptr;
};

}  // namespace ctnn::inline CTNN_ABI
