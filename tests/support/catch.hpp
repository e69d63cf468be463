// SPDX-License-Identifier: BSL-1.0
/// \file Catch2 in whichever version is installed: 3 or 2.
#pragma once
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
