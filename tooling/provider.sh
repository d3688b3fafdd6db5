#!/bin/sh
# Install the OpenID provider that tests sign in with; nothing happens when it is there.
set -eu
cd "$(dirname "$0")/.."
. tooling/say.sh
. tooling/node.sh
. tooling/peers.sh
provide_peer tests/login/provider "the tests' OpenID provider"
