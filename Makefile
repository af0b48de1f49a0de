# Everything that is run often. Each recipe is plain commands: README.md lists them for machines without make.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PORT ?= 8000
VENV ?= .venv
DEBUG ?= 1
export DEBUG

PYTHONS := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python)
PY := $(VENV)/bin/python
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev
NEXT := $(VENV)/next
NODE_TOOLS := tests/browser/node_modules/.package-lock.json
TEMPLATES := $(shell find templates news services postportal -name '*.html' 2>/dev/null)
# A production start: what "check --deploy" has to find nothing in.
PRODUCTION := DEBUG=0 ALLOWED_HOSTS=portal.example DATABASE_URL=sqlite:///:memory: \
	SECRET_KEY=long-and-random-enough-to-check-the-settings-with-but-never-used-to-sign

.PHONY: help
help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(PY):
	@python=; for name in $(PYTHONS); do \
		$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && python=$$name && break; \
	done; \
	if [ -z "$$python" ]; then \
		echo 'PostPortal needs Python 3.11 or newer. Tried: $(PYTHONS). Name another with PYTHON=/path/to/python3' >&2; exit 1; \
	fi; \
	if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "$$python cannot make virtual environments: its venv or ensurepip module is missing." >&2; \
		echo 'On Debian and Ubuntu: apt install python3-venv' >&2; exit 1; \
	fi; \
	echo "Making $(VENV) with $$($$python --version) …"; $$python -m venv $(VENV)

$(INSTALLED): requirements.lock | $(PY)
	@echo 'Installing what the portal needs …'
	@$(PY) -m pip install -qq --disable-pip-version-check --no-compile -r requirements.lock
	@touch $@

$(INSTALLED_DEV): requirements-dev.lock | $(PY)
	@echo 'Installing the tools of “make check” …'
	@$(PY) -m pip install -qq --disable-pip-version-check -r requirements-dev.lock
	@touch $@ $(INSTALLED)

$(NODE_TOOLS): tests/browser/package-lock.json
	@npm ci --prefix tests/browser --no-audit --no-fund --ignore-scripts --loglevel=error

.PHONY: install
install: $(INSTALLED) ## Make the virtual environment and install into it (only when requirements changed)

.PHONY: run
run: export DEMO = 1
# Watching every file for edits costs processor time all day, and most who run the portal edit none.
run: WATCH = $(if $(filter-out 0,$(RELOAD)),,--noreload)
run: $(INSTALLED) ## Serve the portal with demo content at http://127.0.0.1:8000/ (PORT=8001 changes it, RELOAD=1 follows edits)
	@$(PY) manage.py migrate --verbosity 0 --skip-checks
	@$(PY) manage.py load_demo --if-empty
	@printf '\n  Portal   http://127.0.0.1:$(PORT)/\n  Staff    http://127.0.0.1:$(PORT)/admin/\n'
	@printf '  Accounts admin, author, editor, publisher, philatelist, servicedesk, viewer, newcomer\n'
	@printf '  Password postportal-demo (each of them; Ctrl+C stops the portal)\n\n'
	@DJANGO_RUNSERVER_HIDE_WARNING=true $(PY) manage.py runserver $(WATCH) 127.0.0.1:$(PORT)

.PHONY: test
test: $(INSTALLED) ## Run the tests (ARGS="tests/news -k article" narrows them)
	@$(PY) -m pytest $(ARGS)

.PHONY: test-browser
test-browser: $(INSTALLED_DEV) $(NODE_TOOLS) ## Run the page checks in Chromium (needs chromium, Node.js and Java)
	@$(PY) -m pytest -m browser $(or $(ARGS),tests/browser)

.PHONY: guide
guide: $(INSTALLED_DEV) $(NODE_TOOLS) ## Take the pictures of docs/editors-guide.md anew (needs chromium, Node.js and a Chinese font)
	@$(PY) -m tests.browser.guide_pictures docs/guide

.PHONY: test-next
test-next: requirements.lock ## Run the tests on the newest Django (PYTHON=python3.13: it needs 3.12 or newer)
	@test -x $(NEXT)/bin/python || $(or $(PYTHON),python3) -m venv $(NEXT)
	@$(NEXT)/bin/python -m pip install -qq --disable-pip-version-check -r requirements.lock
	@$(NEXT)/bin/python -m pip install -qq --disable-pip-version-check --upgrade 'django>=6,<7'
	@$(NEXT)/bin/python -c 'import django, sys; print(f"Django {django.__version__}, Python {sys.version.split()[0]}")'
	@$(NEXT)/bin/python -m pytest $(ARGS)

.PHONY: faults
faults: $(INSTALLED) ## Kill, crowd and starve a portal of its own: nothing acknowledged may be lost (4 minutes)
	@$(PY) -m benchmarks.faults $(ARGS)

.PHONY: bench
bench: $(INSTALLED) ## Measure a portal of 10,000 articles: answers, import, index (ARGS="--articles 100000")
	@$(PY) -m benchmarks.speed $(ARGS)

.PHONY: coverage
coverage: $(INSTALLED) ## Run the tests and show the branches they miss
	@$(PY) -m pytest --cov --cov-report=term $(ARGS)

.PHONY: lint
lint: $(INSTALLED_DEV) ## Run the linters and Django's checks
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	@echo 'djade --check …'; $(VENV)/bin/djade --check --target-version 5.2 $(TEMPLATES)
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	LEGACY_IMPORT=1 $(PY) manage.py makemigrations --check --dry-run
	@mkdir -p staticfiles
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

.PHONY: check
check: lint test ## Run the linters, Django's checks and the tests

.PHONY: format
format: $(INSTALLED_DEV) ## Put Python and templates into shape
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(VENV)/bin/djade --target-version 5.2 $(TEMPLATES)

.PHONY: messages
messages: $(INSTALLED) ## Collect and compile the strings to translate (needs gettext)
	$(PY) manage.py makemessages --locale zh_Hans --add-location file --ignore .venv --ignore node_modules --ignore tests
	$(PY) manage.py compilemessages --locale zh_Hans --ignore .venv --ignore node_modules

# Extras stay in the lock: without them older pips look past it for a package asked for with one, and stop at its hash.
LOCK = $(VENV)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	--no-strip-extras --no-emit-index-url --no-emit-find-links
.PHONY: lock
lock: $(INSTALLED_DEV) ## Write requirements*.lock anew from requirements*.txt
	@$(PY) -m pip install -qq --disable-pip-version-check uv
	$(LOCK) --output-file requirements.lock requirements.txt
	$(LOCK) --output-file requirements-production.lock --constraint requirements.lock requirements-production.txt
	$(LOCK) --output-file requirements-dev.lock requirements-dev.txt

.PHONY: clean
clean: ## Remove what make built; database and media stay
	rm -rf $(VENV) staticfiles htmlcov .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis \
		tests/browser/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
