# The commands of the project. CI runs `make test` and nothing else.
#   make demo       environment, front end, then screenplay → animatic, boards, report
#   make test       everything a contributor must see green
#   make lab        JupyterLab on the first lesson
#   make check      types, style, layers (Python and TypeScript)
#   make fix        format and mend what can be mended
#   make notebooks  run the lessons as tests
#   make gallery    film every move, framing, lens effect and lighting scheme
#   make cast       bake the bodies that ship with previz (extra: bodies; minutes)
#   make weights    train the preview's network from nothing (extra: train; hours)
#   make weights-short   the same, tiny, in a minute
#   make fuzz       property tests on new examples, ten times as many (long)
#   make bench      measure; writes bench/results.json
#   make build      front end and wheel
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
OUT ?= demo
export NUMBA_NUM_THREADS ?= 1
export OMP_NUM_THREADS ?= 1
# Tests at once, each with one thread; a file's tests stay together.
WORKERS ?= 2
PYTEST := $(BIN)/python -m pytest
PARALLEL := -n $(WORKERS) --dist loadfile

.PHONY: demo lab test check types style layers front loops fix notebooks gallery cast weights weights-short bench build unit fuzz chromium clean

demo: $(VENV)/.ready
	$(BIN)/previz animatic previz/data/the_last_reel.fountain --out $(OUT)

lab: $(VENV)/.ready
	$(BIN)/previz lab

test: $(VENV)/.ready-test
	$(MAKE) --no-print-directory -j$(WORKERS) loops check
	$(MAKE) --no-print-directory unit notebooks

# Journeys drive a server, a kernel and a browser: no other test beside them.
unit: $(VENV)/.ready-test chromium
	cd widgets && $(CURDIR)/$(BIN)/python build.py test
	$(PYTEST) --ignore tests/browser $(PARALLEL)
	$(PYTEST) tests/browser

fuzz: $(VENV)/.ready-test
	$(PYTEST) tests -m hypothesis --hypothesis-profile=fuzz

check: style types layers front

style: $(VENV)/.ready-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.ready-test
	$(BIN)/mypy

layers: $(VENV)/.ready-test
	$(BIN)/lint-imports

front: $(VENV)/.ready-test
	cd widgets && $(CURDIR)/$(BIN)/python build.py check

# What many tests run is compiled here once, not by two of them at the same time.
loops: $(VENV)/.ready-test
	$(BIN)/previz animatic tests/direct/screenplays/the_exchange.fountain \
	  --out "$$(mktemp -d)/film" --size 96x54

fix: $(VENV)/.ready-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	cd widgets && $(CURDIR)/$(BIN)/python build.py fix

notebooks: $(VENV)/.ready-test
	$(PYTEST) --nbval-lax notebooks -p no:cacheprovider $(PARALLEL)

gallery: $(VENV)/.ready
	$(BIN)/previz gallery --out docs/gallery
	mv docs/gallery/CAMERA.md docs/gallery/PLACES.md docs/gallery/ACTING.md docs/

cast: $(VENV)/.ready
	$(PIP) install -q -c constraints.txt -e ".[bodies]"
	$(BIN)/python -m previz.casting

WEIGHTS_CACHE ?= train-cache
weights: $(VENV)/.ready
	$(PIP) install -q -c constraints.txt -e ".[train]"
	$(BIN)/python -m previz.train --recipe full --cache $(WEIGHTS_CACHE)

weights-short: $(VENV)/.ready
	$(PIP) install -q -c constraints.txt -e ".[train]"
	$(BIN)/python -m previz.train --recipe short --cache $(WEIGHTS_CACHE) --out $(WEIGHTS_CACHE)/short

bench: $(VENV)/.ready-test
	$(BIN)/python -m bench.run

build: $(VENV)/.ready
	$(PIP) wheel --no-deps --wheel-dir dist .

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "previz needs Python 3.11 or newer; set PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

FRONT_END := $(wildcard widgets/src/*.ts widgets/src/*/*.ts widgets/src/*/*.css widgets/*.json widgets/*.mjs widgets/*.py)

$(VENV)/.ready: pyproject.toml constraints.txt $(FRONT_END) | $(VENV)/bin/python
	$(PIP) install -q -c constraints.txt -e .
	$(BIN)/python widgets/build.py
	touch $@

$(VENV)/.ready-test: $(VENV)/.ready
	$(PIP) install -q -c constraints.txt -e ".[test]"
	touch $@

# The browser journeys need a real Chromium; Playwright's own download is not used.
chromium:
	@command -v chromium chromium-browser google-chrome >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && apt-get install -y -qq chromium >/dev/null; \
	  else \
	    echo "The browser tests need Chromium: sudo apt-get install chromium (Debian, Ubuntu), brew install chromium (macOS)." >&2; exit 1; \
	  fi; }

clean:
	rm -rf $(VENV) demo dist build previz/widgets/static widgets/node_modules
