// SPDX-License-Identifier: BSL-1.0
/// \file What no contestant that uses all weights can beat: the time to load them, each once, with vectors as wide as the
/// flags allow; for the smallest network, whose weights could stay in registers, the time of four logistic functions at
/// once.
#include "floor.hpp"

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

/// In one vector, with a polynomial for 2^f that is good to about 24 bits of a float in [-1/2, 1/2].
void four_logistics(problem const& p, long repeats) {
  typedef float four __attribute__((vector_size(16)));
  typedef int four_ints __attribute__((vector_size(16)));
  for (long i = 0; i < repeats; ++i) {
    float const* x = p.inputs + static_cast<std::size_t>(i) % ring * 2;
    opaque(x);
    four const z = four{x[0], x[1], x[0], x[1]} * -1.44269504F;
    four const shifted = z + 0x1.8p23F;  // the whole part is in the last bits
    four const f = z - (shifted - 0x1.8p23F);
    four const power =
        1 + f * (.693147181F + f * (.240226507F + f * (.0555041087F + f * (.00961812911F + f * .00133335581F))));
    four const exponential = (four)((four_ints)power + ((four_ints)shifted << 23));
    four y = 1 / (1 + exponential);
    asm volatile("" : "+x"(y));
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
