// SPDX-License-Identifier: BSL-1.0
/// \file ctnn with weights that are known at run time only, and its training.
#include "by_ctnn.hpp"

#include <algorithm>
#include <array>
#include <type_traits>

namespace bench {
namespace {

template <class Spec, class Form> struct at_run_time {
  using net = net_of<Spec>;
  using model = typename Form::template model<net>;
  static inline model current{net{}};

  static void prepare(problem const& p) { current = model{net{array_at<decltype(net::parameters)>(p.parameters)}}; }
  static void infer(float const* x, float* y) {
    array_at<typename net::output_type>(y) = current(array_at<typename net::input_type>(x));
  }
  static void infer_chained(problem const& p, long repeats) {
    auto x = array_at<typename net::input_type>(p.inputs);
    for (long i = 0; i < repeats; ++i) x = current(x);
    array_at<typename net::output_type>(p.outputs) = x;
  }
};

template <class Spec, class Form>
constexpr entry inference{task::inference,
                          Spec::name,
                          Form::name,
                          true,
                          at_run_time<Spec, Form>::prepare,
                          infer_in_turn<Spec, at_run_time<Spec, Form>>,
                          nullptr,
                          is_judged<Form>};
template <class Form>
constexpr entry latency{task::latency,
                        tutorial::name,
                        Form::name,
                        true,
                        at_run_time<tutorial, Form>::prepare,
                        at_run_time<tutorial, Form>::infer_chained,
                        nullptr,
                        is_judged<Form>};

template <class Spec> struct training {
  using net = net_of<Spec>;
  using loss = std::conditional_t<Spec::layers[Spec::depth - 1].f == activation::softmax, ctnn::cross_entropy,
                                  ctnn::half_squared_error>;
  static inline ctnn::trainer<net, loss> trainer{net{}, ctnn::sgd{.learning_rate = learning_rate}};
  static inline std::array<ctnn::sample<net>, batch_size> batch;

  static void prepare(problem const& p) { trainer.restart(net{array_at<decltype(net::parameters)>(p.parameters)}); }
  static void prepare_batch(problem const& p) {
    prepare(p);
    for (std::size_t i = 0; i < batch_size; ++i) {
      batch[i].input = array_at<typename net::input_type>(p.inputs + i * Spec::inputs);
      batch[i].target = array_at<typename net::output_type>(p.targets + i * Spec::outputs);
    }
  }
  static void read(float* parameters) { std::ranges::copy(trainer.network().parameters, parameters); }
  static void step(float const* x, float const* t) {
    trainer.step(array_at<typename net::input_type>(x), array_at<typename net::output_type>(t));
  }
  static void batch_step(float const*, float const*) { trainer.step(batch); }
};

template <class Spec>
constexpr entry step{task::step,
                     Spec::name,
                     "ctnn trainer.step(x, t)",
                     true,
                     training<Spec>::prepare,
                     learn_in_turn<Spec, training<Spec>>,
                     training<Spec>::read};
template <class Spec>
constexpr entry batch_step{task::batch_step,
                           Spec::name,
                           "ctnn trainer.step(batch)",
                           true,
                           training<Spec>::prepare_batch,
                           learn_batch<Spec, training<Spec>>,
                           training<Spec>::read};

template <class Form, class... Specs> void add_inference(sink add, Form, list<Specs...>) {
  (add(inference<Specs, Form>), ...);
  add(latency<Form>);
}
template <class... Forms> void add_forms(sink add, list<Forms...>) {
  (add_inference(add, Forms{}, inference_networks{}), ...);
}
template <class... Specs> void add_training(sink add, list<Specs...>) {
  (add(step<Specs>), ...);
  (add(batch_step<Specs>), ...);
}

}  // namespace

void by_ctnn(sink add) {
  add_forms(add, forms{});
  add_training(add, training_networks{});
}

}  // namespace bench
