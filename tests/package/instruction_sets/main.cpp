// SPDX-License-Identifier: BSL-1.0
// Every instruction set that this processor has gives the same bits.
#include "infer.hpp"

#include <cstdio>
#include <cstring>

int main() {
  input x{};
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = .1F * static_cast<float>(i) - .5F;
  output const expected = baseline::infer(x);
  bool good = expected[0] > 0;
  auto const compare = [&](char const* name, bool present, output (*infer)(input const&)) {
    if (!present) {
      std::printf("skipped: this processor has no %s\n", name);
    } else if (output const y = infer(x); std::memcmp(&y, &expected, sizeof y) != 0) {
      std::printf("%s gives other bits\n", name);
      good = false;
    }
  };
  compare("SSE4.1", __builtin_cpu_supports("sse4.1"), sse4::infer);
  compare("AVX2", __builtin_cpu_supports("avx2"), avx2::infer);
  compare("FMA", __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"), avx2_fma::infer);
  compare("AVX-512", __builtin_cpu_supports("avx512f"), avx512::infer);
  return good ? 0 : 1;
}
