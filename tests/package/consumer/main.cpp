#include <ctnn.hpp>

// The topology is a type: 2 inputs, 2 hidden and 2 output neurons, logistic, biases kept as given.
using net = ctnn::network<double, ctnn::input<2>,
                          ctnn::dense<2, ctnn::logistic, ctnn::bias::frozen>,
                          ctnn::dense<2, ctnn::logistic, ctnn::bias::frozen>>;

// The parameters are a value: layer by layer, weights row by row (one row a neuron), then biases.
constexpr net initial{{.15, .20, .25, .30,  .35, .35,
                       .40, .45, .50, .55,  .60, .60}};

constexpr std::array samples{ctnn::sample<net>{{.05, .10}, {.01, .99}}};

static_assert(ctnn::near(ctnn::loss<ctnn::half_squared_error>(initial, samples), 0.298371109, 1e-9));

// 10,000 rounds of gradient descent inside the compiler, with no compiler flags.
constexpr net trained = ctnn::train<initial, samples, ctnn::sgd{.learning_rate = .5}, ctnn::epochs{10'000}>;

static_assert(ctnn::near(trained({.05, .10})[0], 0.015913620, 1e-9));
static_assert(net::parameter_count == 12 && net::mac_count == 8 && sizeof(net) == 12 * sizeof(double));

int main() {}
