# SPDX-License-Identifier: BSL-1.0
# For sourcing, after setup.sh: compiles for WebAssembly with Clang 19, from Debian's packages.
#
#   need "${wasm_tools[@]}"
#   wasm_module build/x.wasm x.cpp [FLAG...]     freestanding: imports nothing, exports what has export_name
#   wasm_program build/y.wasm y.cpp [FLAG...]    a program with main and wasi-libc; node scripts/lib/wasm_run.mjs build/y.wasm

wasm_tools=(clang++-19:clang-19 wasm-ld-19:lld-19 boost/hana/tuple.hpp:libboost-dev
  /usr/lib/wasm32-wasi/libc.a:wasi-libc /usr/include/wasm32-wasi/c++/v1/array:libc++-19-dev-wasm32
  /usr/lib/llvm-19/lib/clang/19/lib/wasi/libclang_rt.builtins-wasm32.a:libclang-rt-19-dev-wasm32)

# -ffp-contract=off is the library's one flag for correctness. Every engine since 2021 has memory.copy and memory.fill.
wasm_flags=(--target=wasm32-wasi -std=c++20 -ffp-contract=off -fno-exceptions -fno-rtti -mbulk-memory
  -Wall -Wextra -Wconversion -Wshadow -Wundef -Werror -I include)

# Of the host's headers only Boost's, which no other package has for this target.
wasm_boost() {
  local root folder=build/wasm/include
  for root in /usr/include /usr/local/include /opt/homebrew/include; do
    if [[ -e $root/boost/hana/tuple.hpp ]]; then
      mkdir -p "$folder"
      ln -sfn "$root/boost" "$folder/boost"
      printf '%s\n' -isystem "$folder"
      return
    fi
  done
  echo "error: Boost.Hana's headers are not there" >&2
  return 1
}

wasm_compile() {
  local output=$1 boost
  boost=$(wasm_boost) || return
  mkdir -p "$(dirname "$output")"
  mapfile -t boost <<<"$boost"
  clang++-19 "${wasm_flags[@]}" "${boost[@]}" "${@:2}" -o "$output"
}

# The stack lies first, so that one that overflows ends in a trap; behind the data it would overwrite them unnoticed. A
# program gets the 8 MB that it has on Linux. A module is optimised for size as a whole: 64 KB is what a page may load.
wasm_module() { wasm_compile "$1" -Oz -flto -nostdlib -Wl,--no-entry,--strip-all,--stack-first,-z,stack-size=65536 "${@:2}"; }
wasm_program() { wasm_compile "$1" -O2 -Wl,--stack-first,-z,stack-size=8388608 "${@:2}"; }
