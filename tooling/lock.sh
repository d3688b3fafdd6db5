#!/bin/sh
# Choose versions once for every system and Python we support, and lock them with hashes. Run, look at the diff, commit.
set -eu
cd "$(dirname "$0")/.."
. tooling/say.sh

tooling/python.sh dev
lock() {
    into=$1
    shift
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --no-annotate --custom-compile-command "make lock" --output-file "requirements/$into.txt" "$@"
}
upgrade=${UPGRADE:+--upgrade}
# shellcheck disable=SC2086 - no word when nothing is to be upgraded
{
    lock dev $upgrade --extra embedded --extra build --extra dev pyproject.toml
    lock run --extra embedded --extra build --constraint requirements/dev.txt pyproject.toml
    lock node $upgrade requirements/node.in
    lock uv $upgrade requirements/uv.in
}
