#!/bin/sh
# Set up what `make bench-video` needs (Janus, where apt has it), then run it on cores 0 and 1.
# SHORT=1 takes one round.
set -eu
cd "$(dirname "$0")/.."
. tooling/say.sh

tooling/python.sh dev
command -v taskset >/dev/null || stop "the rig needs taskset: apt install util-linux"
if ! command -v janus >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing janus"
    mkdir -p .stamps
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends \
        janus; } >.stamps/apt.log 2>&1 || say "apt could not install janus: its figures are left out"
fi
exec .venv/bin/python -m benchmarks.video.bench ${SHORT:+--short} "$@"
