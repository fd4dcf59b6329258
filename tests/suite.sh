#!/usr/bin/env bash
# Runs the test suite on every supported Python of this machine: all of it in .venv (shown as it goes), everything not
# marked slow, with fewer examples, in .venv-3.12 and the like (shown only when it fails). One line for each; fails if any of them failed.
set -euo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
failed=""

describe() {
    "$1/bin/python" -c 'import importlib.metadata as m, platform as p
print("Python", p.python_version(), "with Mesa", m.version("mesa"))'
}

main=$(describe .venv)
echo "tests on $main"
.venv/bin/python -m pytest -n 2 || failed="$main"
main_version=$(.venv/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')

while read -r version python; do
    [ "$version" = "$main_version" ] && continue
    if [ -z "$python" ]; then
        echo "Python $version: not found on this machine, not tested"
        continue
    fi
    venv=.venv-$version
    if ! MAKEFLAGS="" make --silent "$venv/.installed" PYTHON="$python" </dev/null; then
        failed+="${failed:+, }Python $version (installation)"
        continue
    fi
    name=$(describe "$venv")
    if HYPOTHESIS_PROFILE=brief "$venv/bin/python" -m pytest -n 2 -m "not slow" </dev/null >"$log" 2>&1; then
        echo "$name: $(tail -n 1 "$log")"
    else
        cat "$log"
        echo "$name: FAILED, see above"
        failed+="${failed:+, }$name"
    fi
done < <(tests/interpreters.sh)

if [ -n "$failed" ]; then
    echo "FAILED: tests on $failed" >&2
    exit 1
fi
echo "all tests passed"
