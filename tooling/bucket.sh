# Install the bucket that tests of attachments speak S3 with. Sourced, never run; after tooling/node.sh.

provide_bucket() {
    locked=$(echo tests/core/bucket/package-lock.json | fingerprint)
    stamped tests/core/bucket/node_modules/.fyr-installed "$locked" && return
    provide_node
    say "installing the tests' bucket"
    fetch "the tests' bucket" npm --prefix tests/core/bucket ci --no-audit --no-fund --ignore-scripts
    stamp tests/core/bucket/node_modules/.fyr-installed "$locked"
}
