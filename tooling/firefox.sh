#!/bin/sh
# A visit between Debian's Firefox and Chromium, from peer to peer and over the relay.
set -eu
cd "$(dirname "$0")/.."
. tooling/say.sh

tooling/python.sh dev
tooling/client.sh
. tooling/browser.sh
provide_browser
command -v firefox-esr >/dev/null || {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || stop "this needs Firefox: apt install firefox-esr"
    say "installing firefox-esr"
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends \
        firefox-esr; } >.stamps/apt.log 2>&1 || stop "apt could not install firefox-esr, see .stamps/apt.log"
}
exec .venv/bin/pytest -q tests/browser/test_firefox.py
