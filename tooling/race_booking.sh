#!/bin/sh
# Five hundred patients race for fifty times while nodes are killed: SEED repeats the choices, SHORT=1 has forty for eight.
set -eu
cd "$(dirname "$0")/.."

tooling/python.sh dev
exec .venv/bin/python -m tests.race_booking ${SEED:+--seed "$SEED"} ${SHORT:+--short}
