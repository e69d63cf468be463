// SPDX-License-Identifier: BSL-1.0
/// \file Inference and training call neither malloc nor a lock nor the kernel. For Linux with glibc, whose functions
/// are replaced here by ones that count; a system call ends the child process that makes one.
#include <support/catch.hpp>

#if defined(__linux__) && defined(__GLIBC__)
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define CTNN_TEST_SANITIZED  // a sanitizer allocates and maps memory on its own account
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CTNN_TEST_SANITIZED
#endif
#else
#define CTNN_TEST_SANITIZED
#endif

#ifndef CTNN_TEST_SANITIZED
#include <ctnn.hpp>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <dlfcn.h>
#include <linux/seccomp.h>
#include <mutex>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

std::size_t volatile allocations = 0, locks = 0;

template <class F> F* next(char const* name) {
  void* const symbol = dlsym(RTLD_NEXT, name);
  if (symbol == nullptr) std::abort();
  return reinterpret_cast<F*>(symbol);
}

}  // namespace

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);

void* malloc(std::size_t size) {
  allocations = allocations + 1;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  allocations = allocations + 1;
  return __libc_calloc(count, size);
}
void* realloc(void* p, std::size_t size) {
  allocations = allocations + 1;
  return __libc_realloc(p, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  allocations = allocations + 1;
  return __libc_memalign(alignment, size);
}

int pthread_mutex_lock(pthread_mutex_t* mutex) {
  static int (*real)(pthread_mutex_t*) = nullptr;  // a constant: no guard, which would be a lock itself
  if (real == nullptr) real = next<int(pthread_mutex_t*)>("pthread_mutex_lock");
  locks = locks + 1;
  return real(mutex);
}
int __cxa_guard_acquire(long long* guard) {  // what a local static that is not a constant waits for
  static int (*real)(long long*) = nullptr;
  if (real == nullptr) real = next<int(long long*)>("__cxa_guard_acquire");
  locks = locks + 1;
  return real(guard);
}
}

namespace {

template <class T, class... Layers> using net_of = ctnn::network<T, ctnn::input<16>, Layers...>;

/// Activations of every kind: by elements with and without our own exponential function, and of a whole layer.
using deep = net_of<float, ctnn::dense<40, ctnn::gelu>, ctnn::dense<24, ctnn::tanh>, ctnn::dense<24, ctnn::relu>,
                    ctnn::dense<10, ctnn::softmax>>;
using wide = net_of<double, ctnn::dense<600, ctnn::logistic>, ctnn::dense<2>>;

template <class Net, class Loss, class Optimizer> struct work {
  using T = typename Net::scalar_type;
  ctnn::trainer<Net, Loss, Optimizer> trainer{ctnn::initialize<Net>(ctnn::he{.seed = 1})};
  std::array<ctnn::sample<Net>, 5> samples{};
  Net best{};
  typename Net::output_type y{};
  int seen = 0;

  /// Everything that is not to allocate, lock or call the kernel. Returns whether it went well.
  bool run() {
    seen = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
      samples[i].input[i] = T(1);
      samples[i].target[i % Net::output_count] = T(1);
    }
    y = trainer.network()(samples[0].input);
    bool good = trainer.step(samples[0].input, samples[0].target) == ctnn::status::ok;
    good &= trainer.step(samples) == ctnn::status::ok;
    auto const result = trainer.fit(samples, {.epochs = 3,
                                              .batch = 2,
                                              .shuffle_seed = 1,
                                              .validation = samples,
                                              .patience = 3,
                                              .best = &best,
                                              .on_epoch = [&](auto const&) { ++seen; }});
    return good && result.state == ctnn::status::ok && seen == 3;
  }
};

work<deep, ctnn::cross_entropy, ctnn::clipped<ctnn::adam>> first;
work<wide, ctnn::half_squared_error, ctnn::sgd_momentum> second;

enum class ending { well, badly, killed, not_watched };

/// Runs f in a child process that may call the kernel only to read, write and exit.
template <class F> ending end_of_child(F f) {
  pid_t const child = fork();
  if (child < 0) return ending::not_watched;
  if (child == 0) {
    // exit, not exit_group, which is not allowed either; so _exit() will not do.
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0) syscall(SYS_exit, 2);
    syscall(SYS_exit, f() ? 0 : 1);
  }
  int status = 0;
  if (waitpid(child, &status, 0) != child) return ending::not_watched;
  if (WIFSIGNALED(status)) return WTERMSIG(status) == SIGKILL ? ending::killed : ending::badly;
  return WEXITSTATUS(status) == 0 ? ending::well : WEXITSTATUS(status) == 1 ? ending::badly : ending::not_watched;
}

}  // namespace

TEST_CASE("inference and training neither allocate nor lock", "[train][system_calls]") {
  std::size_t const allocated = allocations, locked = locks;
  bool const good = first.run() && second.run();
  std::size_t const allocated_now = allocations, locked_now = locks;
  CHECK(good);
  CHECK(allocated_now == allocated);
  CHECK(locked_now == locked);
  CHECK(first.y[0] > 0);
}

TEST_CASE("allocations and locks are counted", "[train][system_calls]") {
  std::size_t const allocated = allocations, locked = locks;
  void* volatile p = std::malloc(1);
  std::free(p);
  p = std::calloc(1, 1);
  std::free(p);
  std::mutex mutex;
  mutex.lock();
  mutex.unlock();
  static int volatile seed = 3;
  static int const not_a_constant = seed;
  CHECK(not_a_constant == 3);
  CHECK(allocations >= allocated + 2);
  CHECK(locks >= locked + 2);
}

TEST_CASE("inference and training make no system call", "[train][system_calls]") {
  auto const call_the_kernel = [] { return syscall(SYS_getppid) != 0; };
  if (end_of_child(call_the_kernel) == ending::not_watched) {
    WARN("not tested: this system has no seccomp, or allows no child process");
    return;
  }
  CHECK(end_of_child(call_the_kernel) == ending::killed);
  CHECK(end_of_child([] { return false; }) == ending::badly);
  CHECK(end_of_child([] { return first.run(); }) == ending::well);
  CHECK(end_of_child([] { return second.run(); }) == ending::well);
}
#endif
