# Two commands are enough: `make explain` and `make test`. Both build the environment first.
PYTHON ?= python3
CASE ?= cases/russia-pakistan.toml
RAW ?= ../shared/data
JOBS ?= 2
BENCH ?= explain reading weighing ingest panels web

BIN := .venv/bin
SYNCED := .venv/.synced

.PHONY: help explain test test-spark test-faults test-scale lint docs pack sources bench clean
.DEFAULT_GOAL := help

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

explain: $(SYNCED) ## Weigh the shipped case and say where the dossier is (CASE=file for another)
	@$(BIN)/cuibono explain $(CASE)

# Each worker has one core, so the products of one matrix have one thread.
test: export OPENBLAS_NUM_THREADS = 1
test: lint ## Run every check, as CI does
	$(BIN)/python -m pytest -q -n $(JOBS) --dist loadgroup

# Spark is 300 MB and needs Java 17, so it has an environment of its own beside the other.
test-spark: $(SYNCED) ## Install Spark and hold it to DuckDB's answers
	UV_PROJECT_ENVIRONMENT=.venv/spark $$(command -v uv || echo $(BIN)/uv) sync --frozen --extra spark
	.venv/spark/bin/python -m pytest -q tests/engines

test-faults: $(SYNCED) ## Run the fault tests in full: 1,000 killed loads, 10,000 mutated files (half an hour of CPU)
	CUIBONO_FAULTS=full $(BIN)/python -m pytest -q -n $(JOBS) --dist loadgroup tests/faults tests/store/test_verify.py

test-scale: $(SYNCED) ## Hold the screen of all pairs to double precision on 39,800 series (a minute of CPU)
	CUIBONO_SCALE=full $(BIN)/python -m pytest -q tests/stats/test_all_pairs_at_scale.py

lint: $(SYNCED) ## Run the linters and the type checker alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(SYNCED) ## Build the documentation as a site in dist/docs
	$(BIN)/zensical build --clean

pack: $(SYNCED) ## Rebuild the embedded data from the raw files (RAW=folder)
	$(BIN)/cuibono pack build --raw $(RAW)

sources: $(SYNCED) ## Load every source's own files and print what became of each row (RAW=folder)
	$(BIN)/python bench/sources.py $(RAW)

bench: $(SYNCED) ## Print the figures that ask for no folder and no peer; others say at their top what they ask
	for name in $(BENCH); do $(BIN)/python bench/$$name.py || exit 1; done

clean: ## Remove the environment and everything that was made
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis dist dossiers

# The stamp is written last, so an interrupted installation starts again, and a
# finished one asks nothing of the network. Both ways install the same lock file.
$(SYNCED): pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo >&2 \
	"cuibono needs Python 3.11 or newer, and '$(PYTHON)' is not. Name one: make PYTHON=python3.12 explain"; exit 1; }
	@if uv --version >/dev/null 2>&1; then set -x; \
		uv sync --frozen --python $(PYTHON); \
	else set -xe; \
		$(PYTHON) -m venv .venv; \
		$(BIN)/python -m pip install --quiet uv; \
		$(BIN)/uv sync --frozen --inexact; \
	fi
	@touch $@
