// SPDX-License-Identifier: BSL-1.0
#include "tutorial.hpp"

static_assert(by_hand::trained.output[0] < 0);
