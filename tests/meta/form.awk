# SPDX-License-Identifier: BSL-1.0
# How a header looks: its first lines, its length, its macros.
function report(rule, what) { printf "%s:%d: %s: %s\n", FILENAME, FNR, rule, what }

function finish() {
  if (name == "") return
  if (!has_file) printf "%s:1: file: has no line '/// \\file What it is.'\n", name
  if (!has_once) printf "%s:1: once: has no #pragma once\n", name
  if (generated) return
  if (lines > 500) printf "%s:%d: length: more than 500 lines\n", name, lines
  else if (lines > 300) printf "%s:%d: warning: more than 300 lines\n", name, lines
}

FNR == 1 {
  finish()
  name = FILENAME
  has_file = has_once = generated = 0
  if ($0 != "// SPDX-License-Identifier: BSL-1.0") report("spdx", "the first line is // SPDX-License-Identifier: BSL-1.0")
}
{ lines = FNR }
/^\/\/\/ \\file [^ ]/ { has_file = 1 }
/^#pragma once$/ { has_once = 1 }
FNR <= 6 && /^\/\/.*[Gg]enerated by / { generated = 1 } # a table may be long
/^[ \t]*#[ \t]*define/ {
  macro = $0
  sub(/^[ \t]*#[ \t]*define[ \t]+/, "", macro)
  sub(/[^A-Za-z0-9_].*/, "", macro)
  if (macro !~ /^CTNN_/) report("macro", macro " does not begin with CTNN_")
  else if (FILENAME !~ /\/ctnn\/config\//) report("macro", macro " is not defined in ctnn/config/")
}
END { finish() }
