// SPDX-License-Identifier: BSL-1.0
/// \file Every status has a sentence of its own.
#include <ctnn/config/status.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace {

using ctnn::status;

constexpr std::array all{status::ok,        status::bad_option,      status::no_samples,
                         status::bad_batch, status::loss_not_finite, status::step_not_finite};

constexpr bool messages_differ() {
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::string_view const message = ctnn::message(all[i]);
    if (message.empty() || message == ctnn::message(static_cast<status>(200))) return false;
    for (std::size_t j = 0; j < i; ++j)
      if (message == ctnn::message(all[j])) return false;
  }
  return true;
}
static_assert(messages_differ());
static_assert(sizeof(status) == 1);
static_assert(status{} == status::ok);

}  // namespace
