#!/bin/sh
# Everything between a fresh machine and a served demo. The second time only what has changed is done.
set -eu
cd "$(dirname "$0")/.."

tooling/python.sh run
tooling/client.sh
exec .venv/bin/fyr demo
