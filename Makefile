# Every target makes its own environment: Python 3.11 or newer and make are all it takes.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

# Same inputs, same bytes, wherever and by whomever: no locale, no zone, no user settings.
export LC_ALL := C.UTF-8
export TZ := UTC
export PYTHONHASHSEED := 0
export MPLBACKEND := agg
export MPLCONFIGDIR := $(CURDIR)/.cache/matplotlib
export JUPYTER_PREFER_ENV_PATH := 1
export IPYTHONDIR := $(CURDIR)/.cache/ipython

.PHONY: report test test-browser lab audit lock clean datapackage
.DEFAULT_GOAL := report

report: $(READY)
	@$(BIN)/python -m helpers.report.render briefing "package=$(PACKAGE)" "as_of=$(AS_OF)" "rounding=$(ROUNDING)" "evidence=$(EVIDENCE)"

# Checks any package against itself, and against the texts where a folder holds them. The command ends with 0 if the
# package is sound (declared disputes included), 1 if it or a text cannot be read, 2 if the figures as they stand clash,
# 3 if a wording is not in its text or a number of a text is in no row. Make itself ends with 2 for all but 0 and says
# "Error 1", "Error 2" or "Error 3"; scripts take the status from the command.
audit: $(READY)
	@$(BIN)/python -m helpers.report.render audit "package=$(PACKAGE)" "sources=$(SOURCES)" "as_of=$(AS_OF)" "rounding=$(ROUNDING)" "evidence=$(EVIDENCE)"

test: $(READY)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/python -m pytest

# The page and the notebooks in a real browser, the system's own Chromium.
test-browser: .venv/browser-ready
	@$(BIN)/python -m pytest tests/browser

# JupyterLab as labconfig/ sets it up; what it keeps stays in .cache. A chart of a user's own shows in the notebook.
lab: $(READY)
	@env -u MPLBACKEND BRIEFING_PACKAGE="$(PACKAGE)" JUPYTER_CONFIG_PATH=$(CURDIR) JUPYTER_CONFIG_DIR=$(CURDIR)/.cache/jupyter/config \
		JUPYTER_DATA_DIR=$(CURDIR)/.cache/jupyter/data $(BIN)/python -m jupyterlab --config=labconfig/lab.py

# The pinned locks, from the direct dependencies. The tool that writes them stays apart from the environment.
lock:
	@$(PYTHON) -m venv .cache/uv && .cache/uv/bin/pip install --quiet --disable-pip-version-check uv
	@.cache/uv/bin/uv pip compile $(LOCK) --output-file requirements.txt requirements.in
	@.cache/uv/bin/uv pip compile $(LOCK) --constraint requirements.txt --output-file requirements-browser.txt requirements-browser.in
LOCK := --quiet --universal --generate-hashes --python-version 3.11 --no-annotate --no-header

datapackage: $(READY)
	@$(BIN)/python -m helpers.package.ledger $(or $(PACKAGE),data)

$(READY): requirements.txt pyproject.toml labconfig/ipython_kernel_config.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with PYTHON=")'
	@echo "Setting up .venv (once; a few minutes)" >&2
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@mkdir -p .venv/etc/ipython && cp labconfig/ipython_kernel_config.py .venv/etc/ipython
	@touch $@

.venv/browser-ready: $(READY) requirements-browser.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-browser.txt
	@touch $@

clean:
	rm -rf .venv .cache reports/*.html reports/*.pdf reports/*.json build src/*.egg-info
