#!/bin/sh
# Set up the pipelines `make bench-triage` compares with, each in an environment of its own (medspaCy wants another
# spaCy than we do), then run them all over the same concepts. SHORT=1 sends a tenth of the messages.
set -eu
cd "$(dirname "$0")/.."
. tooling/say.sh

peers=.stamps/triage-peers

# provide NAME REQUIREMENT...: a peer that cannot be fetched is left out, and the run says so
provide() {
    name=$1
    shift
    stamped "$peers/$name/.installed" "$*" && return
    say "installing $name into $peers/$name"
    rm -rf "$peers/$name"
    if python3 -m venv "$peers/$name" && "$peers/$name/bin/python" -m pip install "$@" >".stamps/$name.log" 2>&1; then
        stamp "$peers/$name/.installed" "$*"
    else
        say "$name could not be installed, see .stamps/$name.log"
        rm -rf "${peers:?}/$name"
    fi
}

require_writable
tooling/python.sh dev
mkdir -p "$peers"
provide medspacy medspacy==1.3.1
provide negspacy negspacy==1.1.0
provide medcat medcat==2.9.0 pandas
exec .venv/bin/python -m benchmarks.triage.bench ${SHORT:+--short} --environments "$peers" "$@"
