# `make demo` and `make test` need python3 (3.11 or later) alone; uv is used when it is there.
PYTHON ?= python3
VENV ?= .venv
BENCH_VENV ?= .venv-bench
PYWB_VENV ?= .venv-pywb
BIN := $(VENV)/bin
DEMO_PORT ?= 8001
SERVE ?= 1
SHARED ?= ../shared

.PHONY: browser pictures demo redis test lint format score bench lock sample clean

# Run what follows in an environment with exactly the locked versions; made again when a lock changes.
$(VENV)/.run: requirements.lock pyproject.toml
	@set -e; if command -v uv >/dev/null 2>&1; then \
		test -x $(BIN)/python || uv venv -q --python $(PYTHON) --seed $(VENV); \
		uv pip install -q --python $(BIN)/python --require-hashes -r requirements.lock; \
		uv pip install -q --python $(BIN)/python --no-deps -e .; \
	else \
		test -x $(BIN)/python || $(PYTHON) -m venv $(VENV); \
		$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock; \
		$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .; \
	fi
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@set -e; if command -v uv >/dev/null 2>&1; then \
		uv pip install -q --python $(BIN)/python --require-hashes -r requirements-dev.lock; \
	else \
		$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock; \
	fi
	@touch $@

demo: $(VENV)/.run ## Build the sample archive in demo-data and serve it (SERVE=0: build only)
	$(BIN)/coopress demo --port $(DEMO_PORT) $(if $(filter 0,$(SERVE)),--no-serve)

# The shared frontier is tried against a Redis of our own; its tests are skipped where there is none to be had.
redis:
	@command -v redis-server >/dev/null || command -v valkey-server >/dev/null || { \
		test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
		{ RUNLEVEL=1 apt-get install -qq -y redis-server || { apt-get update -qq && RUNLEVEL=1 apt-get install -qq -y redis-server; }; } \
		>/dev/null 2>&1; } || echo "no redis-server: tests of the shared frontier will be skipped"

test: redis $(VENV)/.dev ## Everything that must hold: style, types, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q

lint: $(VENV)/.dev ## Style and types alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Chromium comes from the system (apt-get install chromium); the rest is fetched here.
.axe/package/axe.min.js:
	mkdir -p .axe && cd .axe && npm pack --silent axe-core@4.14.1 && tar xzf axe-core-4.14.1.tgz

browser: $(VENV)/.dev .axe/package/axe.min.js ## The pages in a real browser: accessibility, hostile texts, keyboard
	$(BIN)/python -m pip install -q --disable-pip-version-check 'playwright>=1.65'
	$(BIN)/pytest -q tests/browser

pictures: $(VENV)/.dev ## Take the pictures of the guide anew
	$(BIN)/python -m pip install -q --disable-pip-version-check 'playwright>=1.65'
	$(BIN)/python -m tests.browser.pictures

score: $(VENV)/.run ## Measure the extractor on labelled pages, where they are at hand
	PATH="$(abspath $(BIN)):$$PATH" $(BIN)/python $(SHARED)/tools/score.py all $(SHARED) $(SCORE)

# Peers bring older versions of what we lock, so they live in an environment of their own.
$(BENCH_VENV)/.bench: requirements.lock pyproject.toml
	$(MAKE) VENV=$(BENCH_VENV) $(BENCH_VENV)/.run
	@set -e; if command -v uv >/dev/null 2>&1; then \
		uv pip install -q --python $(BENCH_VENV)/bin/python -e '.[benchmark]'; \
	else \
		$(BENCH_VENV)/bin/python -m pip install -q --disable-pip-version-check -e '.[benchmark]'; \
	fi
	@touch $@

# pywb (GPL, run as a program by the tests alone) wants an older redis than we lock.
$(PYWB_VENV)/.ready: Makefile
	@set -e; test -x $(PYWB_VENV)/bin/python || $(PYTHON) -m venv $(PYWB_VENV); \
		$(PYWB_VENV)/bin/python -m pip install -q --disable-pip-version-check pywb==2.10.0
	@touch $@

bench: $(BENCH_VENV)/.bench ## Measure beside others (benchmarks/README.md); BENCH='--pages' and the like for extraction
	$(BENCH_VENV)/bin/python -m benchmarks.extraction $(BENCH)
	$(BENCH_VENV)/bin/python -m benchmarks.recognition
	$(BENCH_VENV)/bin/python -m benchmarks.rebuild

lock: ## Resolve the locked versions anew (needs uv)
	uv pip compile -q --upgrade --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	uv pip compile -q --upgrade --universal --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements-dev.lock

sample: $(VENV)/.run ## Write the bundled sample anew from its texts
	$(BIN)/python -m archive.sample.generate

clean:
	rm -rf $(VENV) $(BENCH_VENV) $(PYWB_VENV) demo-data build dist .pytest_cache .mypy_cache .ruff_cache
