// SPDX-License-Identifier: BSL-1.0
/// \file What an optimizer is, and what a learning-rate schedule is.
///
/// An optimizer is a structural aggregate of options (all double, whatever the network's scalar) with
///   `static constexpr char const* name`,
///   `check()`                                the first option out of its range, as an option_error,
///   `rule<T>`                                its arithmetic in the network's scalar T, a structural type:
///     `static constexpr std::size_t moments` how many numbers it remembers for each trained parameter,
///     `from(options)`                        makes one,
///     `begin_step(T factor)`                 once an update; the schedule's factor multiplies the learning rate,
///     `move(p, g, m...)`                     moves the parameter p against its gradient g, with its moments, if any,
///                                            which begin as 0; a template that takes scalars and vectors of them.
/// A rule without moments may also have
///     `is_plain()`                           whether a move is p -= rate g, with a member rate: a compiler is then
///                                            spared a call for each parameter.
/// A rule without moments that can tell how far it may go also has
///     `bound(p, g)`                          the most that |p| is after a move if |p| and |g| were at most these.
/// A rule that wants to scale the whole gradient first also has
///     `limit(squared_norm)`                  the factor to multiply the gradient by.
/// A schedule is a structural aggregate with `check()` and `factor<T>(step)`, step counting updates from 0.
#pragma once
#include <ctnn/config/abi.hpp>

#include <concepts>
#include <cstddef>

namespace ctnn::inline CTNN_ABI {

/// The first option that is out of its range; option is null if all are in theirs.
struct option_error {
  char const* option = nullptr;
  char const* rule = nullptr;
  double found = 0;

  constexpr explicit operator bool() const noexcept { return option != nullptr; }
};

template <class O>
concept optimizer = requires(O const options, typename O::template rule<float> rule) {
  { O::name } -> std::convertible_to<char const*>;
  { options.check() } -> std::same_as<option_error>;
  { O::template rule<float>::moments } -> std::convertible_to<std::size_t>;
  O::template rule<float>::from(options);
  rule.begin_step(1.F);
};

template <class S>
concept schedule = requires(S const s) {
  { S::name } -> std::convertible_to<char const*>;
  { s.check() } -> std::same_as<option_error>;
  { s.template factor<float>(std::size_t{}) } -> std::same_as<float>;
};

namespace detail {

/// Collects the first broken rule. Written so that a NaN breaks every rule.
class option_check {
public:
  constexpr option_check& positive(char const* option, double found) {
    return want(option, "must be above 0", found, found > 0);
  }
  constexpr option_check& not_negative(char const* option, double found) {
    return want(option, "must be 0 or more", found, found >= 0);
  }
  constexpr option_check& below_one(char const* option, double found) {
    return want(option, "must lie in [0, 1)", found, found >= 0 && found < 1);
  }
  constexpr option_check& fraction(char const* option, double found) {
    return want(option, "must lie in [0, 1]", found, found >= 0 && found <= 1);
  }
  [[nodiscard]] constexpr option_error result() const { return error_; }

private:
  constexpr option_check& want(char const* option, char const* rule, double found, bool holds) {
    // 1e30 fits a float, and is no sensible option.
    if (!error_ && !(holds && found <= 1e30)) error_ = {option, holds ? "must not exceed 1e30" : rule, found};
    return *this;
  }
  option_error error_{};
};

}  // namespace detail
}  // namespace ctnn::inline CTNN_ABI
