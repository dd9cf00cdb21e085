# Every target sets itself up: nothing is needed but Python (>= 3.11), make and git.
PYTHON ?= python3
VENV := .venv
BIN := $(CURDIR)/$(VENV)/bin
STAMP := $(VENV)/.installed

# Some containers keep Python from writing bytecode: each of the suite's thousands of processes would compile us anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test check bench test-long docs clean distclean

help:
	@echo "make demo       the plugin on two small shops: one breaks, one does not"
	@echo "make test       everything that must hold: format, lint, types, tests, docs"
	@echo "make check      format, lint and types only"
	@echo "make bench      what observing and trials cost, against plain runs"
	@echo "make test-long  the slow tests, then every Python and pytest that is supported"
	@echo "make docs       the documentation, in docs/_build/html"
	@echo "make clean      remove what was built; make distclean: $(VENV) too"

# pip older than 25.1 does not know dependency groups.
$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group dev --editable .
	@touch $@

demo: $(STAMP)
	@echo
	@echo "=== examples/fragile_shop: its tests are green, and it breaks in production ==="
	@cd examples/fragile_shop && $(BIN)/python -m pytest -q -p no:randomly -p no:asyncio --prodready || test $$? -eq 1
	@echo
	@echo "=== examples/sturdy_shop: the same tests, written by someone who has been on call ==="
	@cd examples/sturdy_shop && $(BIN)/python -m pytest -q -p no:randomly -p no:asyncio --prodready --prodready-fail-under=errors=100
	@echo
	@echo "demo: fragile_shop failed, as it should, with the findings above; sturdy_shop is ready."

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

test: check
	$(BIN)/python -m pytest -n 2 --dist loadfile
	$(BIN)/python -m sphinx -q -W --keep-going -b html docs docs/_build/html

bench: $(STAMP)
	$(BIN)/python benchmarks/bench.py

test-long: $(STAMP)
	$(BIN)/python -m pytest -m long
	@if test -x $(BIN)/nox; then $(BIN)/nox; else echo "nox is not installed: other versions were not tried"; fi

docs: $(STAMP)
	$(BIN)/python -m sphinx -W --keep-going -b html docs docs/_build/html

clean:
	rm -rf build dist docs/_build htmlcov .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .nox
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
	find examples -name .pytest_cache -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf $(VENV)
