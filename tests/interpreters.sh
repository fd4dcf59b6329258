#!/usr/bin/env bash
# Which Pythons of this machine can run the project.
#   tests/interpreters.sh        one line for each supported version: "3.12 /usr/bin/python3.12"; if not found, "3.12"
#   tests/interpreters.sh best   the path of the preferred one; fails with an explanation when there is none
set -euo pipefail
supported="3.11 3.12 3.13"
shopt -s nullglob

# Prints "3.12 /path" if the candidate runs, is new enough and can make environments. It has to be tried: a name on
# PATH may be a shim for a version that is not selected, and some systems split venv off into a package of its own.
# _base_executable: asked from inside an environment, answer with the Python beneath it.
describe() {
    "$1" - 2>/dev/null <<'PY'
import sys, venv, ensurepip
if sys.version_info < (3, 11):
    sys.exit(1)
print("%d.%d" % sys.version_info[:2], getattr(sys, "_base_executable", sys.executable))
PY
}

find_version() {
    local candidate found
    for candidate in "python$1" "$HOME/.pyenv/versions/$1".*/bin/python; do
        if found=$(describe "$candidate") && [ "${found%% *}" = "$1" ]; then
            echo "$found"
            return
        fi
    done
    return 1
}

case "${1:-all}" in
all)
    for version in $supported; do find_version "$version" || echo "$version"; done
    ;;
best)
    for version in $supported; do
        if found=$(find_version "$version"); then
            echo "${found#* }"
            exit
        fi
    done
    if found=$(describe python3); then
        echo "${found#* }"
        exit
    fi
    echo "No usable Python found. Please install Python 3.11 or newer, with its venv module" \
        "(on Debian and Ubuntu: python3 and python3-venv), and run make again." >&2
    exit 1
    ;;
esac
