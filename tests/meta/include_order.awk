# SPDX-License-Identifier: BSL-1.0
# Who may include whom. A header of include/ctnn/<folder>/ includes folders of lower rank or its own.
BEGIN {
  split("config 0 scalar 1 math 2 tensor 3 activation 3.5 layer 4 loss 4 optimizer 4 model 5 train 6 " \
        "quantize 7 import 7 verify 7 blob 7 host 8", pair, " ")
  for (i = 1; i in pair; i += 2) rank[pair[i]] = pair[i + 1]

  # In these folders a file is one entity: it knows the folder's concepts, but no other entity.
  split("activation layer loss optimizer", list, " ")
  for (i in list) apart[list[i]] = 1

  # Nothing that ctnn.hpp reaches may need a heap, exceptions, libm or stdio.
  split("algorithm cmath cstdio cstdlib deque fstream functional iomanip ios iostream istream list locale map math.h " \
        "memory mutex new numeric ostream random regex set sstream stdexcept stdio.h stdlib.h string thread " \
        "unordered_map unordered_set valarray vector", list, " ")
  for (i in list) hosted[list[i]] = 1
}

function folder(header) { return header ~ /^ctnn\// ? substr(header, 6, index(substr(header, 6), "/") - 1) : "" }
function report(rule, what) { printf "include/%s:%d: %s: %s\n", from, FNR, rule, what }

FNR == 1 {
  from = FILENAME
  sub(/^include\//, "", from)
  is_header[from] = 1
  here = folder(from)
  if (here != "" && !(here in rank)) report("folder", "include/ctnn/" here "/ has no rank")
  if (here == "" && from != "ctnn.hpp" && from != "ctnn_host.hpp") report("folder", "belongs in a folder with a rank")
}

/^[ \t]*#[ \t]*include/ {
  to = $0
  sub(/^[ \t]*#[ \t]*include[ \t]*/, "", to)
  bracket = substr(to, 1, 1)
  to = substr(to, 2)
  sub(/[>"].*/, "", to)

  if (bracket != "<") { report("quotes", "\"" to "\" is written <ctnn/...>"); next }
  if (to ~ /^boost\//) {
    if (from != "ctnn/model/sequence.hpp") report("hana", "only ctnn/model/sequence.hpp includes <" to ">")
    else if (to !~ /^boost\/hana\/./) report("hana", "<" to "> is not one of the small headers of Boost.Hana")
    next
  }

  edge[from, ++edges[from]] = to
  line[from, edges[from]] = FNR
  if (to !~ /^ctnn/) next

  if (here == "") next
  there = folder(to)
  if (there == "") report("umbrella", "<" to "> is for users")
  else if (!(there in rank)) report("folder", "<" to "> has no rank")
  else if (rank[there] > rank[here]) report("rank", here " (" rank[here] ") includes " there " (" rank[there] "): <" to ">")
  else if (rank[there] == rank[here] && there != here) report("sibling", here " does not know " there ": <" to ">")
  else if (there == here && here in apart && to != "ctnn/" here "/concepts.hpp")
    report("apart", "includes another " here ": <" to ">")
}

# Depth first; a header that is met again while it is still open closes a cycle.
function visit(header, i, to) {
  state[header] = "open"
  for (i = 1; i <= edges[header]; ++i) {
    to = edge[header, i]
    if (!(to in is_header)) continue
    if (state[to] == "open") printf "include/%s:%d: cycle: <%s> includes this header\n", header, line[header, i], to
    else if (state[to] == "") visit(to)
  }
  state[header] = "closed"
}

function reach(header, i, to) {
  reached[header] = 1
  for (i = 1; i <= edges[header]; ++i) {
    to = edge[header, i]
    if (to in hosted)
      printf "include/%s:%d: hosted: ctnn.hpp reaches <%s>\n", header, line[header, i], to
    else if (folder(to) == "host" || to == "ctnn_host.hpp")
      printf "include/%s:%d: hosted: ctnn.hpp reaches <%s>\n", header, line[header, i], to
    else if (to in is_header && !(to in reached)) reach(to)
  }
}

END {
  for (header in is_header) if (state[header] == "") visit(header)
  reach("ctnn.hpp")
}
