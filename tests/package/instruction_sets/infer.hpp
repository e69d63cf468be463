// SPDX-License-Identifier: BSL-1.0
/// \file A network compiled for several instruction sets, of which the program picks one. Arrays of numbers go in and out.
#pragma once
#include <array>

using input = std::array<float, 13>;
using output = std::array<float, 5>;

namespace baseline {
output infer(input const& x);
}
namespace sse4 {
output infer(input const& x);
}
namespace avx2 {
output infer(input const& x);
}
namespace avx2_fma {
output infer(input const& x);
}
namespace avx512 {
output infer(input const& x);
}
