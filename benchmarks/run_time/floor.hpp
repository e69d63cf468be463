// SPDX-License-Identifier: BSL-1.0
/// \file The machine's own limits, measured like a contestant.
#pragma once
#include "contestants.hpp"

#include <cstddef>

namespace bench {

inline constexpr char const* floor_name = "floor";
void floors(sink);

/// Loads so many bytes, which lie in the first or the second level of today's caches.
inline constexpr std::size_t near_bytes = 16 * 1024, far_bytes = 384 * 1024;
void prepare_bandwidth();
void load_near(long repeats);
void load_far(long repeats);

}  // namespace bench
