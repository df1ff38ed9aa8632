# Rapport's commands. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PORT ?= 8000
DEMO ?= 1
ARGS ?=
CUSTOMERS ?= 2000
INVITATIONS ?= 10000
KILLS ?= 20
PYTHON := .venv/bin/python
export RAPPORT_STARTED_BY_MAKE := 1

.PHONY: help setup run test storm check bench demo backup restore

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

setup: ## Install what is missing: Python packages and the browser's libraries
	@bin/setup

run: setup ## Run everything: make run [PORT=8000] [RAPPORT_HOME=./var] [DEMO=0]
	@exec $(PYTHON) -m config.stack run --port $(PORT) $(if $(filter 0,$(DEMO)),--no-demo)

test: setup ## Run every test: make test [ARGS="tests/firm -k outbox"]
	@exec $(PYTHON) -m config.stack test $(ARGS)

storm: setup ## Send 10,000 invitations while workers are killed 20 times, then lose Valkey for a minute (minutes): make storm [INVITATIONS=10000] [KILLS=20]
	@STORM_INVITATIONS=$(INVITATIONS) STORM_KILLS=$(KILLS) STORM_DOWN=60 exec $(PYTHON) -m config.stack test -n0 -s \
		tests/report_cards/test_workers_killed.py tests/report_cards/test_valkey_lost.py

check: setup ## Check style, types, imports, templates, security, migrations, deployment
	@PYTHON=$(PYTHON) bin/check

bench: setup ## Measure the pages: make bench [CUSTOMERS=2000] [ARGS="--only search"]
	@export RAPPORT_HOME=$${RAPPORT_HOME:-$(CURDIR)/var/bench-$(CUSTOMERS)}; $(PYTHON) manage.py migrate --verbosity 0 && \
		exec $(PYTHON) manage.py bench --customers $(CUSTOMERS) $(ARGS)

demo: setup ## Make the demo firm in an empty database: make demo [CUSTOMERS=2000]
	@exec $(PYTHON) manage.py demo --customers $(CUSTOMERS)

backup: setup ## Write the database to a file: make backup FILE=…
	@test -n "$(FILE)" || { echo "Say where to: make backup FILE=rapport.backup" >&2; exit 1; }
	@exec $(PYTHON) -m config.stack backup "$(FILE)"

restore: setup ## Replace the database by a backup: make restore FILE=…
	@test -n "$(FILE)" || { echo "Say which one: make restore FILE=rapport.backup" >&2; exit 1; }
	@exec $(PYTHON) -m config.stack restore "$(FILE)"
