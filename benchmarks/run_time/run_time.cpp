// SPDX-License-Identifier: BSL-1.0
/// \file ctnn beside what else one would use: inference and training steps of some networks, checked, then timed in
/// turns.
#include "chart.hpp"
#include "measure.hpp"
#include "report.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <list>
#include <string>
#include <vector>

#ifdef __linux__
#include <sched.h>
#endif

namespace {

std::vector<bench::entry> contestants;
void announce(bench::entry const& e) { contestants.push_back(e); }

void announce_all() {
  bench::by_ctnn(announce);
  bench::by_ctnn_constant(announce);
  bench::by_c(announce);
  bench::by_c_fast(announce);
#ifdef CTNN_BENCH_EIGEN
  bench::by_eigen(announce);
  bench::by_eigen_fast(announce);
#endif
#ifdef CTNN_BENCH_OPENBLAS
  bench::by_openblas(announce);
#endif
#ifdef CTNN_BENCH_FANN
  bench::by_fann(announce);
#endif
#ifdef CTNN_BENCH_TORCH
  bench::by_torch(announce);
#endif
  bench::floors(announce);
}

template <class... Specs>
void add_rows(std::list<bench::row>& rows, bench::task what, bench::list<Specs...>, std::string const& filter) {
  auto const add = [&](bench::description const& net) {
    if (net.name.find(filter) == std::string::npos) return;
    auto& row = rows.emplace_back(net, what);
    for (auto const& e : contestants)
      if (e.what == what && net.name == e.network) row.add(e);
  };
  (add(bench::describe<Specs>()), ...);
}

void pin() {
#ifdef __linux__
  int const here = sched_getcpu();
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(static_cast<std::size_t>(here), &one);
  if (here >= 0 && sched_setaffinity(0, sizeof one, &one) == 0) return;
#endif
  std::fputs("warning: not pinned to one core\n", stderr);
}

bench::bandwidth measure_bandwidth(int rounds) {
  bench::prepare_bandwidth();
  std::array<std::vector<double>, 2> times;
  for (int round = 0; round < rounds; ++round)
    for (std::size_t k = 0; k < 2; ++k) {
      auto const load = k == 0 ? bench::load_near : bench::load_far;
      auto const bytes = k == 0 ? bench::near_bytes : bench::far_bytes;
      long const repeats = k == 0 ? 800 : 25;
      load(2);
      double const start = bench::nanoseconds_now();
      load(repeats);
      times[k].push_back(static_cast<double>(bytes) * static_cast<double>(repeats) /
                         (bench::nanoseconds_now() - start));
    }
  return {bench::median(times[0]), bench::median(times[1])};
}

struct options {
  bench::settings settings;
  std::string label, json, svg, filter;
  double target = .9;
  bool markdown = false;
};

constexpr char const* help = R"(usage: ctnn_bench_run_time [OPTION...]
  --quick         fewer rounds
  --rounds N      so many (301)
  --filter TEXT   only networks whose names contain it
  --target RATIO  what counts as ok, of the fastest baseline (0.9)
  --label TEXT    for the headings: compiler and flags
  --markdown      tables in Markdown
  --json FILE     also write the results there
  --svg FILE      also draw them there
)";

options parse(int argc, char** argv) {
  options o;
  for (int i = 1; i < argc; ++i) {
    std::string const name = argv[i];
    auto const value = [&] {
      if (i + 1 < argc) return std::string{argv[++i]};
      std::fprintf(stderr, "error: %s wants a value\n", name.c_str());
      std::exit(2);
    };
    if (name == "--quick")
      o.settings.rounds = 31, o.settings.microseconds = 50;
    else if (name == "--rounds")
      o.settings.rounds = std::max(1, std::atoi(value().c_str()));
    else if (name == "--filter")
      o.filter = value();
    else if (name == "--target")
      o.target = std::atof(value().c_str());
    else if (name == "--label")
      o.label = value();
    else if (name == "--markdown")
      o.markdown = true;
    else if (name == "--json")
      o.json = value();
    else if (name == "--svg")
      o.svg = value();
    else {
      std::fputs(help, name == "--help" ? stdout : stderr);
      std::exit(name == "--help" ? 0 : 2);
    }
  }
  return o;
}

}  // namespace

int main(int argc, char** argv) {
  using bench::task;
  auto const o = parse(argc, argv);
  pin();
  announce_all();

  std::list<bench::row> rows;
  add_rows(rows, task::inference, bench::inference_networks{}, o.filter);
  add_rows(rows, task::latency, bench::list<bench::tutorial>{}, o.filter);
  add_rows(rows, task::step, bench::training_networks{}, o.filter);
  add_rows(rows, task::batch_step, bench::training_networks{}, o.filter);
  if (rows.empty()) {
    std::fprintf(stderr, "error: no network's name contains \"%s\"\n", o.filter.c_str());
    return 2;
  }

  bool good = true;
  for (auto& row : rows) good &= row.check();
  if (!good) return 1;
  auto const bandwidth = measure_bandwidth(o.settings.rounds);
  std::vector<bench::row const*> inference, training, all;
  for (auto& row : rows) {
    std::fprintf(stderr, "  %s\n", title(row).c_str());
    row.time(o.settings);
    (row.what() == task::inference || row.what() == task::latency ? inference : training).push_back(&row);
    all.push_back(&row);
  }

  std::cout << (o.markdown ? "### " : "") << o.label << "\n\nLoads from the first level of the cache "
            << bench::number(bandwidth.first_level) << " bytes a nanosecond, from the second "
            << bench::number(bandwidth.second_level) << ".\n\n";
  for (auto const* part : {&inference, &training})
    if (!part->empty()) bench::print(std::cout, times(*part), o.markdown);
  bench::print(std::cout, verdicts(all, o.target), o.markdown);

  if (!o.json.empty()) {
    std::ofstream file{o.json};
    write_json(file, o.label, bandwidth, all, o.target, o.settings);
    if (!file.flush()) return std::perror(o.json.c_str()), 1;
  }
  if (!o.svg.empty()) {
    std::ofstream file{o.svg};
    draw(file, o.label, all, o.target);
    if (!file.flush()) return std::perror(o.svg.c_str()), 1;
  }
}
