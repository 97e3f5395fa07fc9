# `make run` and `make test` are the two commands to know; each does its own set-up first.

SHELL := /bin/sh
PYTHON := $(shell for p in python3.11 python3 /usr/bin/python3.11 /usr/bin/python3; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && command -v "$$p" && break; done)
IN := .venv/bin/python

.PHONY: run test setup check screens bench test-long clean
.DEFAULT_GOAL := run

# The window, or where there is no display: practice vault, annual report and verified backup, and where they are.
run: .python
	@"$(PYTHON)" tools/setup.py run
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; \
	then exec $(IN) -m vpdesk $(ARGS); else exec $(IN) -m vpdesk demo --no-window $(ARGS); fi

# Everything but the exhaustive series; `make test ARGS="tests/store -k backup"` for a part. With MEASURE=1 coverage is
# measured and held to what was reached before, which takes half as long again.
test: .python
	@"$(PYTHON)" tools/setup.py test
	@$(IN) -m tools.test $(if $(MEASURE),--measure) -- $(ARGS)

test-long: .python
	@"$(PYTHON)" tools/setup.py test
	@$(IN) -m tools.test --long -- $(ARGS)

setup: .python
	@"$(PYTHON)" tools/setup.py all

check: .python
	@"$(PYTHON)" tools/setup.py test
	@$(IN) -m tools.check

# The pictures in docs/screens, made anew.
screens: .python
	@"$(PYTHON)" tools/setup.py test
	@$(IN) -m tools.session -- $(IN) -m tools.screens $(ARGS)

# Ratios beside peers, in one run: a table, and every sample in build/bench.json.
bench: .python
	@"$(PYTHON)" tools/setup.py test
	@$(IN) -m tools.session -- $(IN) -m tools.bench $(ARGS)

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage*

.PHONY: .python
.python:
	@[ -n "$(PYTHON)" ] || { echo "vpdesk needs Python 3.11 or later; on Debian: apt-get install python3" >&2; exit 1; }
