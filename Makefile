# The commands of the house. Each prepares what it needs: see installers/prepare.sh.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# The first interpreter that is new enough.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; \
	done)
WORKERS ?= 2

# Tests make thousands of small stores, and each commit waits for the disk: in memory, where there
# is room for them, the same commits take half the time.
SCRATCH ?= $(shell room=$$(df --output=avail -m /dev/shm 2>/dev/null | tail -1); \
	[ "$${room:-0}" -ge 2048 ] && [ -w /dev/shm ] && echo /dev/shm || echo "$${TMPDIR:-/tmp}")
PYTEST := PYTEST_DEBUG_TEMPROOT=$(SCRATCH) .venv/bin/python -m pytest

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.prepared

export PYTHON

.PHONY: help
help: ## says what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# The lock file is whole, so nothing is left for pip to choose: with its resolver, the pip of
# Python 3.11 would weigh newer releases of what is asked for with extras, and refuse them.
$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed, and none is on PATH." >&2; exit 1; }
	@installers/prepare.sh run
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		-r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m pip check --disable-pip-version-check >/dev/null
	@touch $@

.PHONY: venv run-packages test-packages
venv: $(STAMP)
run-packages:
	@installers/prepare.sh run
test-packages:
	@installers/prepare.sh run test

.PHONY: run
run: run-packages venv ## the whole product on this machine: hub, visitors, one workstation, desk
	$(BIN)/python -m admin_console.rehearsal

.PHONY: format lint types walls
format: venv ## formats the code and mends what can be mended
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

lint: venv
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .

types: venv
	$(BIN)/mypy

walls: venv
	$(BIN)/lint-imports --no-logo

.PHONY: check test bench soak
check: test-packages lint types walls ## the fast part: format, lint, types, walls, tests without stories
	$(PYTEST) -q -m "not story and not bench and not soak" -n $(WORKERS) --dist loadscope

test: test-packages lint types ## everything that must hold
	$(PYTEST) -n $(WORKERS) --dist loadscope

bench: test-packages venv ## prints the budgets of the architecture as figures and ratios
	$(BIN)/python -m pytest -q -s -m bench -p no:randomly --timeout 1200

soak: test-packages venv ## the long counts in full; `make test` runs a tenth of them
	$(BIN)/python -m pytest -m soak --soak --timeout 0 --override-ini faulthandler_timeout=0

.PHONY: words pictures twins
words: venv ## takes new sentences of the screen into the catalogue for translators
	$(BIN)/python -m kiosk.look.catalogue update

pictures: venv ## every page in every state, as pictures under build/pictures
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m kiosk.shell.gallery --pictures build/pictures/kiosk
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m admin_console.desk.gallery --pictures build/pictures/desk

twins: venv ## docs/look again: MOCKUPS=DIR holds the pictures of the design
	@test -n "$(MOCKUPS)" || { echo "make twins MOCKUPS=DIR: where are the pictures of the design?" >&2; exit 1; }
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.look.twins --mockups "$(MOCKUPS)"

.PHONY: lock audit
# The oldest Python gives the widest set: what 3.12 needs, 3.11 needs too.
lock: venv ## makes requirements.lock again; UPGRADE=1 takes newer releases
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "make lock wants Python 3.11, the oldest that is supported")'
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --extra dev --strip-extras \
		--no-header --no-annotate --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
		$(if $(UPGRADE),--upgrade) --output-file requirements.lock pyproject.toml

audit: venv ## asks whether a locked release has a known weakness
	$(BIN)/pip-audit --requirement requirements.lock --disable-pip

.PHONY: clean distclean
clean: ## removes what tests and builds left
	rm -rf build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

distclean: clean ## removes the environment too
	rm -rf $(VENV)
