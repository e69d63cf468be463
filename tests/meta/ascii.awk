# SPDX-License-Identifier: BSL-1.0
# Code is ASCII; comments and string literals may hold anything. Run in the C locale.
function cut(text, end, at) { # what follows `end`, or nothing if it is on a later line
  at = index(text, end)
  return at ? substr(text, at + length(end)) : ""
}

FNR == 1 { until = "" }
{
  rest = $0
  code = ""
  while (rest != "") {
    if (until != "") { # in a comment or raw string that began earlier
      if (!index(rest, until)) break
      rest = cut(rest, until)
      until = ""
    } else if (!match(rest, /\/\/|\/\*|R"[^(]*\(|"(\\.|[^"\\])*"|'(\\.|[^'\\])'/)) {
      code = code rest
      break
    } else {
      token = substr(rest, RSTART, RLENGTH)
      code = code substr(rest, 1, RSTART - 1)
      rest = substr(rest, RSTART + RLENGTH)
      if (token == "//") break
      if (token == "/*") until = "*/"
      if (token ~ /^R"/) until = ")" substr(token, 3, length(token) - 3) "\""
    }
  }
  if (code ~ /[^\t -~]/) printf "%s:%d: ascii: code that is not ASCII\n", FILENAME, FNR
}
