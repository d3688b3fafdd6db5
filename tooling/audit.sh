#!/bin/sh
# Asks the public lists of known weaknesses about every locked package. Needs a network that reaches them, and says when there is none.
set -eu
cd "$(dirname "$0")/.."
. tooling/say.sh
. tooling/node.sh

tooling/python.sh dev
provide_node
found=0
unasked=
told=$(mktemp)

# asked NAME ANSWER COMMAND…: a list that answered says so, or names a weakness (ANSWER). A package it could not look up was
# not asked about, and neither was anything when no list answered.
asked() {
    name=$1 answer=$2
    shift 2
    status=0
    "$@" >"$told" 2>&1 || status=$?
    missed=$(grep -c "could not be audited" "$told" || true)
    if [ "$missed" -gt 0 ]; then unasked="$unasked; $name: $missed"; fi
    if [ "$status" -ne 0 ] && grep -q "$answer" "$told"; then
        cat "$told"
        found=1
    elif [ "$status" -ne 0 ]; then unasked="$unasked; $name: all"; elif [ "$missed" -eq 0 ]; then
        say "$name: nothing known"
    fi
}

asked "Python packages" "known vulnerabilit" .venv/bin/uv tool run --from pip-audit pip-audit --disable-pip --require-hashes -r requirements/dev.txt
asked "client packages" "severity" npm --prefix web/client audit
rm -f "$told"
[ -z "$unasked" ] || say "not asked, the lists cannot be reached from here or do not know them${unasked}"
exit "$found"
