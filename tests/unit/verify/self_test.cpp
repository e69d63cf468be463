// SPDX-License-Identifier: BSL-1.0
/// \file The self-test in floating-point environments that somebody left behind. What compiler options break is found
/// out in tests/self_test.
#include <ctnn.hpp>

#include <cfenv>
#include <string>
#include <support/catch.hpp>
#include <utility>

#ifdef __SSE__
#include <immintrin.h>
#endif

namespace {

using ctnn::self_test_result;

/// The answers in float and in double while `Enter` is in force. The call goes through a pointer that the optimiser
/// does not know, so that no arithmetic moves out.
template <class Enter, class Leave> std::pair<self_test_result, self_test_result> answers(Enter enter, Leave leave) {
  auto* volatile in_float = &ctnn::self_test<float>;
  auto* volatile in_double = &ctnn::self_test<double>;
  enter();
  std::pair const result{in_float(), in_double()};
  leave();
  return result;
}

constexpr std::pair<self_test_result, self_test_result> both(self_test_result result) { return {result, result}; }

}  // namespace

TEST_CASE("the self-test passes", "[verify][self_test]") {
  CHECK(ctnn::self_test() == self_test_result::ok);
  CHECK(ctnn::self_test<float>() == self_test_result::ok);
  CHECK(ctnn::self_test<double>() == self_test_result::ok);
}

TEST_CASE("the self-test finds another rounding", "[verify][self_test]") {
  for (int const mode : {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO}) {
    INFO(mode);
    CHECK(answers([=] { std::fesetround(mode); }, [] { std::fesetround(FE_TONEAREST); }) ==
          both(self_test_result::rounding));
  }
  CHECK(ctnn::self_test() == self_test_result::ok);
}

#ifdef __SSE__
TEST_CASE("the self-test finds flush-to-zero and denormals-are-zero", "[verify][self_test]") {
  constexpr unsigned flush_to_zero = 0x8000, denormals_are_zero = 0x40;
  auto const before = _mm_getcsr();
  auto const with = [=](unsigned bits) {
    return answers([=] { _mm_setcsr(before | bits); }, [=] { _mm_setcsr(before); });
  };
  CHECK(with(0) == both(self_test_result::ok));
  CHECK(with(flush_to_zero) == both(self_test_result::flushed_results));
  CHECK(with(denormals_are_zero) == both(self_test_result::flushed_inputs));
  CHECK(with(flush_to_zero | denormals_are_zero) == both(self_test_result::flushed_inputs));
  CHECK(ctnn::self_test() == self_test_result::ok);
}
#endif

TEST_CASE("each result of the self-test has its sentence", "[verify][self_test]") {
  for (int i = 0; i <= static_cast<int>(self_test_result::training_step); ++i) {
    std::string const sentence = message(static_cast<self_test_result>(i));
    CHECK(sentence != "unknown result");
    for (int j = 0; j < i; ++j) CHECK(sentence != message(static_cast<self_test_result>(j)));
  }
}
