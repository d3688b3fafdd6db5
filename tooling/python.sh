#!/bin/sh
# Make .venv and install exactly the locked packages: `python.sh run` to serve, `python.sh dev` to test as well.
set -eu
cd "$(dirname "$0")/.."
. tooling/say.sh

kind=$1
lock_of() { echo "requirements/$1.txt" | fingerprint; }

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
    fetch "the installer" .venv/bin/python -m pip install --retries 2 --require-hashes -r requirements/uv.txt
    follow_pip
    fetch "a Python package" .venv/bin/uv pip install --require-hashes -r "requirements/$1.txt"
    stamp ".venv/.installed-$1" "$(lock_of "$1")"
}

# Editable: the sources are used where they lie. Needs no network.
install_ourselves() {
    described=$(echo pyproject.toml | fingerprint)
    if stamped .venv/.installed-fyr "$described"; then return; fi
    .venv/bin/uv pip install --quiet --offline --no-deps --no-build-isolation --editable . ||
        stop "Fyr itself could not be installed into .venv"
    stamp .venv/.installed-fyr "$described"
}

require_writable
export VIRTUAL_ENV="$PWD/.venv"
# A folder that was moved or a Python that was taken away leaves programs that do not start.
if ! stamped .venv/.place "$PWD" || ! .venv/bin/python -c '' 2>/dev/null; then make_venv; fi
if ! stamped ".venv/.installed-$kind" "$(lock_of "$kind")"; then
    install "$kind"
    # What tests need includes what serving needs, at the same versions.
    [ "$kind" != dev ] || stamp .venv/.installed-run "$(lock_of run)"
fi
install_ourselves
