#!/bin/sh
# Make .venv and install exactly the locked packages: `python.sh run` to serve, `python.sh dev` to test as well.
set -eu
cd "$(dirname "$0")/.."
. tooling/say.sh

what=$1
# A folder that was moved or a Python that was replaced leaves programs that do not start: both are part of the stamp.
wanted() { { echo "requirements/$1.txt"; echo pyproject.toml; } | fingerprint; }

find_python() {
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    stop "Python 3.11 or newer is needed; on Debian or Ubuntu: apt install python3 python3-venv"
}

make_venv() {
    python=$(find_python)
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        stop "$python cannot make virtual environments; on Debian or Ubuntu: apt install make python3-venv"
    say "making .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv || stop "the virtual environment could not be made"
    stamp .venv/.place "$PWD"
}

# uv reads the configuration of pip nowhere: hand over the index and certificate this machine's pip is set up with.
follow_pip() {
    index=${PIP_INDEX_URL:-$(.venv/bin/python -m pip config get global.index-url 2>/dev/null || true)}
    certificate=${PIP_CERT:-$(.venv/bin/python -m pip config get global.cert 2>/dev/null || true)}
    export UV_SYSTEM_CERTS=true
    [ -n "${UV_DEFAULT_INDEX:-}" ] || [ -z "$index" ] || export UV_DEFAULT_INDEX="$index"
    [ -n "${SSL_CERT_FILE:-}" ] || [ -z "$certificate" ] || export SSL_CERT_FILE="$certificate"
}

install() {
    say "installing the Python packages of requirements/$1.txt"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt ||
        stop "the Python packages could not be fetched; the first install needs the network"
    follow_pip
    VIRTUAL_ENV=$PWD/.venv .venv/bin/uv pip install --quiet --require-hashes -r "requirements/$1.txt" ||
        stop "the Python packages could not be fetched; the first install needs the network"
}

install_ourselves() {
    VIRTUAL_ENV=$PWD/.venv .venv/bin/uv pip install --quiet --no-deps --no-build-isolation --editable . ||
        stop "Fyr itself could not be installed into .venv"
}

require_writable
if ! stamped .venv/.place "$PWD" || ! .venv/bin/python -c '' 2>/dev/null; then make_venv; fi
if ! stamped ".venv/.installed-$what" "$(wanted "$what")"; then
    install "$what"
    install_ourselves
    stamp ".venv/.installed-$what" "$(wanted "$what")"
    # What tests need includes what serving needs, at the same versions.
    [ "$what" != dev ] || stamp .venv/.installed-run "$(wanted run)"
fi
