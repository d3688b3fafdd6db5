#!/bin/sh
# Every branch of the rules engine and of `assess` is taken by its own tests, or this fails and names the lines.
set -eu
cd "$(dirname "$0")/.."
tooling/python.sh dev
.venv/bin/pytest -q tests/triage/test_branches.py tests/triage/test_scores.py \
    --cov=triage.rules --cov=triage.assess --cov-branch --cov-report=term-missing --cov-fail-under=100 "$@"
