#!/usr/bin/env bash
# Lint, then the test suite on every supported Python of this machine: all of it in .venv (shown as it goes), everything
# not marked slow, with fewer examples, in .venv-3.12 and the like (shown only when it fails). One line for each; fails
# if any of them failed. The other environments are installed meanwhile: that is mostly waiting.
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
installer=""
trap '[ -z "$installer" ] || kill "$installer" 2>/dev/null || true; rm -rf "$scratch"' EXIT
log=$scratch/log
failed=""

describe() {
    "$1/bin/python" -c 'import importlib.metadata as m, platform as p
print("Python", p.python_version(), "with Mesa", m.version("mesa"))'
}

install_others() {
    while read -r version python; do
        [ "$version" = "$main_version" ] || [ -z "$python" ] && continue
        MAKEFLAGS="" make --silent ".venv-$version/.installed" PYTHON="$python" </dev/null >"$scratch/$version" 2>&1 ||
            touch "$scratch/$version.failed"
    done < <(tests/interpreters.sh)
}

main_version=$(.venv/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')
install_others &
installer=$!
MAKEFLAGS="" make --silent lint

main=$(describe .venv)
echo "tests on $main"
.venv/bin/python -m pytest -n 2 || failed="$main"
wait "$installer" || true
installer=""

while read -r version python; do
    [ "$version" = "$main_version" ] && continue
    if [ -z "$python" ]; then
        echo "Python $version: not found on this machine, not tested"
        continue
    fi
    if [ -e "$scratch/$version.failed" ]; then
        cat "$scratch/$version"
        failed+="${failed:+, }Python $version (installation)"
        continue
    fi
    venv=.venv-$version
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
