// SPDX-License-Identifier: BSL-1.0
/// \file Errors at run time are values.
#pragma once
#include <ctnn/config/abi.hpp>

namespace ctnn::inline CTNN_ABI {

/// What came of a training step or run. After anything but `ok` the network is the last good one.
enum class status : unsigned char {
  ok,
  bad_option,       ///< an optimizer, schedule or fit option lies outside its range
  no_samples,       ///< nothing to learn from
  bad_batch,        ///< a batch of no samples, or of several where each must be learned by itself
  loss_not_finite,  ///< the loss of a sample is infinite or not a number; that step was not taken
  step_not_finite,  ///< the step would have made a parameter or moment infinite or not a number; it was undone
};

/// The status as a sentence, in static storage.
[[nodiscard]] constexpr char const* message(status s) noexcept {
  switch (s) {
    case status::ok: return "all is well";
    case status::bad_option: return "an option of the optimizer, the schedule or fit is out of its range";
    case status::no_samples: return "there are no samples to learn from";
    case status::bad_batch: return "a batch must have at least one sample, and exactly one where updates are immediate";
    case status::loss_not_finite: return "the loss is not finite; the network is the one before that step";
    case status::step_not_finite: return "the step led to a parameter that is not finite, and was undone";
  }
  return "unknown status";
}

}  // namespace ctnn::inline CTNN_ABI
