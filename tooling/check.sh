#!/bin/sh
# Every check that runs no test, all at once. All of them run to the end, so that one look shows everything; the last line
# sums up.
set -eu
cd "$(dirname "$0")/.."
. tooling/say.sh
. tooling/node.sh

started=
failed=
passed=
# check NAME COMMAND…: begin one; they share the machine.
check() {
    name=$1
    shift
    "$@" >".stamps/check-$name.log" 2>&1 &
    started="$started $name:$!"
}

tooling/python.sh dev
provide_node
install_client_packages
check format .venv/bin/ruff format --check --quiet .
check lint .venv/bin/ruff check --quiet .
check types .venv/bin/mypy
check imports .venv/bin/lint-imports --no-logo
check client npm --prefix web/client run --silent check
if find web/client/src -name '*.test.ts*' | grep -q .; then
    check client-tests npm --prefix web/client run --silent test
fi
for one in $started; do
    name=${one%:*}
    if wait "${one##*:}"; then passed="$passed $name"; else
        failed="$failed $name"
        say "--- $name"
        cat ".stamps/check-$name.log"
    fi
done
say "checks passed:${passed:- none}${failed:+; failed:$failed}"
[ -z "$failed" ]
