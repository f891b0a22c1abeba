# Every target makes its own environment: Python 3.11 or newer and make are all it takes.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
RUN := $(BIN)/python -m helpers

# What a user gives a command, as NAME=value or in the environment, is data. Make would expand it and paste it into a
# shell; so it is taken as it was typed and reaches Python as an environment variable, BRIEFING_ and its name.
PARAMETERS := PACKAGE SOURCES AS_OF ROUNDING EVIDENCE NOTEBOOK STRICT DRAFT EDITIONS SCHEDULER ROUNDS SECONDS
GIVEN := $(filter-out PYTHON SHELL,$(foreach name,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $(name)))),$(name))))
unexport $(PARAMETERS) $(GIVEN)
MAKEOVERRIDES :=
$(foreach name,$(sort $(PARAMETERS) $(GIVEN)),$(eval export BRIEFING_$(name) := $$(value $(name))))

# Same inputs, same bytes, wherever and by whomever: no locale, no zone, no user settings.
export LC_ALL := C.UTF-8
export TZ := UTC
export PYTHONHASHSEED := 0
export MPLBACKEND := agg
export MPLCONFIGDIR := $(CURDIR)/.cache/matplotlib
export JUPYTER_PREFER_ENV_PATH := 1
export JUPYTER_RUNTIME_DIR := $(CURDIR)/.cache/jupyter/runtime
export IPYTHONDIR := $(CURDIR)/.cache/ipython
# Without compiled modules every command takes seconds longer; they stand beside their sources, out of version control.
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME PYTHONSTARTUP

.PHONY: help report audit check export editions new lab test test-slow test-browser fuzz bench mutants licences \
	dependency-audit lock clean datapackage
.DEFAULT_GOAL := report

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 20
	@echo "Parameters: make report PACKAGE=path ROUNDING=coarse AS_OF=2023-12-31 EVIDENCE=core NOTEBOOK=path"

report: $(READY) ## HTML, PDF and findings of a package (PACKAGE= AS_OF= ROUNDING= EVIDENCE= NOTEBOOK=)
	@$(RUN) $@

# Checks any package against itself, and against the texts where a folder holds them. The command ends with 0 if the
# package is sound (declared disputes included), 1 if it or a text cannot be read, 2 if the figures as they stand clash,
# 3 if a wording is not in its text or a number of a text is in no row. Make itself ends with 2 for all but 0 and says
# "Error 1", "Error 2" or "Error 3"; scripts take the status from the command.
audit: $(READY) ## checks a package (PACKAGE=), and its wordings in a folder of texts (SOURCES=)
	@$(RUN) $@

check: $(READY) ## holds every number of a draft against a package (DRAFT=article.md, .txt, .html or .docx, PACKAGE=)
	@$(RUN) $@

export: $(READY) ## runs a notebook of your own and writes HTML and PDF beside it (NOTEBOOK=, its parameters as NAME=value, STRICT=1)
	@$(RUN) $@

editions: $(READY) ## every edition that editions.toml names, and an index (EDITIONS=file, SCHEDULER=tcp://host:8786)
	@$(RUN) $@

new: $(READY) ## a package from texts, with a drafted row for every number (PACKAGE=, SOURCES=); again: adds what is new
	@$(RUN) $@

lab: $(READY) ## JupyterLab with the briefing, or with the explorer of a package (PACKAGE=)
	@$(RUN) $@

datapackage: $(READY) ## writes datapackage.json of a package (PACKAGE=) from the schema
	@$(RUN) $@

test: $(READY) ## style, types, and the tests
	@$(BIN)/python -m ruff check . && $(BIN)/python -m ruff format --check . && $(BIN)/python -m mypy && $(BIN)/python -m pytest $(CORES)

test-slow: .venv/cluster-ready ## the tests that take longer: real kernels, kills, whole corpora, a cluster
	@$(BIN)/python -m pytest -m slow $(CORES)

# A file's tests share what they run, so they stay together.
CORES := --numprocesses auto --dist loadfile

test-browser: .venv/browser-ready ## the page and the notebooks in a real browser, the system's own Chromium
	@$(BIN)/python -m pytest tests/browser $(CORES)

# Counts how often each target ran; an input that breaks a law is kept and named. The next run goes on from .cache/fuzz.
fuzz: .venv/fuzz-ready ## inputs grown towards code that none has reached: loader, numbers, texts, Markdown (SECONDS=60 each)
	@$(BIN)/python tests/fuzz/run.py

bench: $(READY) ## how long a report takes, against a plain script and the stock tools (ROUNDS=7)
	@$(BIN)/python benchmarks/report.py

# Mutation testing: changes the code in small ways, in a copy, and runs the tests that reach each change. The names of
# what no test noticed are printed; `.venv/bin/python -m mutmut show NAME` shows one. One change in five, those whose
# number ends in 0 or 5, takes most of an hour; MUTANTS='*' takes all.
MUTANTS := *[05]
mutants: .venv/mutants-ready ## changes of figures and reason that no test notices; docs/mutants.md judges them
	@$(BIN)/python -m mutmut run '$(MUTANTS)' && $(BIN)/python -m mutmut results

licences: $(READY) ## the licence of everything installed
	@$(RUN) $@

dependency-audit: .venv/audit-ready ## known vulnerabilities of the pinned packages (asks the network)
	@$(BIN)/python -m pip_audit --strict --require-hashes --disable-pip --requirement requirements.txt

# The tool that writes the locks stays apart from the environment.
lock: ## pins every dependency, from the direct ones in requirements*.in
	@$(PYTHON) -m venv .cache/uv && .cache/uv/bin/python -m pip install --quiet --disable-pip-version-check uv
	@.cache/uv/bin/uv pip compile $(LOCK) --output-file requirements.txt requirements.in
	@for part in browser cluster mutants audit fuzz; do \
		.cache/uv/bin/uv pip compile $(LOCK) --constraint requirements.txt --output-file requirements-$$part.txt requirements-$$part.in || exit 1; \
	done
LOCK := --quiet --universal --generate-hashes --python-version 3.11 --no-annotate --no-header

clean: ## removes the environment and what was made
	rm -rf .venv .cache mutants reports/* reports/.[a-z]*.json build src/*.egg-info

# --- the environment -----------------------------------------------------------------------------------------------

# An environment whose Python is gone is made anew; in one that was moved or copied with its checkout, the helpers are
# installed again, which asks nothing of the network.
STATE := $(shell [ -f $(READY) ] || exit 0; [ -x $(BIN)/python ] || { echo gone; exit 0; }; \
	grep -qxF "$$(pwd -P)/src" .venv/lib/python3*/site-packages/__editable__.helpers-*.pth || echo moved)
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

$(READY): requirements.txt pyproject.toml labconfig/ipython_kernel_config.py $(if $(filter gone,$(STATE)),gone) $(if $(filter moved,$(STATE)),place)
	@if [ "$(STATE)" != moved ]; then \
		$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, and $(PYTHON) is %d.%d. Name a newer one, as in: make report PYTHON=python3.12" % sys.version_info[:2])' || exit 1; \
		echo "Setting up .venv (once; a few minutes)" >&2; \
		$(PYTHON) -m venv --clear .venv || { echo "Python could not make .venv; on Debian and Ubuntu, install python3-venv." >&2; exit 1; }; \
		$(INSTALL) --require-hashes --requirement requirements.txt || { echo "The packages could not be installed. This once, a network is needed; run the command again when there is one." >&2; exit 1; }; \
	fi
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@mkdir -p .venv/etc/ipython && cp labconfig/ipython_kernel_config.py .venv/etc/ipython
	@touch $@

.PHONY: gone
gone place:

.venv/%-ready: requirements-%.txt $(READY)
	@$(INSTALL) --require-hashes --requirement $<
	@touch $@
