// SPDX-License-Identifier: BSL-1.0
// The RAM that the library states is what is measured. Networks of several sizes use a stack of as many bytes as they
// state and a remainder, the frames of calls, which does not depend on the size; a step of training uses such a
// remainder only, and a trainer has as many bytes as are stated and a few of its own, the same whatever the network.
// The remainders are those of this compiler; scripts/firmware compares them with stored ones.
#include <ctnn.hpp>
#include <ctnn/model/stored_network.hpp>

#include "device.hpp"
#include "report.hpp"

#include <cstddef>

namespace {

using ctnn::dense, ctnn::input, ctnn::network, ctnn::relu;

template <std::size_t First, std::size_t Second>
using net = network<float, input<8>, dense<First, relu>, dense<Second, relu>, dense<4>>;
template <std::size_t Hidden, std::size_t Outputs>
using learner = network<float, input<4>, dense<Hidden, relu>, dense<Outputs>>;

template <class Net> constexpr Net zeros{};

struct zeros_from_elsewhere {
  [[gnu::noinline]] void operator()(std::size_t, float* to, std::size_t count) const {
    for (std::size_t i = 0; i < count; ++i) to[i] = 0;
    asm volatile("" : : "r"(to) : "memory");  // so that nobody concludes what is in there
  }
};

/// What is measured: networks of each kind, and the bytes of stack that they state.
template <class Net> struct as_network {
  static constexpr std::size_t states = ctnn::summary_of<Net>.inference_ram;
  [[gnu::noinline]] static void run(float const* x, float* y) { device::opaque(zeros<Net>).infer(x, y); }
};
template <class Net> struct as_packed {
  static constexpr std::size_t states = ctnn::summary_of<Net>.inference_ram;
  static constexpr ctnn::packed<Net> packed{zeros<Net>};
  [[gnu::noinline]] static void run(float const* x, float* y) { device::opaque(packed).infer(x, y); }
};
template <class Net> struct as_stored {
  using stored = ctnn::stored_network<Net, zeros_from_elsewhere>;
  static constexpr std::size_t states = stored::workspace_bytes;
  [[gnu::noinline]] static void run(float const* x, float* y) { stored{{}}.infer(x, y); }
};
template <class Net> struct as_learner {
  static constexpr std::size_t states = 0;
  using trainer_type = ctnn::trainer<Net>;
  static constexpr std::size_t own =
      sizeof(trainer_type) - ctnn::summary_of<Net>.flash - ctnn::summary_of<Net>.training_ram;
  static inline constinit trainer_type trainer{Net{}, ctnn::sgd{.learning_rate = .1}};
  [[gnu::noinline]] static void run(float const* x, float* y) {
    static ctnn::sample<Net> sample{};
    sample.input[0] = x[0];
    y[0] = trainer.step(sample.input, sample.target) == ctnn::status::ok;
  }
};

/// Measures networks of different sizes. Their remainders may differ by no more than `spread` bytes.
template <template <class> class As, class... Net> void measure(char const* what, std::size_t spread) {
  static constexpr float x[64]{1};
  static float y[64];
  std::size_t least = static_cast<std::size_t>(-1), most = 0;
  auto const one = [&]<class Measured>(Measured) {
    auto const stack = report::measure(what, [] { Measured::run(x, y); });
    report::check(stack >= Measured::states, "stack of no less than is stated");
    auto const beyond = stack - Measured::states;
    least = beyond < least ? beyond : least;
    most = beyond > most ? beyond : most;
  };
  (one(As<Net>{}), ...);
  report::check(most - least <= spread, "a stack that grows as stated");
  device::print("beyond ");
  device::print(what);
  device::print(" ");
  report::print_number(most);
  device::print("\n");
}

using small = learner<8, 8>;
using wide_inside = learner<40, 8>;
using wide_outside = learner<8, 40>;

// But for what an alignment may take.
template <class Net>
constexpr bool has_as_much_of_its_own = as_learner<Net>::own - as_learner<small>::own + alignof(ctnn::trainer<Net>) <=
                                        2 * alignof(ctnn::trainer<Net>);
static_assert(has_as_much_of_its_own<wide_inside> && has_as_much_of_its_own<wide_outside>);
static_assert(as_learner<small>::own <= 80);

}  // namespace

// Large enough not to be written out without loops.
int main() {
#ifdef __AVR__  // whose 32 KB hold no more
  measure<as_stored, net<24, 16>, net<32, 48>>("stored", 16);
#else
  measure<as_stored, net<48, 32>, net<64, 80>, net<96, 64>>("stored", 16);
  measure<as_network, net<48, 32>, net<64, 80>, net<96, 64>>("network", 16);
  // What a compiler spills in these two depends a little on the length of rows.
  measure<as_packed, net<48, 32>, net<64, 80>, net<96, 64>>("packed", 80);
  measure<as_learner, small, wide_inside, wide_outside>("step", 96);
#endif
  return report::finish();
}
