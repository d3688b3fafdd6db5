# Install a package the tests speak with, from its own lock file. Sourced, never run; after tooling/node.sh.

# provide_peer FOLDER WHAT
provide_peer() {
    locked=$(echo "$1/package-lock.json" | fingerprint)
    stamped "$1/node_modules/.fyr-installed" "$locked" && return
    provide_node
    say "installing $2"
    fetch "$2" npm --prefix "$1" ci --no-audit --no-fund --ignore-scripts
    stamp "$1/node_modules/.fyr-installed" "$locked"
}
