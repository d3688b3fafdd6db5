# Provide what making PDF needs beside Python: Pango, from Debian. Sourced, never run.

paper_is_there() { .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1; }

provide_paper() {
    paper_is_there && return
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    say "installing Pango, for PDF"
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; } >.stamps/apt.log 2>&1
    paper_is_there
}

PAPER_IS_MISSING="PDF needs Pango: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
