// SPDX-License-Identifier: BSL-1.0
// Compiled once for each instruction set; INSTRUCTION_SET says for which.
#include "infer.hpp"

#include <ctnn.hpp>

using classifier = ctnn::network<float, ctnn::input<13>, ctnn::dense<17, ctnn::tanh>, ctnn::dense<5, ctnn::softmax>>;

output INSTRUCTION_SET::infer(input const& x) {
  ctnn::trainer<classifier, ctnn::cross_entropy> trainer{ctnn::initialize<classifier>(ctnn::glorot{.seed = 7}), {}};
  if (trainer.step(x, {0, 0, 1, 0, 0}) != ctnn::status::ok) return {};
  return ctnn::packed{trainer.network()}(x);
}
