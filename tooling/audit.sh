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

# asked NAME COMMAND…: 0 nothing known, 1 something known, anything that is not an answer counts as not asked.
asked() {
    name=$1 answer=$2
    shift 2
    if "$@" >"$told" 2>&1; then say "$name: nothing known"; elif grep -q "$answer" "$told"; then
        cat "$told"
        found=1
    else unasked="$unasked $name"; fi
}

asked "Python packages" "known vulnerabilit" .venv/bin/uv tool run --from pip-audit pip-audit --disable-pip --require-hashes -r requirements/dev.txt
asked "client packages" "severity" npm --prefix web/client audit
rm -f "$told"
[ -z "$unasked" ] || say "not asked, no network reaches the lists:$unasked"
exit "$found"
