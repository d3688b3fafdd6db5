#!/bin/sh
# Set up what the tests need, run every check, then every test, on as many processes as the machine has cores (four at
# most). The test runner's line is the last that counts.
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
. tooling/bucket.sh
provide_bucket
. tooling/paper.sh
provide_paper || stop "$PAPER_IS_MISSING"
. tooling/strace.sh
provide_strace
checks=0
tooling/check.sh || checks=$?
.venv/bin/pytest --numprocesses auto --maxprocesses 4 --dist worksteal --durations=10 --durations-min=3
exit "$checks"
