// SPDX-License-Identifier: BSL-1.0
/// \file A correctly rounded addition of doubles for Arm without hardware for it; empty elsewhere.
///
/// Link with -Wl,--wrap=__aeabi_dadd,--wrap=__aeabi_dsub,--wrap=__aeabi_drsub,--wrap=__adddf3,--wrap=__subdf3
#include "soft_addition.hpp"

#if defined(__ARM_EABI__) && !(defined(__ARM_FP) && (__ARM_FP & 8))
#define EXACTNESS_PCS __attribute__((used, pcs("aapcs")))

namespace {

double sum(double a, double b, std::uint64_t flip_a, std::uint64_t flip_b) {
  return __builtin_bit_cast(double, exactness::soft_sum(__builtin_bit_cast(std::uint64_t, a) ^ flip_a,
                                                        __builtin_bit_cast(std::uint64_t, b) ^ flip_b));
}
constexpr std::uint64_t minus = 1ULL << 63;

}  // namespace

extern "C" {
EXACTNESS_PCS double __wrap___aeabi_dadd(double a, double b) { return sum(a, b, 0, 0); }
EXACTNESS_PCS double __wrap___aeabi_dsub(double a, double b) { return sum(a, b, 0, minus); }
EXACTNESS_PCS double __wrap___aeabi_drsub(double a, double b) { return sum(a, b, minus, 0); }
EXACTNESS_PCS double __wrap___adddf3(double a, double b) { return sum(a, b, 0, 0); }
EXACTNESS_PCS double __wrap___subdf3(double a, double b) { return sum(a, b, 0, minus); }
}
#endif
