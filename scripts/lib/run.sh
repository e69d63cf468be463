# SPDX-License-Identifier: BSL-1.0
# For sourcing: runs long commands with progress, a log and the time they take.

running=
trap 'if [[ -n $running ]]; then kill -- "-$running" 2>/dev/null || true; fi' EXIT

# How far a build (`[12/80] …`) or a test run (`12/80 Test …`) is, from its log; nothing if the log does not say.
progress_of() { grep -oE '^ *\[?[0-9]+/[0-9]+(\]| Test)' "$1" 2>/dev/null | tail -n 1 | grep -oE '[0-9]+/[0-9]+' || true; }

# run LABEL LOG COMMAND...: appends the output to LOG. Says every 20 seconds how far it is and at the end how long it
# took; if the command fails, shows the log's errors and end. Returns what the command returns.
run() {
  local label=$1 log=$2 start=$SECONDS status=0 said=$SECONDS
  shift 2
  mkdir -p "$(dirname "$log")"
  printf '$ %s\n' "$*" >>"$log"
  printf '  %-34s ' "$label"

  set -m # a process group of its own, so that an interrupted build does not go on
  "$@" >>"$log" 2>&1 </dev/null &
  running=$!
  set +m
  while kill -0 "$running" 2>/dev/null; do
    sleep 0.2
    if ((SECONDS - said >= 20)); then
      said=$SECONDS
      printf '%s… ' "$(progress_of "$log")"
    fi
  done
  wait "$running" || status=$?
  running=

  if ((status == 0)); then
    printf 'ok, %d s\n' $((SECONDS - start))
  else
    printf 'FAILED (%d), %d s\n' "$status" $((SECONDS - start))
    printf -- '--- from %s: what failed, and the end\n' "$log"
    { grep -m 12 -E ' error: |\*\*\*(Failed|Not Run|Exception|Timeout)' "$log"; echo …; tail -n 30 "$log"; } |
      cut -c 1-300 | sed 's/^/    /'
    printf -- '---\n'
  fi
  return "$status"
}
