// SPDX-License-Identifier: BSL-1.0
// The library's own test of the target it runs on.
#include "device.hpp"
#include "report.hpp"

#include <ctnn/verify/self_test.hpp>

namespace {

template <class T> [[gnu::noinline]] void test() {
  auto const result = ctnn::self_test<T>();
  report::check(result == ctnn::self_test_result::ok, ctnn::message(result));
}

}  // namespace

int main() {
  test<float>();
  if constexpr (sizeof(double) != sizeof(float)) test<double>();
  return report::finish();
}
