#!/bin/sh
# Everything between a fresh machine and a served demo. The second time only what has changed is done.
set -eu
cd "$(dirname "$0")/.."
. tooling/say.sh

tooling/python.sh run
tooling/client.sh
. tooling/paper.sh
provide_paper || say "$PAPER_IS_MISSING (everything else works without)"
exec .venv/bin/fyr demo
