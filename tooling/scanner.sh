# Find a clamd for the tests of attachments, or install Debian's. Sourced, never run. Its own signatures are not fetched.

provide_scanner() {
    command -v clamd >/dev/null || [ -x /usr/sbin/clamd ] && return
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null ||
        stop "the tests of attachments need clamd: apt install clamav-daemon"
    say "installing clamd"
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends \
        clamav-daemon; } >.stamps/apt.log 2>&1 || stop "apt could not install clamav-daemon, see .stamps/apt.log"
}
