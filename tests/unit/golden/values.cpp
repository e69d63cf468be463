// SPDX-License-Identifier: BSL-1.0
/// \file Outputs, losses and gradients against PyTorch.
#include "compare.hpp"

#include <cmath>
#include <cstddef>
#include <iterator>

TEMPLATE_LIST_TEST_CASE("outputs are PyTorch's", "[golden]", golden::all) {
  INFO(TestType::name);
  auto const net = golden::network_of<TestType>(TestType::parameters);
  constexpr auto outputs = TestType::net::output_count;
  for (std::size_t i = 0; i < std::size(TestType::samples); ++i) {
    auto const y = net(TestType::samples[i].input);
    golden::compare(y.data(), TestType::outputs + i * outputs, outputs, 0);
  }
}

TEMPLATE_LIST_TEST_CASE("losses and gradients are PyTorch's", "[golden]", golden::all) {
  INFO(TestType::name);
  auto const net = golden::network_of<TestType>(TestType::parameters);
  constexpr auto count = TestType::net::parameter_count;
  TestType::each_loss([&]<class Loss>(Loss, auto const& losses, auto const& gradients) {
    INFO(Loss::name);
    for (std::size_t i = 0; i < std::size(TestType::samples); ++i) {
      auto const& [input, target] = TestType::samples[i];
      auto const loss = ctnn::loss<Loss>(net, input, target);
      CHECK(std::isfinite(loss));
      golden::compare(&loss, losses + i, 1, 1e-3);
      auto const gradient = ctnn::gradient<Loss>(net, input, target);
      golden::compare(gradient.parameters.data(), gradients + i * count, count, 1e-3);
    }
  });
}
