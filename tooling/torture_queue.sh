#!/bin/sh
# Claims under faults: SEED repeats the choices of a run, SHORT=1 takes half a minute.
set -eu
cd "$(dirname "$0")/.."

tooling/python.sh dev
tooling/client.sh
exec .venv/bin/python -m tests.torture_queue ${SEED:+--seed "$SEED"} ${SHORT:+--short}
