# Install the OpenID provider that tests of signing in speak with. Sourced, never run; after tooling/node.sh.

provide_provider() {
    locked=$(echo tests/login/provider/package-lock.json | fingerprint)
    stamped tests/login/provider/node_modules/.fyr-installed "$locked" && return
    provide_node
    say "installing the tests' OpenID provider"
    fetch "the tests' OpenID provider" npm --prefix tests/login/provider ci --no-audit --no-fund --ignore-scripts
    stamp tests/login/provider/node_modules/.fyr-installed "$locked"
}
