# make demo        install into .venv and run the case of Angie; says where the pictures are
# make test        lint, then the tests on every supported Python of this machine
# make test-fast   the quick tests only, on one Python
# make lint        style, types and the direction of imports
# make benchmarks  the measurements in experiments/benchmarks
# make validate    check every published pattern, full size; report in results/validation (make validate SIZE=--quick)
# make calibrate   search constants and profile centres against the patterns (MINUTES=30; resumes where it stopped)
# make recover     can known parameters be recovered; simulation-based calibration (minutes)
# make posterior   a posterior with pyABC for one virtual study (minutes)
# make claims      the paper's claims, each with effect, interval and verdict: results/claims/README.md
# make policy      search the order and gating of MIT's steps, judged on new patients: results/policy (minutes)
# make experiments run every experiment anew and write its tables and pictures into results/ (some ten minutes)
# make golden      write the reference results anew, after a deliberate change of the model
# make lock        bring requirements.lock in line with pyproject.toml (LOCK_FLAGS=--upgrade: newest versions)
# make clean       remove caches and the demo; environments (.venv*) and recorded runs stay
#
# PYTHON=/path/to/python chooses the Python of a new .venv; otherwise the preferred one found is taken.

SHELL := /bin/bash
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Pictures go to files: no screen is needed.
export MPLBACKEND := Agg

.PHONY: .venv demo test test-fast lint benchmarks golden lock clean validate calibrate recover posterior claims policy experiments

.venv: .venv/.installed

# For .venv, and .venv-3.12 and the like: the locked packages, then the project itself, editable.
# An environment whose Python has gone or is too old is made anew.
# --no-compile halves the time: Python compiles the modules that are used when it first imports them.
%/.installed: pyproject.toml requirements.lock
	@$*/bin/python -c 'import sys, pip; assert sys.version_info >= (3, 11)' 2>/dev/null || { \
	    python=$${PYTHON:-$$(tests/interpreters.sh best)} && \
	    echo "creating $* with $$("$$python" --version)" && \
	    "$$python" -m venv --clear $*; }
	@echo "installing into $* (up to a minute the first time)"
	@$*/bin/python -m pip install -qq --no-compile -r requirements.lock
	@$*/bin/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

demo: .venv
	@rm -rf results/demo/angie
	@.venv/bin/cycles run angie --out results/demo/angie
	@echo "pictures and pages:"
	@find results/demo/angie -name '*.png' -o -name '*.svg' -o -name '*.pdf' -o -name '*.html' | sort | sed 's/^/  /'

test: .venv
	@tests/suite.sh

test-fast: .venv
	@.venv/bin/python -m pytest -n 2 -m "not slow"

lint: .venv
	@echo "lint: style"
	@.venv/bin/ruff check --quiet
	@.venv/bin/ruff format --check --quiet
	@echo "lint: types"
	@.venv/bin/mypy --no-error-summary
	@echo "lint: imports"
	@report=$$(.venv/bin/lint-imports --no-logo) || { echo "$$report"; exit 1; }

benchmarks: .venv
	@for benchmark in experiments/benchmarks/[!_]*.py; do \
	    echo "$$benchmark"; \
	    .venv/bin/python "$$benchmark" || exit 1; \
	done

validate: .venv
	@rm -rf results/validation
	@.venv/bin/cycles validate $(SIZE) --out results/validation

calibrate: .venv
	@.venv/bin/python experiments/calibration.py search --minutes $${MINUTES:-30}

recover posterior: .venv
	@.venv/bin/python experiments/calibration.py $@

claims: .venv
	@.venv/bin/python -m experiments.claims.run_all

policy: .venv
	@.venv/bin/python -m experiments.policy_search

experiments: .venv
	@for experiment in couples lesions natural_course settling apart run_studies; do \
	    echo "experiments/$$experiment.py"; \
	    .venv/bin/python -W ignore "experiments/$$experiment.py" || exit 1; \
	done

golden: .venv
	@.venv/bin/python -m pytest tests/golden --update-golden

# uv resolves for all supported Pythons at once; the file names packages and versions, never where they come from.
lock: .venv-lock/bin/uv
	@.venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --extra dev \
	    --no-header --no-annotate $(LOCK_FLAGS) --output-file requirements.lock pyproject.toml

.venv-lock/bin/uv:
	@python=$${PYTHON:-$$(tests/interpreters.sh best)} && "$$python" -m venv --clear .venv-lock
	@.venv-lock/bin/python -m pip install -qq uv

clean:
	@rm -rf results/demo .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage build dist
	@find . -path './.venv*' -prune -o -name __pycache__ -prune -exec rm -rf {} +
