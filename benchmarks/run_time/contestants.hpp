// SPDX-License-Identifier: BSL-1.0
/// \file What the driver knows of the contestants. Each is a translation unit of its own, with its own flags.
///
/// Templates that several contestants instantiate would be merged by the linker, whatever flags they were compiled
/// with. So each contestant keeps its types in an unnamed namespace, and what it shares takes such a type as an
/// argument.
#pragma once
#include "networks.hpp"

#include <cstddef>

namespace bench {

/// How many different inputs a contestant gets in turn.
inline constexpr std::size_t ring = 32;

/// One row of a table: data in memory that the compiler has not seen.
struct problem {
  float const* parameters;
  float const* inputs;   ///< [ring][inputs]; [batch_size][inputs] if a batch is trained
  float const* targets;  ///< the same of targets; for training
  float* outputs;        ///< of the latest call
};

enum class task { inference, latency, step, batch_step };

struct entry {
  task what;
  char const* network;
  char const* contestant;
  bool ctnn;
  void (*prepare)(problem const&);            ///< takes the parameters, and forgets what was trained
  void (*run)(problem const&, long repeats);  ///< inferences or training steps, beginning with the first input
  void (*read)(float* parameters);            ///< the trained parameters; for training
  bool judged = true;                         ///< may be ctnn's best or the fastest baseline
};

/// Where a contestant announces what it can do.
using sink = void (*)(entry const&);

void by_ctnn(sink);
void by_ctnn_constant(sink);
void by_c(sink);
void by_c_fast(sink);
void by_eigen(sink);
void by_eigen_fast(sink);
void by_openblas(sink);
void by_fann(sink);
void by_torch(sink);

/// To the optimizer, what \p p points to may be read and written here.
template <class T> [[gnu::always_inline]] inline void opaque(T& p) { asm volatile("" : "+r"(p) : : "memory"); }

/// Lets a model infer the inputs of the ring in turn.
template <class Spec, class Model> void infer_in_turn(problem const& p, long repeats) {
  float* y = p.outputs;
  for (long i = 0; i < repeats; ++i) {
    float const* x = p.inputs + static_cast<std::size_t>(i) % ring * Spec::inputs;
    opaque(x);
    Model::infer(x, y);
    opaque(y);
  }
}

/// Lets a model learn from the samples of the ring in turn.
template <class Spec, class Model> void learn_in_turn(problem const& p, long repeats) {
  for (long i = 0; i < repeats; ++i) {
    auto const k = static_cast<std::size_t>(i) % ring;
    float const* x = p.inputs + k * Spec::inputs;
    float const* t = p.targets + k * Spec::outputs;
    opaque(x);
    opaque(t);
    Model::step(x, t);
  }
}

/// Lets a model learn from the same batch again and again.
template <class Spec, class Model> void learn_batch(problem const& p, long repeats) {
  for (long i = 0; i < repeats; ++i) {
    float const* x = p.inputs;
    float const* t = p.targets;
    opaque(x);
    opaque(t);
    Model::batch_step(x, t);
  }
}

}  // namespace bench
