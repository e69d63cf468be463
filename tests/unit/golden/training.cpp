// SPDX-License-Identifier: BSL-1.0
/// \file Ten steps of each optimizer against PyTorch.
#include "compare.hpp"

#include <cstddef>
#include <iterator>

TEMPLATE_LIST_TEST_CASE("ten steps of each optimizer lead where PyTorch's do", "[golden]", golden::all) {
  using net = typename TestType::net;
  INFO(TestType::name);
  int number = 0;
  TestType::each_run([&]<class Loss, class Optimizer, class Schedule>(Loss, Optimizer const& optimizer,
                                                                      Schedule const& schedule, std::size_t batch,
                                                                      auto const& trained) {
    INFO("run " << number++ << ": " << Optimizer::name << ", " << Schedule::name << ", batches of " << batch);
    constexpr auto count = std::size(TestType::samples);
    ctnn::trainer<net, Loss, Optimizer, Schedule> trainer{golden::network_of<TestType>(TestType::parameters), optimizer,
                                                          schedule};
    for (std::size_t k = 0; k < 10; ++k) {
      auto const& [input, target] = TestType::samples[k % count];
      auto const state = batch == 1 ? trainer.step(input, target) : trainer.step({TestType::samples, count});
      REQUIRE(state == ctnn::status::ok);
    }
    golden::compare(trainer.network().parameters.data(), trained, net::parameter_count, 1e-2,
                    golden::tolerance<typename net::scalar_type>);
  });
}
