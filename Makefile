# Commands that are run often. Each recipe consists of plain commands; README.md lists them for machines without make.
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
LINTERS := node_modules/.package-lock.json
NODE := $(shell command -v npm)
WEB := 'static/**/*.{css,js}' '*.{js,json}'
TEMPLATES := $(shell find templates news services postportal -name '*.html' 2>/dev/null)
# Settings of a production server, in which "check --deploy" must find nothing.
PRODUCTION := DEBUG=0 ALLOWED_HOSTS=portal.example SITE_URL=https://portal.example DATABASE_URL=sqlite:///:memory: \
	SECRET_KEY=long-and-random-enough-to-check-the-settings-with-but-never-used-to-sign

.PHONY: help
help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(PY):
	@python=; for name in $(PYTHONS); do \
		$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && python=$$name && break; \
	done; \
	if [ -z "$$python" ]; then \
		echo 'PostPortal needs Python 3.11 or newer. Tried: $(PYTHONS). Set another: PYTHON=/path/to/python3' >&2; exit 1; \
	fi; \
	if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "$$python cannot create virtual environments: its venv or ensurepip module is missing." >&2; \
		echo 'On Debian and Ubuntu: apt install python3-venv' >&2; exit 1; \
	fi; \
	echo "Creating $(VENV) with $$($$python --version) …"; $$python -m venv $(VENV)

$(INSTALLED): requirements.lock | $(PY)
	@echo 'Installing the requirements …'
	@$(PY) -m pip install -qq --disable-pip-version-check --no-compile -r requirements.lock
	@touch $@

$(INSTALLED_DEV): requirements-dev.lock | $(PY)
	@echo 'Installing the tools of “make check” …'
	@$(PY) -m pip install -qq --disable-pip-version-check -r requirements-dev.lock
	@touch $@ $(INSTALLED)

$(NODE_TOOLS): tests/browser/package-lock.json
	@npm ci --prefix tests/browser --no-audit --no-fund --ignore-scripts --loglevel=error

$(LINTERS): package-lock.json
	@npm ci --no-audit --no-fund --ignore-scripts --loglevel=error

.PHONY: install
install: $(INSTALLED) ## Create the virtual environment and install the requirements (only if they have changed)

.PHONY: run
run: export DEMO = 1
run: export PAGE_CACHE_MB ?= $(if $(filter-out 0,$(RELOAD)),0,64)
# Watching every file for changes costs processor time all day, and most people who run the portal edit no code.
run: WATCH = $(if $(filter-out 0,$(RELOAD)),,--noreload)
run: $(INSTALLED) ## Serve the portal with demo content at http://127.0.0.1:8000/ (PORT=8001, RELOAD=1)
	@$(PY) manage.py migrate --verbosity 0 --skip-checks
	@$(PY) manage.py load_demo --if-empty
	@printf '\n  Portal   http://127.0.0.1:$(PORT)/\n  Staff    http://127.0.0.1:$(PORT)/admin/\n'
	@printf '  Accounts admin, author, editor, publisher, philatelist, servicedesk, viewer, newcomer\n'
	@printf '  Password postportal-demo for each account (Ctrl+C stops the portal)\n\n'
	@DJANGO_RUNSERVER_HIDE_WARNING=true $(PY) manage.py runserver $(WATCH) 127.0.0.1:$(PORT)

.PHONY: test
test: $(INSTALLED) ## Run the tests (ARGS="tests/news -k article" selects some of them)
	@$(PY) -m pytest $(ARGS)

.PHONY: test-browser
test-browser: $(INSTALLED_DEV) $(NODE_TOOLS) ## Run the browser tests (needs Chromium, Node.js and Java)
	@$(PY) -m pytest -m browser $(or $(ARGS),tests/browser)

.PHONY: guide
guide: $(INSTALLED_DEV) $(NODE_TOOLS) ## Retake the screenshots of the editors' guide (needs Chromium and a Chinese font)
	@$(PY) -m tests.browser.guide_pictures docs/guide

.PHONY: test-next
test-next: requirements.lock ## Run the tests on the newest Django (needs Python 3.12 or newer: PYTHON=python3.13)
	@test -x $(NEXT)/bin/python || $(or $(PYTHON),python3) -m venv $(NEXT)
	@$(NEXT)/bin/python -m pip install -qq --disable-pip-version-check -r requirements.lock
	@$(NEXT)/bin/python -m pip install -qq --disable-pip-version-check --upgrade 'django>=6,<7'
	@$(NEXT)/bin/python -c 'import django, sys; print(f"Django {django.__version__}, Python {sys.version.split()[0]}")'
	@$(NEXT)/bin/python -m pytest $(ARGS)

.PHONY: faults
faults: $(INSTALLED) ## Break separate portals on purpose and check that no confirmed save is lost (4 minutes)
	@$(PY) -m benchmarks.faults $(ARGS)

.PHONY: bench
bench: $(INSTALLED) ## Measure the portal against its limits (half an hour; QUICK=1: a few minutes)
	@$(PY) -m benchmarks.bars $(if $(filter-out 0,$(QUICK)),--quick) $(ARGS)

.PHONY: coverage
coverage: $(INSTALLED) ## Run the tests and list branches without coverage
	@$(PY) -m pytest --cov --cov-report=term $(ARGS)

.PHONY: lint
lint: lint-types lint-python lint-web ## Run the linters and Django's checks (several at once: make -j lint)

.PHONY: lint-types
lint-types: $(INSTALLED_DEV)
	$(PY) -m mypy

.PHONY: lint-python
lint-python: $(INSTALLED_DEV)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	@echo 'djade --check …'; $(VENV)/bin/djade --check --target-version 5.2 $(TEMPLATES)
	@echo 'djhtml --check …'; $(VENV)/bin/djhtml --check --tabwidth 2 $(TEMPLATES)
	$(VENV)/bin/lint-imports
	LEGACY_IMPORT=1 $(PY) manage.py makemigrations --check --dry-run
	@mkdir -p staticfiles
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

.PHONY: lint-web
lint-web: $(if $(NODE),$(LINTERS)) ## Run the linters of styles and scripts (needs Node.js with npm)
ifdef NODE
	npx prettier --check $(WEB)
	npx stylelint 'static/**/*.css'
	npx eslint .
else
	@echo 'Styles and scripts are not checked: Node.js with npm is missing. On Debian and Ubuntu: apt install nodejs npm' >&2
	@test -z "$$CI"
endif

.PHONY: check
check: lint test ## Run the linters, Django's checks and the tests

.PHONY: format
format: $(INSTALLED_DEV) $(if $(NODE),$(LINTERS)) ## Format Python, templates, styles and scripts
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(VENV)/bin/djade --target-version 5.2 $(TEMPLATES)
	$(VENV)/bin/djhtml --tabwidth 2 $(TEMPLATES)
ifdef NODE
	npx stylelint --fix 'static/**/*.css'
	npx eslint --fix .
	npx prettier --write --log-level=warn $(WEB)
else
	@echo 'Styles and scripts were not formatted: Node.js with npm is missing. On Debian and Ubuntu: apt install nodejs npm' >&2
endif

.PHONY: messages
messages: $(INSTALLED) ## Collect and compile translations (needs gettext)
	for domain in django djangojs; do LEGACY_IMPORT=1 DEMO=1 $(PY) manage.py makemessages --domain $$domain \
		--locale zh_Hans --add-location file $(addprefix --ignore ,.venv node_modules staticfiles tests '*.config.js'); done
	$(PY) manage.py compilemessages --locale zh_Hans --ignore .venv --ignore node_modules

# Extras are kept in the lock: without them older pips look for such a package elsewhere and fail at its hash.
LOCK = $(VENV)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	--no-strip-extras --no-emit-index-url --no-emit-find-links
.PHONY: lock
lock: $(INSTALLED_DEV) ## Update requirements*.lock from requirements*.txt
	@$(PY) -m pip install -qq --disable-pip-version-check uv
	$(LOCK) --output-file requirements.lock requirements.txt
	$(LOCK) --output-file requirements-production.lock --constraint requirements.lock requirements-production.txt
	$(LOCK) --output-file requirements-dev.lock requirements-dev.txt

.PHONY: clean
clean: ## Remove everything that make created; database and media are kept
	rm -rf $(VENV) staticfiles htmlcov .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis \
		node_modules tests/browser/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
