// SPDX-License-Identifier: BSL-1.0
/// \file Measures one inference on a device, with weights that are constants in flash.
#pragma once
#include <ctnn/model/packed.hpp>
#include <ctnn/model/stored_network.hpp>

#include "device.hpp"
#include "flash.hpp"
#include "nets.hpp"
#include "report.hpp"

#include <cstddef>
#include <type_traits>

namespace benchmark {

// What is measured: the weights as the fastest inference of this library wants them.
#ifdef __AVR__
template <class Net> IN_FLASH constexpr Net deployed = weights<Net>;

template <class Net> struct from_flash {
  void operator()(std::size_t first, float* to, std::size_t count) const {
    flash::read(deployed<Net>.parameters.data() + first, to, count);
  }
  float operator()(std::size_t number) const { return flash::read(deployed<Net>.parameters.data() + number); }
};

template <class Net> using stored = ctnn::stored_network<Net, from_flash<Net>>;
template <class Net> inline constexpr std::size_t stated_stack = stored<Net>::workspace_bytes;

template <class Net, class> [[gnu::noinline]] void infer(float const* x, float* y) { stored<Net>{{}}.infer(x, y); }
#else
#if defined(__ARM_FP) || defined(__riscv_flen)
template <class Net, class Arithmetic> inline constexpr ctnn::packed<Net, Arithmetic> deployed{weights<Net>};
#else  // without floating-point registers the packed kernel's sums would only be moved to and fro
template <class Net, class> inline constexpr Net deployed = weights<Net>;
#endif
template <class Net> inline constexpr std::size_t stated_stack = ctnn::summary_of<Net>.inference_ram;

template <class Net, class Arithmetic> [[gnu::noinline]] void infer(float const* x, float* y) {
  deployed<Net, Arithmetic>.infer(x, y);
}
#endif

/// Bytes of stack for saved and spilled registers. GCC on Cortex-M4F needs 292 for net (iii), Clang 264 for (ii).
inline constexpr std::size_t most_saved = 320;

/// A program's main. If asked, compares the result with the compiler's, bit for bit; `fast` has other bits, within
/// some roundings.
template <class Net, bool Compared, class Arithmetic = ctnn::canonical> [[nodiscard]] int run_inference() {
  auto const& x = device::opaque(sample_input<Net>);
  static typename Net::output_type y;
  report::measure("nothing", [] {});
  auto const stack = report::measure("inference", [&] { infer<Net, Arithmetic>(x.data(), y.data()); });
  // What the type states, and beside it what a compiler saves and spills; stated_ram.cpp of the tests is exact.
  report::check(stack > 0 && stack <= stated_stack<Net> + most_saved, "stack");
  if constexpr (Compared) {
    static constexpr auto expected = weights<Net>(sample_input<Net>);
    if constexpr (std::is_same_v<Arithmetic, ctnn::canonical>) {
      report::check(report::same_bits_in(y, expected), "bits");
    } else {
      bool near = true;
      for (std::size_t i = 0; i < y.size(); ++i) near &= ctnn::near(y[i], expected[i], 2e-6F);
      report::check(near, "numbers");
    }
  } else {
    float sum = 0;
    for (float v : y) sum += v * v;
    report::check(sum > 0 && ctnn::is_finite(sum), "a result");
  }
  return report::finish();
}

}  // namespace benchmark
