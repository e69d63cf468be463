// SPDX-License-Identifier: BSL-1.0
/// \file What only a hosted program can use: printing, files, charts and progress, beside all of ctnn.hpp.
#pragma once
#include <ctnn.hpp>
#include <ctnn/host/confusion_chart.hpp>
#include <ctnn/host/confusion_matrix.hpp>
#include <ctnn/host/csv.hpp>
#include <ctnn/host/explain.hpp>
#include <ctnn/host/file.hpp>
#include <ctnn/host/line_chart.hpp>
#include <ctnn/host/network_picture.hpp>
#include <ctnn/host/progress.hpp>
#include <ctnn/host/result.hpp>
#include <ctnn/host/summary_text.hpp>
