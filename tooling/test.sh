#!/bin/sh
# Set up what the tests need, run every check, then every test: first those that want the machine to themselves, then the
# rest on half as many processes again as it has cores, since most of them wait for others (six at most). All of them
# run; any failure fails the whole, but for one that passes by itself right after.
set -eu
cd "$(dirname "$0")/.."
. tooling/say.sh

tooling/python.sh dev
tooling/client.sh
. tooling/browser.sh
provide_browser
. tooling/scanner.sh
provide_scanner
. tooling/node.sh
. tooling/peers.sh
provide_peer tests/core/bucket "the tests' bucket"
tooling/provider.sh
. tooling/paper.sh
provide_paper || stop "$PAPER_IS_MISSING"
. tooling/strace.sh
provide_strace
. tooling/memory.sh
write_to_memory

# What failed while others held the cores is run once more by itself, and named: it may have been the crowd. What fails
# again fails the whole, and so do more than a few at once, which no crowd explains.
by_themselves() {
    say "these failed beside others and are run again by themselves:"
    .venv/bin/pytest --collect-only -q --last-failed --last-failed-no-failures none | sed -n 's/.*::/  &/p' >"$again"
    cat "$again"
    [ "$(wc -l <"$again")" -le 8 ] && .venv/bin/pytest -v --last-failed --last-failed-no-failures none
}
again=$(mktemp)
trap 'rm -f "$again"' EXIT

failed=0
tooling/check.sh || failed=1
tooling/coverage.sh || failed=1
.venv/bin/pytest -m alone || failed=1
.venv/bin/pytest -m "not alone" --cache-clear --numprocesses $(($(nproc) * 3 / 2)) --maxprocesses 6 --dist worksteal \
    --durations=10 --durations-min=3 || by_themselves || failed=1
exit "$failed"
