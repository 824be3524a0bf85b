# make demo and make test need Python 3.11, git and make; they install the rest into .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
FRAMEWORK ?= fastapi
LANGUAGE ?= typescript
DATABASE ?= sqlite
SPEC ?= examples/shop.yaml
EXAMPLE ?= shop
TRY ?= build/try-$(FRAMEWORK)
# What belongs to one generated project runs in one process, one after the other.
PARALLEL := --numprocesses 2 --dist loadgroup
TESTS := tests/unit tests/contract/own tests/bite tests/snapshots tests/copier tests/migrations tests/projects
# They lead what they run to directories of their own, so they have a process of their own.
SLOW := tests/crash tests/fuzz

.PHONY: help setup demo test test-all bite contract check format lint types unit snapshots update-snapshots try release clean bench

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 20

setup: $(VENV)/.installed ## install backendgen and its tools into .venv

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: setup ## generate a project, install it, start it, create an object
	$(BIN)/python scripts/demo.py build/demo

test: setup lint types ## everything a change must pass: check, merges, migrations, generated projects
	$(BIN)/python -m pytest $(PARALLEL) $(TESTS)

test-all: setup lint types ## test, on every combination of example and database, and bite
	$(BIN)/python -m pytest $(PARALLEL) --every-combination $(TESTS)
	$(BIN)/python -m pytest $(PARALLEL) --every-combination $(SLOW)
	$(BIN)/python -m tests.bite

bite: setup ## break a generated project in every way of the table: its own tests must go red
	$(BIN)/python -m tests.bite --framework $(FRAMEWORK) --only "$(ONLY)"

contract: setup ## the contract on every framework and database, side by side in one table
	$(BIN)/python -m tests.projects --example $(EXAMPLE)

check: lint types unit snapshots ## the fast loop: format, lint, types, unit tests, snapshots

format: setup ## format the code
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

unit: setup
	$(BIN)/python -m pytest -q $(PARALLEL) tests/unit

snapshots: setup
	$(BIN)/python -m pytest -q tests/snapshots

update-snapshots: setup ## write the snapshots anew; review their diff like code
	rm -rf tests/snapshots/cases/*/tree
	$(BIN)/python -m pytest -q tests/snapshots --snapshot-update || true
	$(BIN)/python -m pytest -q tests/snapshots

try: setup ## leave a project to poke at: make try FRAMEWORK=fastapi SPEC=examples/shop.yaml
	rm -rf $(TRY)
	$(BIN)/backendgen new $(TRY) --spec $(SPEC) --framework $(FRAMEWORK) --language $(LANGUAGE) --database $(DATABASE) --no-input

bench: setup ## the figures of benchmarks/README.md, each a ratio; PARTS="tool service hold" chooses
	$(BIN)/python -m benchmarks $(PARTS)

release: setup ## append the templates as VERSION=x.y.z to releases/templates.bundle
	@test -n "$(VERSION)" || { echo "usage: make release VERSION=1.2.3" >&2; exit 2; }
	$(BIN)/python scripts/release.py $(VERSION)

clean:
	rm -rf build dist .venv .mypy_cache .ruff_cache .pytest_cache
