// SPDX-License-Identifier: BSL-1.0
/// \file How the cost of an inference grows with width and depth, and that of a training step with the batch, with
/// Google Benchmark. Beside ctnn the same loops in C, with the storage and the flags that serve C best (scaling_c.cpp).
#include "scaling.hpp"

#include <ctnn.hpp>
#include <ctnn/host/line_chart.hpp>

#include <algorithm>
#include <array>
#include <benchmark/benchmark.h>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using bench::scaling_batches, bench::scaling_depths, bench::scaling_widths;

std::string named(char const* chart, char const* curve, std::size_t x) {
  std::string name(chart);
  return name.append("/").append(curve).append("/").append(std::to_string(x));
}

/// Weights that keep the size of the numbers, and inputs, from the same source as the other contestant's.
template <class Net> std::unique_ptr<Net> filled() {
  auto net = std::make_unique<Net>();
  bench::uniform random{1};
  for (float& p : net->parameters) p = .1F * random();
  return net;
}

/// Of what is made from a network: itself or its packed form.
template <class Net, class Model = Net> void infer(benchmark::State& state) {
  auto const model = std::make_unique<Model>(*filled<Net>());
  benchmark::DoNotOptimize(model.get());
  typename Net::input_type x;
  bench::uniform random{2};
  for (float& v : x) v = random();
  for (auto _ : state) {
    benchmark::DoNotOptimize(x.data());
    benchmark::ClobberMemory();
    auto y = (*model)(x);
    benchmark::DoNotOptimize(y.data());
    benchmark::ClobberMemory();
  }
}

template <std::size_t W> using wide = ctnn::network<float, ctnn::input<W>, ctnn::dense<W, ctnn::relu>, ctnn::dense<W>>;

template <std::size_t... L>
auto deep_of(std::index_sequence<L...>)
    -> ctnn::network<float, ctnn::input<16>, ctnn::dense<16 + 0 * L, ctnn::relu>...>;
template <std::size_t Depth> using deep = decltype(deep_of(std::make_index_sequence<Depth>{}));

using trained =
    ctnn::network<float, ctnn::input<13>, ctnn::dense<64, ctnn::relu>, ctnn::dense<64, ctnn::relu>, ctnn::dense<4>>;

void train(benchmark::State& state) {
  auto const count = static_cast<std::size_t>(state.range(0));
  ctnn::trainer<trained> trainer{*filled<trained>(), ctnn::sgd{.learning_rate = 1e-3}};
  std::vector<ctnn::sample<trained>> samples(count);
  bench::uniform random{2};
  for (auto& s : samples) {
    for (float& v : s.input) v = random();
    for (float& v : s.target) v = random();
  }
  for (auto _ : state) {
    benchmark::ClobberMemory();
    benchmark::DoNotOptimize(trainer.step(samples));
  }
}

void infer_in_c(benchmark::State& state, bench::scaled const& c) {
  c.prepare();
  std::vector<float> x(c.inputs), y(c.outputs);
  bench::uniform random{2};
  for (float& v : x) v = random();
  for (auto _ : state) {
    benchmark::DoNotOptimize(x.data());
    benchmark::ClobberMemory();
    c.infer(x.data(), y.data());
    benchmark::DoNotOptimize(y.data());
    benchmark::ClobberMemory();
  }
}

void train_in_c(benchmark::State& state, bench::scaled const& c) {
  c.prepare();
  std::vector<float> x(c.x * c.inputs), t(c.x * c.outputs);
  bench::uniform random{2};
  for (auto* v : {&x, &t})
    for (float& f : *v) f = random();
  for (auto _ : state) {
    benchmark::ClobberMemory();
    c.learn(c.x, x.data(), t.data());
    benchmark::ClobberMemory();
  }
}

/// Collects what is measured: curves of a chart by the benchmark's name, "chart/curve/x".
class collector : public benchmark::ConsoleReporter {
public:
  std::map<std::string, std::map<std::string, std::vector<ctnn::chart_point>>> charts;

  void ReportRuns(std::vector<Run> const& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (auto const& run : runs) {
      if (run.run_type != Run::RT_Aggregate || run.aggregate_name != "median") continue;
      auto name = run.run_name.function_name;
      if (!run.run_name.args.empty()) name.append("/").append(run.run_name.args);
      auto const first = name.find('/'), second = name.find('/', first + 1);
      double const x = std::stod(name.substr(second + 1));
      double time = run.GetAdjustedCPUTime();
      if (name.starts_with("batch")) time /= x;
      charts[name.substr(0, first)][name.substr(first + 1, second - first - 1)].push_back({std::log2(x), time});
    }
  }
};

template <class Net> void add(char const* chart, std::size_t x) {
  benchmark::RegisterBenchmark(named(chart, "ctnn net(x)", x).c_str(), infer<Net>);
  benchmark::RegisterBenchmark(named(chart, "ctnn packed", x).c_str(), infer<Net, ctnn::packed<Net>>);
}
template <std::size_t... I> void add_widths(std::index_sequence<I...>) {
  (add<wide<scaling_widths[I]>>("width", scaling_widths[I]), ...);
}
template <std::size_t... I> void add_depths(std::index_sequence<I...>) {
  (add<deep<scaling_depths[I]>>("depth", scaling_depths[I]), ...);
}

}  // namespace

int main(int argc, char** argv) {
  std::string svg, label;
  std::vector<char*> rest{argv[0]};
  for (int i = 1; i < argc; ++i) {
    std::string const option = argv[i];
    if ((option == "--svg" || option == "--label") && i + 1 < argc)
      (option == "--svg" ? svg : label) = argv[++i];
    else
      rest.push_back(argv[i]);
  }
  std::string repeat = "--benchmark_repetitions=7", interleave = "--benchmark_enable_random_interleaving=true",
              shortly = "--benchmark_min_time=0.01", aggregates = "--benchmark_report_aggregates_only=true",
              plain = "--benchmark_color=false";
  for (auto* option : {&repeat, &interleave, &shortly, &aggregates, &plain})
    rest.insert(rest.begin() + 1, option->data());
  int count = static_cast<int>(rest.size());
  benchmark::Initialize(&count, rest.data());
  if (benchmark::ReportUnrecognizedArguments(count, rest.data())) return 2;

  add_widths(std::make_index_sequence<scaling_widths.size()>{});
  add_depths(std::make_index_sequence<scaling_depths.size()>{});
  for (auto const& c : bench::scaled_in_c())
    benchmark::RegisterBenchmark(named(c.chart, "C, columns, -ffast-math", c.x).c_str(), [&c](benchmark::State& state) {
      std::string_view{c.chart} == "batch" ? train_in_c(state, c) : infer_in_c(state, c);
    });
  auto* const batches = benchmark::RegisterBenchmark("batch/ctnn trainer.step", train);
  for (auto const b : scaling_batches) batches->Arg(static_cast<std::int64_t>(b));

  collector collected;
  benchmark::RunSpecifiedBenchmarks(&collected);
  if (svg.empty()) return 0;
  std::map<std::string, std::array<std::string, 3>> const words{
      {"width", {"One inference, two layers of N neurons", "log2 N", "nanoseconds"}},
      {"depth", {"One inference, layers of 16 neurons", "log2 of the layers", "nanoseconds"}},
      {"batch", {"A training step of 13-64-64-4", "log2 of the batch", "nanoseconds a sample"}}};
  for (auto& [name, curves] : collected.charts) {
    auto const& [title, x, y] = words.at(name);
    std::string heading = title;
    heading.append(" (").append(label).append(")");
    ctnn::line_chart chart{.title = heading, .x_label = x, .y_label = y, .series = {}, .log_y = true};
    for (auto& [curve, points] : curves) {
      std::ranges::sort(points, {}, &ctnn::chart_point::x);
      chart.series.push_back({curve, points});
    }
    std::string file = svg;
    file.append("-").append(name).append(".svg");
    std::ofstream out{file};
    if (auto const drawn = ctnn::write_svg(out, chart); !drawn || !out.flush())
      return std::fprintf(stderr, "error: cannot draw %s\n", file.c_str()), 1;
  }
}
