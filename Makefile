# banbook. Everything is made inside this folder; nothing needs root.

# Your logs and mailboxes: files, folders or patterns. Empty: a synthetic year, which is made first.
RAW ?=
# Options of npx banbook forge for that year, such as "--seed 7 --scale 0.1".
FORGE ?=
# The article's year: 2020 is the twelve months from December 2019. Empty: the period of the site's settings.
YEAR ?=
# Settings of the site; see README.
SITE ?= $(if $(RAW),data/site.json,data/forged/site.json)
FRAMES ?= data/frames
OUT ?= data/out
# Frames of an earlier year, which the article compares these with.
BEFORE ?=
# Languages of the article: en, ja or both. Empty: those of the site's settings.
LOCALE ?=

INPUT = $(if $(RAW),$(RAW),data/forged/raw)
PERIOD = $(if $(YEAR),--article-year $(YEAR))
FRAMES_OF_INPUT = $(BANBOOK) frames --if-changed --site $(SITE) $(PERIOD) --out $(FRAMES) $(INPUT)
BANBOOK = node dist/cli.js
CHECKED = data/cache/test
SECRETS = key-that-stays-here secret-that-stays-here
LIVE = data/cache/live
CAPTURE = $(addprefix data/capture/raw/,classic fail2ban.log root.mbox)
# Answers about host names and risk.
CACHE ?= $(if $(RAW),data/cache,data/forged/cache)
export BANBOOK_CACHE = $(abspath $(CACHE))
# Scores of synthetic frames are simulated, before the notebooks, one of which would; for your own logs ask with
# npx banbook risk.
RISK = ! grep -q '"synthetic": true' $(FRAMES)/datapackage.json || $(BANBOOK) risk --frames $(FRAMES)

.DEFAULT_GOAL := help
.PHONY: help input setup build article frames notebooks lab sample outputs test test-live capture bench lint format clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s%s\n", $$1, $$2 }' Makefile
	@echo '  RAW="PATH…" with article, frames, notebooks or lab reads your own logs and mailboxes'

article: input ## the article in English and Japanese: data/out/article.html (RAW="PATH…" for your own logs)
	@status=0; $(FRAMES_OF_INPUT) || status=$$?; \
	test $$status -eq 0 -o $$status -eq 3 || exit $$status; \
	{ $(RISK); } && \
	$(BANBOOK) article --frames $(FRAMES) --out $(OUT) $(if $(BEFORE),--before $(BEFORE)) $(if $(LOCALE),--locale $(LOCALE)) && exit $$status

frames: input ## logs and ban mails into CSV frames: data/frames
	@$(FRAMES_OF_INPUT)
	@$(RISK)

notebooks: frames ## runs all notebooks; fails when a cell fails
	@$(BANBOOK) notebooks --frames $(FRAMES) --out $(OUT)/notebooks

lab: setup frames ## opens JupyterLab on notebooks/
	@$(BANBOOK) lab --frames $(FRAMES)

test outputs sample: CACHE = $(CHECKED)/cache
sample: build # frames of the sample, with simulated scores
	@# A copy: what is asked is added to the cache, and the sample stays as it is.
	@rm -rf $(CHECKED)/cache && mkdir -p $(CHECKED) && cp -r data/sample/cache $(CHECKED)/cache
	@$(BANBOOK) frames --site data/sample/site.json --out $(CHECKED)/frames data/sample/raw
	@$(BANBOOK) risk --frames $(CHECKED)/frames

outputs: sample ## runs the notebooks on the sample and keeps their outputs in notebooks/, with a picture of each chart
	@$(BANBOOK) notebooks --frames $(CHECKED)/frames --out $(CHECKED)/out/notebooks --keep

test: setup sample ## all tests: the article is made from the sample, then everything is checked
	@# With a key that a test looks for in all that is made; every name is answered, so that nobody is asked.
	@INVESTIGATE_KEY=$(word 1,$(SECRETS)) INVESTIGATE_SECRET=$(word 2,$(SECRETS)) INVESTIGATE_URL=http://127.0.0.1:9 \
	$(BANBOOK) article --frames $(CHECKED)/frames --out $(CHECKED)/out
	@$(BANBOOK) frames --site data/capture/site.json --out $(CHECKED)/capture $(CAPTURE)
	@$(BANBOOK) notebooks --frames $(CHECKED)/capture --out $(CHECKED)/capture-out
	@BANBOOK_FRAMES=$(CURDIR)/$(CHECKED)/frames BANBOOK_PAGES=$(CHECKED)/out BANBOOK_SECRETS='$(SECRETS)' npm test

test-live: build ## real daemons attacked in namespaces of their own, and what banbook reads of it (root; three minutes)
	@rm -rf $(LIVE)
	@test/live/run.sh $(LIVE)
	@BANBOOK_LIVE=$(LIVE) node --import tsx --test test/live/live.ts

capture: ## the raw files of such a run: make capture OUT=DIR
	@test "$(OUT)" != data/out || { echo 'capture: say where to, as in: make capture OUT=/tmp/capture' >&2; exit 2; }
	@test/live/run.sh $(OUT)

bench: build ## times banbook and its peers on the same input (five minutes; BENCH_SCALE=0.1 for a try)
	@npm run --silent bench

lint: build ## types, style and format
	@npm run --silent lint

format: build ## puts the code into its format
	@npm run --silent format

input: build # the synthetic year, unless RAW names other input
	@$(if $(RAW),,$(BANBOOK) forge --if-changed --out data/forged $(if $(YEAR),--year $(YEAR)) $(FORGE))

setup: build ## JupyterLab and its TypeScript kernel in .venv
	@$(BANBOOK) setup-kernel

build: dist/.built ## npm packages and the compiled library

node_modules/.installed: package.json package-lock.json .npmrc
	npm ci
	@touch $@

dist/.built: node_modules/.installed tsconfig.json package.json $(shell find lib -name '*.ts')
	@rm -rf dist
	npm run --silent build
	@touch $@

clean: ## removes all that was made, but the answers kept in data/cache
	rm -rf node_modules dist .venv test/artefacts $(FRAMES) $(OUT) $(CHECKED)
