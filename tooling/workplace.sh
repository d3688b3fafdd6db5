#!/bin/sh
# Ten standard cases by keys alone, the reaction to each key, a board of five hundred: what docs/workplace.md tells.
set -eu
cd "$(dirname "$0")/.."
. tooling/say.sh

tooling/python.sh dev
tooling/client.sh
. tooling/browser.sh
provide_browser
.venv/bin/python -m tests.browser.workplace
