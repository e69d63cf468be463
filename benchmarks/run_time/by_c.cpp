// SPDX-License-Identifier: BSL-1.0
/// \file The loops in C as contestants; see c_loops.hpp.
#include "c_loops.hpp"

namespace bench {
namespace {

template <class Storage, class... I, class... T> void add_storage(sink add, list<I...>, list<T...>) {
  constexpr auto name = Storage::name;
  (add({task::inference, I::name, name, false, model<I, Storage>::prepare, infer_in_turn<I, model<I, Storage>>,
        nullptr}),
   ...);
  using smallest = model<tutorial, Storage>;
  add({task::latency, tutorial::name, name, false, smallest::prepare, smallest::infer_chained, nullptr});
  (add({task::step, T::name, name, false, model<T, Storage>::prepare, learn_in_turn<T, model<T, Storage>>,
        model<T, Storage>::read}),
   ...);
  (add({task::batch_step, T::name, name, false, model<T, Storage>::prepare, learn_batch<T, model<T, Storage>>,
        model<T, Storage>::read}),
   ...);
}

}  // namespace

#ifdef CTNN_BENCH_FAST
void by_c_fast(sink add) {
#else
void by_c(sink add) {
#endif
  add_storage<rows>(add, inference_networks{}, training_networks{});
  add_storage<columns>(add, inference_networks{}, training_networks{});
}

}  // namespace bench
