// SPDX-License-Identifier: BSL-1.0
/// \file trainer::fit: epochs, validation, early stopping, the callback, and no allocation.
#include <ctnn.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <support/catch.hpp>
#include <vector>

namespace {

std::size_t volatile allocations = 0;

using net = ctnn::network<double, ctnn::input<1>, ctnn::dense<1>>;
using loss = ctnn::half_squared_error;
using trainer_type = ctnn::trainer<net, loss, ctnn::sgd>;
using report_type = ctnn::epoch_report<double>;
using ctnn::status;

// y = 2 x - 1 is learned from `samples`; `other`, y = 0, gets worse as the line turns away from 0.
constexpr net initial{{0, 0}};
constexpr std::array samples{ctnn::sample<net>{{-1}, {-3}}, ctnn::sample<net>{{0}, {-1}}, ctnn::sample<net>{{1}, {1}}};
constexpr std::array other{ctnn::sample<net>{{2}, {0}}};
constexpr ctnn::sgd slow{.learning_rate = .05};

int calls = 0;
bool count_calls(report_type const&) { return ++calls < 4; }

struct recorder {
  std::vector<report_type> reports;
  void operator()(report_type const& report) { reports.push_back(report); }
};

}  // namespace

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CTNN_TEST_ASAN
#endif
#endif
#ifdef __SANITIZE_ADDRESS__  // GCC's word for it
#define CTNN_TEST_ASAN
#endif

#ifndef CTNN_TEST_ASAN  // the sanitizer's own operators must stay
// Not inlined: GCC 12 would see malloc and delete, and warn of a mismatch.
[[gnu::noinline]] void* operator new(std::size_t size) {
  allocations = allocations + 1;
  if (void* p = std::malloc(size)) return p;
  throw std::bad_alloc{};
}
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }
#endif

TEST_CASE("fit learns from every sample in every epoch", "[train][fit]") {
  trainer_type trainer{initial, slow};
  auto const result = trainer.fit(samples, {.epochs = 400});
  CHECK(result.state == status::ok);
  CHECK(result.epochs == 400);
  CHECK_FALSE(result.stopped_early);
  CHECK(result.best_epoch == 0);
  CHECK(trainer.updates() == 1200);
  CHECK(ctnn::near(trainer.network().parameters[0], 2., 1e-6));
  CHECK(ctnn::near(trainer.network().parameters[1], -1., 1e-6));
}

TEST_CASE("fit is the same as its steps one by one", "[train][fit]") {
  trainer_type by_fit{initial, slow}, by_hand{initial, slow};
  auto const result = by_fit.fit(samples, {.epochs = 2, .batch = 2});
  double sum = 0;
  for (int epoch = 0; epoch < 2; ++epoch) {
    REQUIRE(by_hand.step({samples.data(), 2}) == status::ok);
    sum = 2 * by_hand.loss();
    REQUIRE(by_hand.step({samples.data() + 2, 1}) == status::ok);
    sum += by_hand.loss();
  }
  CHECK(by_fit.network() == by_hand.network());
  CHECK(by_fit.updates() == 4);
  CHECK(result.loss == sum / 3);
}

TEST_CASE("a batch larger than all samples takes them all", "[train][fit]") {
  trainer_type by_fit{initial, slow}, by_hand{initial, slow};
  CHECK(by_fit.fit(samples, {.batch = 100}).state == status::ok);
  REQUIRE(by_hand.step(samples) == status::ok);
  CHECK(by_fit.network() == by_hand.network());
}

TEST_CASE("the callback gets the figures of each epoch", "[train][fit]") {
  trainer_type trainer{initial, slow};
  recorder record;
  // With the batch of all samples, the loss of an epoch is that of the network before it.
  auto const result = trainer.fit(samples, {.epochs = 3, .batch = 3, .validation = other, .on_epoch = record});
  REQUIRE(record.reports.size() == 3);
  trainer_type again{initial, slow};
  for (std::size_t i = 0; i < 3; ++i) {
    auto const& r = record.reports[i];
    CHECK(r.epoch == i + 1);
    CHECK(r.epochs == 3);
    CHECK(ctnn::near(r.loss, ctnn::loss<loss>(again.network(), samples), 1e-15));
    REQUIRE(again.step(samples) == status::ok);
    CHECK(r.validated);
    CHECK(r.validation_loss == ctnn::loss<loss>(again.network(), other));
  }
  CHECK(result.loss == record.reports[2].loss);
  CHECK(result.validation_loss == record.reports[2].validation_loss);
}

TEST_CASE("a callback may be a function, a lambda with captures or an object, and may stop", "[train][fit]") {
  trainer_type trainer{initial, slow};
  calls = 0;
  auto result = trainer.fit(samples, {.epochs = 10, .on_epoch = count_calls});
  CHECK((calls == 4 && result.epochs == 4 && result.stopped_early && result.state == status::ok));
  calls = 0;
  result = trainer.fit(samples, {.epochs = 10, .on_epoch = &count_calls});
  CHECK((calls == 4 && result.epochs == 4 && result.stopped_early));

  std::size_t last = 0;
  result = trainer.fit(samples, {.epochs = 10, .on_epoch = [&](auto const& r) { return (last = r.epoch) < 7; }});
  CHECK((last == 7 && result.epochs == 7 && result.stopped_early));

  // It asks to stop where fit ends anyway: that is not early.
  result = trainer.fit(samples, {.epochs = 7, .on_epoch = [&](auto const& r) { return (last = r.epoch) < 7; }});
  CHECK((last == 7 && result.epochs == 7 && !result.stopped_early));

  recorder record;
  CHECK(trainer.fit(samples, {.epochs = 5, .on_epoch = record}).epochs == 5);
  CHECK(record.reports.size() == 5);
  CHECK_FALSE(record.reports[0].validated);
}

TEST_CASE("patience stops after so many epochs without a lower validation loss", "[train][fit]") {
  trainer_type trainer{initial, slow};
  net best{{9, 9}};
  recorder record;
  // At x = 2 the line starts at 0, the target: each epoch is worse there than none, and at first worse than the last.
  auto const result = trainer.fit(
      samples, {.epochs = 50, .batch = 3, .validation = other, .patience = 3, .best = &best, .on_epoch = record});
  CHECK(result.state == status::ok);
  CHECK(result.stopped_early);
  CHECK(result.best_epoch == 1);
  CHECK(result.epochs == 4);
  REQUIRE(record.reports.size() == 4);
  for (std::size_t i = 1; i < 4; ++i) CHECK(record.reports[i].validation_loss > record.reports[0].validation_loss);
  trainer_type once{initial, slow};
  REQUIRE(once.step(samples) == status::ok);
  CHECK(best == once.network());
  CHECK(best != trainer.network());
}

TEST_CASE("the best network is that of the lowest validation loss, without patience too", "[train][fit]") {
  trainer_type trainer{initial, slow};
  net best;
  auto const result = trainer.fit(samples, {.epochs = 20, .validation = samples, .best = &best});
  CHECK((result.best_epoch == 20 && !result.stopped_early));
  CHECK(best == trainer.network());
  CHECK(result.validation_loss == ctnn::loss<loss>(best, samples));
}

TEST_CASE("min_delta is how much lower counts", "[train][fit]") {
  trainer_type trainer{initial, slow};
  auto const result = trainer.fit(samples, {.epochs = 50, .validation = samples, .patience = 2, .min_delta = 1e6});
  CHECK((result.best_epoch == 1 && result.epochs == 3 && result.stopped_early));
}

TEST_CASE("fit stops at a sample that is not finite, with the network before it", "[train][fit]") {
  auto bad = samples;
  bad[1].target[0] = 1e300;  // its square overflows
  trainer_type trainer{initial, slow}, once{initial, slow};
  auto const result = trainer.fit(bad, {.epochs = 5});
  CHECK(result.state == status::loss_not_finite);
  CHECK(result.epochs == 0);
  CHECK(trainer.updates() == 1);
  REQUIRE(once.step(samples[0].input, samples[0].target) == status::ok);
  CHECK(trainer.network() == once.network());
  CHECK(trainer.fit(samples).state == status::ok);
}

TEST_CASE("another shuffle seed is another run, the same one the same", "[train][fit]") {
  auto const fitted = [](std::uint64_t seed) {
    trainer_type trainer{initial, slow};
    REQUIRE(trainer.fit(samples, {.epochs = 5, .shuffle_seed = seed}).state == status::ok);
    return trainer.network();
  };
  CHECK(fitted(1) == fitted(1));
  CHECK(fitted(1) != fitted(0));
  CHECK(fitted(1) != fitted(2));
}

TEST_CASE("training allocates nothing", "[train][fit]") {
  using deep = ctnn::network<float, ctnn::input<8>, ctnn::dense<40, ctnn::gelu>, ctnn::dense<20, ctnn::softmax>>;
  static constexpr ctnn::sample<deep> sample{deep::input_type{1, 2, 3}, deep::output_type{1}};
  std::array<ctnn::sample<deep>, 5> const many{sample, sample, sample, sample, sample};
  deep best;
  int epochs = 0;
  std::size_t const before = allocations;
  ctnn::trainer<deep, ctnn::cross_entropy, ctnn::clipped<ctnn::adam>, ctnn::warm_up<ctnn::cosine>> trainer{
      ctnn::initialize<deep>(ctnn::he{.seed = 1})};
  bool const stepped = trainer.step(sample.input, sample.target) == status::ok && trainer.step(many) == status::ok;
  auto const result = trainer.fit(many, {.epochs = 4,
                                         .batch = 2,
                                         .shuffle_seed = 1,
                                         .validation = many,
                                         .patience = 3,
                                         .best = &best,
                                         .on_epoch = [&](auto const&) { ++epochs; }});
  std::size_t const during = allocations - before;
  CHECK(during == 0);
  CHECK((stepped && result.state == status::ok && epochs == 4));
#ifndef CTNN_TEST_ASAN
  ::operator delete(::operator new(1));  // it does count
  CHECK(allocations > before);
#endif
}
