#!/bin/sh
# Build web/client into web/static when its sources have changed.
set -eu
cd "$(dirname "$0")/.."
. tooling/say.sh
. tooling/node.sh

sources=$(find web/client -name node_modules -prune -o -type f -print | fingerprint)
if [ -f web/static/index.html ] && stamped .stamps/client "$sources"; then exit 0; fi
provide_node
install_client_packages
say "building the pages"
npm --prefix web/client run --silent build -- --logLevel warn || stop "the client does not build"
stamp .stamps/client "$sources"
