# Find strace, with which a test counts what reaches the disk, or install Debian's. Sourced, never run.

STRACE_IS_MISSING="the durability test needs strace: apt install strace"

provide_strace() {
    command -v strace >/dev/null && return
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || stop "$STRACE_IS_MISSING"
    say "installing strace"
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends strace; } \
        >.stamps/apt.log 2>&1 || stop "$STRACE_IS_MISSING; apt could not, see .stamps/apt.log"
}
