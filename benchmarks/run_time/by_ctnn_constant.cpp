// SPDX-License-Identifier: BSL-1.0
/// \file ctnn with weights in a constexpr object.
#include "by_ctnn.hpp"

#include <array>

namespace bench {
namespace {

template <class Spec, class Form> struct constant {
  using net = net_of<Spec>;
  static constexpr typename Form::template model<net> model{net{weights<Spec>()}};

  /// The weights are those of the problem already; the check of the outputs sees to that.
  static void prepare(problem const&) {}
  static void infer(float const* x, float* y) {
    array_at<typename net::output_type>(y) = model(array_at<typename net::input_type>(x));
  }
  static void infer_chained(problem const& p, long repeats) {
    auto x = array_at<typename net::input_type>(p.inputs);
    for (long i = 0; i < repeats; ++i) x = model(x);
    array_at<typename net::output_type>(p.outputs) = x;
  }
};

template <class Spec, class Form>
constexpr entry inference{task::inference,
                          Spec::name,
                          Form::constant_name,
                          true,
                          constant<Spec, Form>::prepare,
                          infer_in_turn<Spec, constant<Spec, Form>>,
                          nullptr,
                          is_judged<Form>};
template <class Form>
constexpr entry latency{task::latency,
                        tutorial::name,
                        Form::constant_name,
                        true,
                        constant<tutorial, Form>::prepare,
                        constant<tutorial, Form>::infer_chained,
                        nullptr,
                        is_judged<Form>};

template <class Form, class... Specs> void add_inference(sink add, Form, list<Specs...>) {
  (add(inference<Specs, Form>), ...);
  add(latency<Form>);
}
template <class... Forms> void add_forms(sink add, list<Forms...>) {
  (add_inference(add, Forms{}, inference_networks{}), ...);
}

}  // namespace

void by_ctnn_constant(sink add) { add_forms(add, forms{}); }

}  // namespace bench
