// SPDX-License-Identifier: BSL-1.0
#include <ctnn_host.hpp>

#include <sstream>
#include <string>
#include <support/catch.hpp>

namespace {

using net =
    ctnn::network<float, ctnn::input<64>, ctnn::frozen<ctnn::dense<32, ctnn::relu>>, ctnn::dense<10, ctnn::softmax>>;

// 64 * 32 + 32 and 32 * 10 + 10 parameters of 4 bytes.
constexpr char const* layers =
    R"(layer  activation  inputs  outputs  parameters  trained  bytes of flash  multiply-accumulates
    0  relu            64       32       2,080        0           8,320                 2,048
    1  softmax         32       10         330      330           1,320                   320
  all                  64       10       2,410      330           9,640                 2,368
)";

}  // namespace

TEST_CASE("print_summary: a line for each layer, one for the whole, and the RAM") {
  std::ostringstream out;
  ctnn::print_summary(out, ctnn::summary_of<net>);
  CHECK(out.str().substr(0, std::string(layers).size()) == layers);
  CHECK(out.str().find("RAM: 128 bytes for an inference, ") != std::string::npos);
}
