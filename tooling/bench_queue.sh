#!/bin/sh
# Set up what `make bench-queue` needs (Node and BullMQ, from its lock file), then run it on cores 0 and 1.
# SHORT=1 takes one round, and nothing longer than a hundred thousand waiting.
set -eu
cd "$(dirname "$0")/.."
. tooling/say.sh

tooling/python.sh dev
. tooling/node.sh
. tooling/peers.sh
provide_peer benchmarks/queue "the job queue to compare with"
exec .venv/bin/python -m benchmarks.queue.bench ${SHORT:+--short} "$@"
