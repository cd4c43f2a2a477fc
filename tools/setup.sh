#!/bin/sh
# Makes .venv with pinned versions; `tools/setup.sh test` adds what the tests need, a browser included.
# Installs a missing system part if it may (root, or sudo without a password), else says which package to install.
set -eu
cd "$(dirname "$0")/.."
extra="${1:-}"

say() { printf 'setup: %s\n' "$*" >&2; }

system_install() { # package of Debian/Ubuntu, package of Homebrew, what it is for
    if command -v apt-get >/dev/null 2>&1; then
        if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else
            say "$3 is missing. Install it with: sudo apt-get install $1"; exit 1; fi
        say "installing $1 ($3)"
        # shellcheck disable=SC2086 # empty for root
        $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq "$1" >/dev/null ||
            { say "could not install $1 ($3). Install it by hand: sudo apt-get install $1"; exit 1; }
    elif command -v brew >/dev/null 2>&1; then
        say "installing $2 ($3)"; brew install --quiet $2 || { say "could not install $2 ($3)"; exit 1; }
    else
        say "$3 is missing. Install the package $1 of your system, then run this again"; exit 1
    fi
}

find_python() {
    for name in "${PYTHON:-python3}" python3.13 python3.12 python3.11 python3.14; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; then
            printf '%s' "$name"; return
        fi
    done
    say "Python 3.11 to 3.14 is missing. Install it (Debian 12+, Ubuntu 24.04+: python3; macOS: brew install python@3.13)"
    exit 1
}

make_venv() {
    python=$(find_python)
    "$python" -m venv .venv >/dev/null 2>&1 && return
    rm -rf .venv
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    system_install "python$version-venv" "python@$version" "Python's venv module"
    "$python" -m venv .venv
}

find_browser() {
    for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ] || [ -x "/Applications/Chromium.app/Contents/MacOS/Chromium" ]
}

stamp=".venv/.installed${extra:+-$extra}"
if [ ! -x .venv/bin/python ]; then make_venv; fi
if [ ! -f "$stamp" ] || [ pyproject.toml -nt "$stamp" ] || [ constraints.txt -nt "$stamp" ]; then
    say "installing the pinned versions into .venv"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
        --editable ".${extra:+[$extra]}"
    touch "$stamp"
fi
if [ "$extra" = test ] && ! find_browser; then
    system_install chromium "--cask chromium" "a browser for the tests of the network page"
fi
