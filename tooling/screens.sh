#!/bin/sh
# Take the pictures in docs/screens anew, of a real demo in a real browser. Look at them before committing them.
set -eu
cd "$(dirname "$0")/.."
. tooling/say.sh

tooling/python.sh dev
tooling/client.sh
. tooling/browser.sh
provide_browser
.venv/bin/python -m tests.browser.screens
