# What is longer than a few lines is in scripts/.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

export CHROMIUM ?= /usr/bin/chromium
# `make run ARGS='--listen 127.0.0.1:9000'`
ARGS ?=

# One profile and one set of features for tests, the browser run and the contract: dependencies are built once.
BUILD := cargo build --workspace --bin sverka

.PHONY: help run test check contract dev fmt fuzz bench clean-data

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

run: ## install what is missing, build, start the demo on 127.0.0.1:8080
	@scripts/install run
	@scripts/frontend-build
	cargo build --release --locked -p sverka
	@exec "$${CARGO_TARGET_DIR:-target}/release/sverka" demo $(ARGS)

test: ## every test: both engines, the 1C stand-in, the frontend and the browser
	@scripts/install test
	@scripts/frontend-build
	npm --prefix frontend run test
	$(BUILD) --locked
	scripts/with-postgres scripts/test-workspace
	scripts/check-onec-stand-in
	scripts/e2e

check: ## formatting, lints, contract drift, architecture, sizes
	@scripts/install run
	cargo fmt --all --check
	scripts/check-architecture
	scripts/check-sizes
	scripts/check-words
	scripts/check-migrations
	npm --prefix frontend run check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	scripts/contract --check

contract: ## write openapi/ and the frontend's client from the code
	@scripts/install run
	scripts/contract

dev: ## the demo, and the frontend with hot reload
	@scripts/install run
	@scripts/dev

fmt: ## format everything
	cargo fmt --all
	npm --prefix frontend run format

fuzz: ## every operation of the contract, with what a careless or hostile client would send
	@scripts/install run
	@scripts/frontend-build
	$(BUILD) --locked
	scripts/schemathesis $(ARGS)

bench: ## how fast it is, beside what it could be; ROWS=100000 RUNS=1 for a quick look
	@scripts/install test
	@scripts/frontend-build
	@scripts/bench

clean-data: ## forget the demo's data
	rm -rf data
