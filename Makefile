# Two commands do everything: `make run` and `make test`. Both set up what they need first.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
# Hundreds of processes would each compile everything anew.
unexport PYTHONDONTWRITEBYTECODE
# Where memory can serve as a disk, the tests' thousands of small databases stand there.
ROOMY := $(shell [ "$$(df --output=avail -k /dev/shm 2>/dev/null | tail -1)" -gt 8000000 ] 2>/dev/null && echo /dev/shm)
export PYTEST_DEBUG_TEMPROOT ?= $(ROOMY)
HOST ?= 127.0.0.1
PORT ?= 8501

.PHONY: help setup run test check unit browser coverage bench lock fonts reference chromium clean

help: ## Say what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/.ready ## A .venv with everything that running and testing need, from the locks

.venv/.ready: requirements.txt requirements-dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "No Python 3.11, 3.12 or 3.13 found. Install one, or set PYTHON."; exit 1; }
	@echo "Installing into .venv (a minute or two the first time)"
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch .venv/.ready

run: setup ## The workbench with sample articles on http://127.0.0.1:8501
	@exec $(BIN)/workbench serve --samples --host $(HOST) --port $(PORT)

check: setup ## Lock, format, lint, types, imports
	@$(BIN)/python -m tests.locks
	@$(BIN)/ruff format --check --quiet . && echo "format: ok"
	@$(BIN)/ruff check --quiet . && echo "lint: ok"
	@$(BIN)/mypy
	@$(BIN)/lint-imports

chromium: setup
	@$(BIN)/python -m tests.chromium

unit: setup ## The tests that need no browser
	@$(BIN)/python -m pytest tests -m "not e2e" -n 2 --dist worksteal

browser: chromium ## The journeys, in a real Chromium
	@$(BIN)/python -m pytest tests/e2e -m e2e -n 2 --dist loadfile

coverage: setup ## The tests that need no browser, and the lines that none of them runs
	@$(BIN)/python -m pytest tests -m "not e2e" -n 2 --dist worksteal --cov --cov-report=term:skip-covered

test: check chromium unit browser ## Everything

bench: chromium ## The benchmark tables, with the machine they were measured on
	@$(BIN)/python -m tests.bench

lock: setup ## Write the hash locks anew from pyproject.toml
	@$(BIN)/python -m tests.locks --write

fonts: setup ## Cut the fonts of the pages anew from the installed Streamlit's
	@$(BIN)/python -m tests.fonts --write

reference: setup ## Write the tables of docs/reference/roles.md anew from the code
	@$(BIN)/python -m tests.permissions_reference --write

clean: ## Remove what setup and tests made; data stays
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage build dist
