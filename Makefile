# Ritorno: run it, test it. Needs Python 3.11 or later and nothing else; everything goes into .venv.
## make run        start the app (ADDRESS=localhost, PORT=8501)
## make test       install the test tools and a browser where there is none, then run the tests
## make slow       run the long simulations and fuzz runs
## make check      style, types and layers (what pre-commit runs)
## make mutants    draw small mistakes and see whether the tests notice (COUNT=20, SEED=1, AREA=library or ui)
## make benchmark  time a workbook to the first heatmap, opening and redraw of pages (WORKBOOK=file.xlsx), a CSV to orders,
##                 and orders to the value of a million customers; AGAINST=COMMIT compares analyse with another commit
## make sample     write the sample shop again
## make pictures   take the pictures of the README from the app
## make lock       compile the requirements from pyproject.toml (UPGRADE=1 for newer releases)
## make clean      remove caches; .venv stays
.PHONY: help run test slow check mutants benchmark sample pictures lock clean
.DELETE_ON_ERROR:

FITS = import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c "$(FITS)" 2>/dev/null && { echo "$$p"; break; }; done)
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet
COMPILE := $(PY) -m uv pip compile --quiet --universal --generate-hashes --fork-strategy fewest \
	--python-version 3.11 --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

# Without an address the server asks an outside one for its own.
ADDRESS ?= $(or $(STREAMLIT_SERVER_ADDRESS),localhost)

help:
	@sed -n 's/^## //p' Makefile

# PYTHONMALLOC: what visitors leave goes back to the system (docs/hosting.md)
run: .venv/run.stamp
	PYTHONMALLOC=malloc .venv/bin/streamlit run app.py --server.address "$(ADDRESS)" $(if $(PORT),--server.port "$(PORT)")

# A file of tests stays in one process, so that what it prepares is prepared once; the browser's files, which
# take longest, go first.
test: .venv/test.stamp
	$(PY) tests/browser/chromium.py
	$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not slow"

slow: .venv/test.stamp
	$(PY) -m pytest -n 2 --dist worksteal -m slow

# Every tool runs, so that all there is to mend is seen at once.
check: .venv/test.stamp
	@PATH="$(CURDIR)/.venv/bin:$$PATH"; export PYTHONPATH=.; failed=0; \
	for tool in "ruff check ." "ruff format --check ." mypy lint-imports; do \
		echo "$$tool"; $$tool || failed=1; \
	done; exit $$failed

mutants: .venv/test.stamp
	$(PY) -m tests.mutants --count $(or $(COUNT),20) --seed $(or $(SEED),1) $(if $(AREA),--area $(AREA))

benchmark: .venv/run.stamp
	$(PY) -m benchmarks.first_heatmap $(if $(WORKBOOK),"$(WORKBOOK)")
	$(PY) -m benchmarks.opening $(if $(WORKBOOK),"$(WORKBOOK)")
	$(PY) -m benchmarks.redraw $(if $(WORKBOOK),"$(WORKBOOK)")
	$(PY) -m benchmarks.reports $(if $(WORKBOOK),"$(WORKBOOK)")
	$(PY) -m benchmarks.read_csv
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(PY) -m benchmarks.lifetime_value
	$(if $(AGAINST),$(PY) -m benchmarks.analyse --against $(AGAINST))

sample: .venv/run.stamp
	$(PY) sample_data/make.py

pictures: .venv/test.stamp
	$(PY) tests/browser/chromium.py
	$(PY) -m tests.browser.pictures

lock: $(PY)
	$(PIP) uv
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean:
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache benchmarks/out
	find . -name .venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/run.stamp: requirements.txt | $(PY)
	$(PIP) --require-hashes -r requirements.txt
	@touch $@

.venv/test.stamp: requirements-dev.txt | $(PY)
	$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

$(PY):
	@"$(PYTHON)" -c "$(FITS)" 2>/dev/null || { \
		echo "Ritorno needs Python 3.11 or later: make PYTHON=/path/to/python3" >&2; exit 1; }
	"$(PYTHON)" -m venv .venv || { rm -rf .venv; exit 1; }
