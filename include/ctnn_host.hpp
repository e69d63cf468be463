// SPDX-License-Identifier: BSL-1.0
/// \file What only a hosted program can use: printing, beside all of ctnn.hpp.
#pragma once
#include <ctnn.hpp>
#include <ctnn/host/explain.hpp>
