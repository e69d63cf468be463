// SPDX-License-Identifier: BSL-1.0
/// \file What no contestant can beat: the time to load the weights, each once, with vectors as wide as the flags allow;
/// for the smallest network, whose weights stay in registers, the time of its four logistic functions.
#include "floor.hpp"

#include <ctnn/math/logistic.hpp>

#include <cstddef>

namespace bench {
namespace {

#if defined(__AVX512F__)
typedef float vector __attribute__((vector_size(64)));
#define CTNN_BENCH_LOAD(P) asm volatile("" : : "v"(P))
#elif defined(__AVX__)
typedef float vector __attribute__((vector_size(32)));
#define CTNN_BENCH_LOAD(P) asm volatile("" : : "x"(P))
#else
typedef float vector __attribute__((vector_size(16)));
#define CTNN_BENCH_LOAD(P) asm volatile("" : : "x"(P))
#endif

template <std::size_t Bytes> struct memory {
  static constexpr std::size_t count = (Bytes + sizeof(vector) - 1) / sizeof(vector);
  alignas(64) static inline vector data[count];

  /// Pages that nobody has written to would all be the same page of zeros.
  static void fill() {
    for (std::size_t k = 0; k < count; ++k) data[k] = vector{} + 1.F;
  }
  static void load(long repeats) {
    for (long i = 0; i < repeats; ++i) {
      vector const* from = data;
      opaque(from);
      std::size_t k = 0;
      for (; k + 8 <= count; k += 8) {
        CTNN_BENCH_LOAD(from[k]);
        CTNN_BENCH_LOAD(from[k + 1]);
        CTNN_BENCH_LOAD(from[k + 2]);
        CTNN_BENCH_LOAD(from[k + 3]);
        CTNN_BENCH_LOAD(from[k + 4]);
        CTNN_BENCH_LOAD(from[k + 5]);
        CTNN_BENCH_LOAD(from[k + 6]);
        CTNN_BENCH_LOAD(from[k + 7]);
      }
      for (; k < count; ++k) CTNN_BENCH_LOAD(from[k]);
    }
  }
};

template <class Spec> void prepare(problem const&) { memory<Spec::parameters * sizeof(float)>::fill(); }
template <class Spec> void load_weights(problem const&, long repeats) {
  memory<Spec::parameters * sizeof(float)>::load(repeats);
}

void four_logistics(problem const& p, long repeats) {
  for (long i = 0; i < repeats; ++i) {
    float const* x = p.inputs + static_cast<std::size_t>(i) % ring * 2;
    float y[4];
    opaque(x);
    for (std::size_t k = 0; k < 4; ++k) y[k] = ctnn::math::logistic(x[k % 2] + static_cast<float>(k));
    float* out = y;
    opaque(out);
  }
}

template <class... Specs> void add_all(sink add, list<Specs...>) {
  (add({task::inference, Specs::name, floor_name, false, prepare<Specs>,
        Specs::parameters < 64 ? four_logistics : load_weights<Specs>, nullptr}),
   ...);
}

}  // namespace

void floors(sink add) { add_all(add, inference_networks{}); }

void prepare_bandwidth() {
  memory<near_bytes>::fill();
  memory<far_bytes>::fill();
}
void load_near(long repeats) { memory<near_bytes>::load(repeats); }
void load_far(long repeats) { memory<far_bytes>::load(repeats); }

}  // namespace bench
