// SPDX-License-Identifier: BSL-1.0
/// \file What trainer::fit is asked for, and what it tells.
#pragma once
#include <ctnn/config/function_ref.hpp>
#include <ctnn/config/status.hpp>
#include <ctnn/scalar/scalar.hpp>
#include <ctnn/train/samples_view.hpp>

#include <cstddef>
#include <cstdint>

namespace ctnn::inline CTNN_ABI {

/// What trainer::fit tells after each epoch.
template <scalar T> struct epoch_report {
  std::size_t epoch;   ///< counts from 1
  std::size_t epochs;  ///< asked for
  T loss;              ///< mean over the epoch's samples, each taken before the update that learned from it
  bool validated;      ///< whether there is a validation set
  T validation_loss;   ///< its mean loss after the epoch; 0 without one
};

/// How trainer::fit goes about it.
template <class Net> struct fit_options {
  std::size_t epochs = 1;
  std::size_t batch = 1;              ///< samples an update; the last batch of an epoch may be smaller
  std::uint64_t shuffle_seed = 0;     ///< 0: in the order given; else in a new random order every epoch of this call
  bool replacement = false;           ///< draw samples from all of them, instead of shuffling; needs a seed
  samples_view<Net> validation = {};  ///< what to measure after each epoch
  std::size_t patience = 0;           ///< stop after so many epochs without a lower validation loss; 0: never
  double min_delta = 0;               ///< what counts as lower
  Net* best = nullptr;                ///< where to keep the network of the lowest validation loss, if anywhere
  function_ref<bool(epoch_report<typename Net::scalar_type> const&)> on_epoch = {};  ///< may return false to stop
};

/// What came of trainer::fit.
template <scalar T> struct fit_result {
  status state;            ///< ok also if it stopped early
  std::size_t epochs;      ///< completed
  bool stopped_early;      ///< by patience, or by on_epoch
  T loss;                  ///< as in the last epoch_report
  T validation_loss;       ///< of the last epoch; 0 without a validation set
  std::size_t best_epoch;  ///< with the lowest validation loss, counted from 1; 0 without a validation set
};

}  // namespace ctnn::inline CTNN_ABI
