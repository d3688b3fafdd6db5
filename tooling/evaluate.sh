#!/bin/sh
# Our own made-up patients through `fyr evaluate`: those that were looked at while content was written, and the third held back.
set -eu
cd "$(dirname "$0")/.."
tooling/python.sh dev
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
.venv/bin/python -m tests.triage.tables "$folder"
for name in seen held_back; do
    echo "--- $name"
    .venv/bin/fyr evaluate "$folder/$name.jsonl" | grep -E '^(all|sv|nb|en): |^RESULT'
done
