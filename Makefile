# Comity: everything a person who works on it types. `make help` explains.
SHELL := /bin/bash
.DEFAULT_GOAL := help
HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
STATIC := $(shell find src/comity -path '*/static/*' -not -path '*/static/vendor/*' -type f 2>/dev/null | sed 's/ /\\ /g')
PO := $(shell find src/comity -name django.po 2>/dev/null)

.PHONY: help setup dev run test check lint types imports templates migrations budgets translations lock benchmark clean

help: ## explain what there is (this list)
	@echo "Comity: States and a treaty secretariat against organized crime, corruption and terrorism."
	@echo
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'
	@echo
	@echo "Begin with: make run          then open http://localhost:$(PORT)"

setup: .venv/.packages build/.front .venv/.catalogues build/.static ## prepare without serving: packages, built assets, translations

run: setup ## serve the demonstration from ./var/demo (variables HOST=127.0.0.1, PORT=8000)
	@exec $(BIN)/comity demo --host $(HOST) --port $(PORT)

test: setup dev ## run the whole suite on SQLite (with a browser where Chromium is), then on PostgreSQL where it is
	@$(BIN)/python -m tests.run $(ARGS)

check: setup dev lint types imports templates migrations budgets ## lint, types, import contracts, templates, migrations, budgets

lint: dev
	$(BIN)/ruff check .

types: dev
	$(BIN)/mypy

imports: dev
	$(BIN)/lint-imports --no-cache

templates: dev
	$(BIN)/djlint $$(find src/comity -type d -name templates) --lint --quiet

migrations: dev
	COMITY_DATABASE_URL= COMITY_DATA=build/none DJANGO_SETTINGS_MODULE=comity.site.settings $(BIN)/django-admin makemigrations --check --dry-run

budgets: dev
	$(BIN)/python -m pytest tests/architecture

translations: setup dev ## gather the visible strings into every django.po (needs gettext), then compile
	$(BIN)/python -m tools.translations
	@rm -f .venv/.catalogues && $(MAKE) --no-print-directory .venv/.catalogues

lock: dev ## lock packages with hashes after a change in pyproject.toml or package.json
	$(BIN)/uv pip compile pyproject.toml requirements/build.in $(LOCK) -q -o requirements/run.txt
	$(BIN)/uv pip compile pyproject.toml requirements/build.in --extra dev -c requirements/run.txt $(LOCK) -q -o requirements/dev.txt
	npm install --package-lock-only --no-audit --no-fund
LOCK := --universal -p 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header

benchmark: setup dev ## measure pages, imports and a fresh start; results in benchmarks/
	$(BIN)/python -m benchmarks $(ARGS)

clean: ## remove what setup made, and the demonstration; real nodes stay
	rm -rf .venv node_modules build var/demo src/comity/ui/static/vendor src/comity/site/locale_built
	find src -name django.mo -delete

dev: .venv/.dev-packages

.venv/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is missing: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Comity needs Python 3.11 or newer; name one with make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "The module venv is missing: apt-get install python3-venv"; exit 1; }

.venv/.packages: requirements/run.txt pyproject.toml | .venv/bin/python
	@echo "Installing packages into .venv …"
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev-packages: requirements/dev.txt .venv/.packages
	@echo "Installing the packages of tests and checks into .venv …"
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

node_modules/.locked: package-lock.json package.json
	@command -v npm >/dev/null || { echo "Node.js with npm (18 or newer) is missing: apt-get install nodejs npm"; exit 1; }
	@echo "Installing front-end packages …"
	@npm ci --silent --no-audit --no-fund
	@touch $@

build/.front: node_modules/.locked src/comity/ui/build.py src/comity/ui/icons.py src/comity/ui/maps.py $(wildcard src/comity/ui/reference/*) .venv/.packages
	@$(BIN)/python -m comity.ui.build
	@mkdir -p build && touch $@

.venv/.catalogues: $(PO) src/comity/site/catalogues.py .venv/.packages
	@$(BIN)/python -m comity.site.catalogues
	@touch $@

build/.static: build/.front $(STATIC)
	@rm -rf build/static
	@COMITY_DATABASE_URL= COMITY_DATA=build/none DJANGO_SETTINGS_MODULE=comity.site.settings $(BIN)/django-admin collectstatic --noinput --verbosity 0
	@touch $@
