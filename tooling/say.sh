# How the scripts speak. Sourced, never run.

say() { printf '%s\n' "$*"; }

# One clear sentence, and the end.
stop() {
    printf 'stopped: %s\n' "$*" >&2
    exit 1
}

# Run a command that fetches; what it says is kept in a file, and failing ends in one sentence about $1.
fetch() {
    what=$1
    shift
    "$@" >.stamps/install.log 2>&1 ||
        stop "$what could not be fetched; the first install needs the network (details: .stamps/install.log)"
}

# A short name for the content of the files named on standard input, one a line.
fingerprint() { LC_ALL=C sort | xargs -d '\n' sha256sum -- | sha256sum | cut -c 1-16; }

# true when the stamp file $1 says $2
stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# Remember in stamp file $1 that $2 is done.
stamp() {
    mkdir -p "$(dirname "$1")"
    printf '%s\n' "$2" >"$1"
}

require_writable() {
    mkdir -p .stamps 2>/dev/null && : 2>/dev/null >.stamps/writable || stop "the folder $PWD cannot be written to"
}
