# Three commands matter: `make app` serves the chat page, `make eval` measures how faithful the answers are,
# `make test` runs the whole suite.
PYTHON ?= python3
BIN := .venv/bin
APP_PORT ?= 7860

.PHONY: app install test eval check lint corpus clean

app: install
	@echo "Making the index from corpus/ (nothing is read twice) ..." >&2
	@$(BIN)/rag-agency build
	@echo "Starting the chat page on http://127.0.0.1:$(APP_PORT) ..." >&2
	@$(BIN)/rag-agency web --port $(APP_PORT)

install: .venv/installed .venv/weights

.venv/installed: pyproject.toml requirements-pinned.txt
	@echo "Installing into .venv (the first time takes some minutes) ..." >&2
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements-pinned.txt
	@touch $@

.venv/weights: .venv/installed
	$(BIN)/python -m rag_agency.weights
	@touch $@

.venv/tools: .venv/installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	$(BIN)/python -m rag_agency.writers.gguf SmolLM2-135M-Instruct >/dev/null
	@touch $@

test: install .venv/tools
	$(BIN)/python -m pytest

eval: install
	@$(BIN)/rag-agency build
	@$(BIN)/rag-agency eval --out eval/results

lint: .venv/tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: lint test

corpus: .venv/tools
	$(BIN)/python corpus/typeset.py

clean:
	rm -rf .venv index .mypy_cache .ruff_cache .pytest_cache .hypothesis
