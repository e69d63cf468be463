// SPDX-License-Identifier: BSL-1.0
/// \file Prints what the self-test says in float and in double; fails if it is not well.
#include <ctnn/verify/self_test.hpp>

#include <cstdio>

int main() {
#ifdef CTNN_TEST_NEEDS_FMA
  if (!__builtin_cpu_supports("fma")) {
    std::puts("skipped: this processor has no FMA");
    return 0;
  }
#endif
  auto const in_float = ctnn::self_test<float>(), in_double = ctnn::self_test<double>();
  std::printf("float: %s\ndouble: %s\n", message(in_float), message(in_double));
  return in_float == ctnn::self_test_result::ok && in_double == ctnn::self_test_result::ok ? 0 : 1;
}
