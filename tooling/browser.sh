# Find a Chromium for the browser tests, or install Debian's. Sourced, never run; sets FYR_CHROMIUM.

find_browser() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return
    done
    return 1
}

provide_browser() {
    [ -z "${FYR_CHROMIUM:-}" ] || return 0
    FYR_CHROMIUM=$(find_browser) || {
        [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null ||
            stop "the browser tests need Chromium: apt install chromium, or name another with FYR_CHROMIUM"
        say "installing chromium"
        { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends \
            chromium fonts-dejavu-core; } >.stamps/apt.log 2>&1 ||
            stop "apt could not install chromium, see .stamps/apt.log; name another browser with FYR_CHROMIUM"
        FYR_CHROMIUM=$(find_browser) || stop "chromium was installed but is not on PATH"
    }
    export FYR_CHROMIUM
}
