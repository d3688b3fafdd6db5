# Keep what tests write in memory where there is room, for they would wait for a disk. Sourced, never run.

MEMORY=/dev/shm
ROOM_KB=$((8 * 1024 * 1024))

# Whether there is that much of it, and programs may run there: tests write some.
memory_is_roomy() {
    free=$(df -Pk "$MEMORY" 2>/dev/null | awk 'NR == 2 { print $4 }')
    available=$(awk '$1 == "MemAvailable:" { print $2 }' /proc/meminfo 2>/dev/null)
    [ "${free:-0}" -ge "$ROOM_KB" ] && [ "${available:-0}" -ge "$ROOM_KB" ] || return 1
    scratch=$(mktemp -d "$MEMORY/fyr-tests-XXXXXX") || return 1
    printf '#!/bin/sh\n' >"$scratch/program" && chmod 700 "$scratch/program" && "$scratch/program" 2>/dev/null && return
    rm -rf "$scratch"
    return 1
}

# Until this shell ends; what is there then goes.
write_to_memory() {
    memory_is_roomy || return 0
    TMPDIR=$scratch
    export TMPDIR
    trap 'rm -rf "$TMPDIR"' EXIT
    trap 'exit 130' INT TERM
}
