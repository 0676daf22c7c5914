# Everything by name. `make run` and `make test` prepare the computer themselves, once.
#
#   run     open the program on the sample community, with a server of its own
#   test    every test, and the coverage of sync and the store
#   check   form, types, import rules and size stops
#   simulate   whole communities, one seed after another; SEEDS=1000 START=1
#   killing    real programs killed again and again over a broken link; ROUNDS=500 SEED=1
#   bench   what it costs: bytes, round trips and times, as JSON
#   shots   pictures of every screen in every look; SHOTS=folder ONLY="home library-"
#   translations   take all texts out for translation, bring every language up to date; START=de
#   fix     put the form right, as far as the tools can
#   lock    pin and hash the dependencies anew (UPGRADE=1: the newest that fit)
#   clean   remove what tests and checks leave behind; `make clean-all` the environment as well

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python
SETUP := $(wildcard packaging/setup/*.py)
FORMED := sync cop_desktop tests packaging setup.py

.PHONY: run test check simulate killing bench shots translations fix lock clean clean-all

run: .venv/.run-ready
	@$(PY) -m cop_desktop demo

test: .venv/.dev-ready
	@$(PY) -m pytest -n 2 --dist worksteal --cov --cov-report=term $(ARGS)

check: .venv/.dev-ready
	@$(PY) -m ruff format --check --quiet $(FORMED)
	@$(PY) -m ruff check --quiet $(FORMED)
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-logo
	@$(PY) -m pytest --quiet tests/unit/test_size_stops.py

simulate: .venv/.dev-ready
	@$(PY) -m tests.simulation --seeds $(or $(SEEDS),300) --start $(or $(START),1) $(ARGS)

killing: .venv/.dev-ready
	@$(PY) -m tests.killing --rounds $(or $(ROUNDS),50) --seed $(or $(SEED),1) $(ARGS)

bench: .venv/.dev-ready
	@$(PY) -m tests.benchmarks $(ARGS)

shots: .venv/.dev-ready
	@$(PY) -m tests.shots $(or $(SHOTS),build/shots) $(ONLY) $(ARGS)

translations: .venv/.dev-ready
	@$(PY) packaging/translations $(if $(START),--start $(START))

fix: .venv/.dev-ready
	@$(PY) -m ruff format $(FORMED)
	@$(PY) -m ruff check --fix $(FORMED)

lock: .venv/.dev-ready
	@$(PY) packaging/setup/lock.py $(if $(UPGRADE),--upgrade)

clean:
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis htmlcov build dist
	@rm -rf .coverage .coverage.* *.egg-info
	@find sync cop_desktop tests packaging -name __pycache__ -prune -exec rm -rf {} +

clean-all: clean
	@rm -rf .venv

.venv/.%-ready: requirements/%.txt $(SETUP)
	@$(PYTHON) packaging/setup $*
