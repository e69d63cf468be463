# SPDX-License-Identifier: BSL-1.0
# For sourcing: brings what the scripts need onto the machine.

# need WHAT:PACKAGE...  WHAT is a command, or (with a slash) a header or an absolute path; PACKAGE is Debian's name for
# it. As root on Debian or Ubuntu what is missing is installed; elsewhere it is named and the script ends with 2.
need() {
  local item what missing=() packages=()
  for item in "$@"; do
    what=${item%%:*}
    if ! is_there "$what"; then
      missing+=("$what")
      packages+=("${item#*:}")
    fi
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0

  if [[ $(id -u) -eq 0 ]] && command -v apt-get >/dev/null; then
    echo "installing ${packages[*]}"
    local log apt=(apt-get -o DPkg::Lock::Timeout=300) # somebody else may be installing something
    log=$(mktemp)
    if ! { "${apt[@]}" update && DEBIAN_FRONTEND=noninteractive "${apt[@]}" install -y --no-install-recommends "${packages[@]}"; } \
      >"$log" 2>&1; then
      tail -n 20 "$log" >&2
      echo "error: apt-get could not install ${packages[*]} (log: $log)" >&2
      exit 2
    fi
    rm -f "$log"
  else
    {
      echo "error: missing: ${missing[*]}"
      echo "  Debian and Ubuntu, as root: apt-get install ${packages[*]}"
      echo "  elsewhere: the packages of these names (CMake 3.25, Ninja, GCC 12, Clang 19, Boost 1.74, Catch2 2 or 3)"
    } >&2
    exit 2
  fi
}

is_there() {
  local root
  case $1 in
    /*) [[ -e $1 ]] ;;
    */*)
      for root in /usr/include /usr/local/include /opt/homebrew/include; do
        if [[ -e $root/$1 ]]; then return 0; fi
      done
      return 1
      ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

build_tools=(cmake:cmake ninja:ninja-build g++-12:g++-12 boost/hana/tuple.hpp:libboost-dev)
