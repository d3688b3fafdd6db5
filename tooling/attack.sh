#!/bin/sh
# Every attack against a live server; SHORT=1 tries fewer of what is the same again and again.
set -eu
cd "$(dirname "$0")/.."
. tooling/say.sh

tooling/python.sh dev
tooling/client.sh
. tooling/browser.sh
provide_browser
tooling/provider.sh
exec .venv/bin/python -m tests.attack ${SHORT:+--short}
