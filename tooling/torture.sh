#!/bin/sh
# A storm over two nodes: SEED repeats the choices of a run, SHORT=1 takes a minute, KEEP=folder keeps the nodes' logs.
set -eu
cd "$(dirname "$0")/.."

tooling/python.sh dev
tooling/client.sh
exec .venv/bin/python -m tests.torture ${SEED:+--seed "$SEED"} ${SHORT:+--short} ${KEEP:+--keep "$KEEP"}
