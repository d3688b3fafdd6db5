#!/bin/sh
# Set up what `make bench-chat` needs (a C compiler, Node, the relay's packages), then run it on cores 0 and 1.
# SHORT=1 takes one round, and 2,000 idle connections instead of 10,000.
set -eu
cd "$(dirname "$0")/.."
. tooling/say.sh

provide_compiler() {
    command -v gcc >/dev/null && return
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null ||
        stop "the load generator needs a C compiler: apt install gcc libc6-dev"
    say "installing gcc"
    mkdir -p .stamps
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends \
        gcc libc6-dev; } >.stamps/apt.log 2>&1 || stop "apt could not install gcc, see .stamps/apt.log"
}

tooling/python.sh dev
tooling/client.sh
provide_compiler
command -v node >/dev/null || stop "the bare relay to compare with needs Node 20 or newer: apt install nodejs npm"
command -v taskset >/dev/null || stop "the rig needs taskset: apt install util-linux"
bench=benchmarks/chat
if ! stamped "$bench/node_modules/.installed" "$(echo "$bench/package-lock.json" | fingerprint)"; then
    say "installing the packages of $bench/package-lock.json"
    fetch "a Node package" npm --prefix "$bench" ci --silent --no-audit --no-fund
    stamp "$bench/node_modules/.installed" "$(echo "$bench/package-lock.json" | fingerprint)"
fi
gcc -O2 -Wall -Wextra -o "$bench/loadgen" "$bench/loadgen.c" || stop "the load generator does not compile"
ulimit -n 12000 2>/dev/null || stop "ten thousand connections need 'ulimit -n 12000'"
exec .venv/bin/python -m benchmarks.chat.bench ${SHORT:+--short} "$@"
