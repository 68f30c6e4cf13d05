.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9

.PHONY: help
help: ## list these targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

.PHONY: install
install: $(VENV)/.installed ## make .venv with everything that the lock names

.PHONY: run
run: $(VENV)/.installed ## build the index once and serve the chat
	@$(BIN)/python -m chatbot serve

.PHONY: test
test: $(VENV)/.installed-dev ## run all tests
	@$(BIN)/python -m pytest

.PHONY: lint
lint: $(VENV)/.installed-dev ## check style, types, scripts and which part may import which
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy chatbot retrieval memory prompts data tests benchmarks scripts
	@$(BIN)/pyright --pythonpath $(BIN)/python
	@$(BIN)/lint-imports
	@$(BIN)/shellcheck scripts/*.sh k8s/base/*.sh tests/deployment/*.sh .ci/run
	@$(BIN)/hadolint Dockerfile

.PHONY: bench
bench: $(VENV)/.installed-dev ## measure turns against the textbook chain, and understanding
	@$(BIN)/python -m benchmarks.turns
	@$(BIN)/python -m benchmarks.understanding

.PHONY: pictures
pictures: $(VENV)/.installed-dev ## take the pictures of the page in docs/pictures anew
	@$(BIN)/python -m scripts.pictures

.PHONY: vectors
vectors: $(VENV)/.installed ## embed the catalogue that ships anew
	@$(BIN)/python -m scripts.vectors

.PHONY: image
image: ## build the container image with docker
	docker build -t osusume --build-arg REVISION="$$(git rev-parse HEAD)" .

.PHONY: minikube
minikube: ## run the chat in Minikube, or bring up to date what runs there
	scripts/minikube-up.sh

.PHONY: image-test
image-test: ## build and run the image without a daemon
	scripts/image-test.sh

.PHONY: lock
lock: $(VENV)/.uv ## resolve the dependencies anew
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header -q --excludes requirements-excluded.txt requirements.txt -o requirements.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header -q --excludes requirements-excluded.txt requirements-dev.txt -o requirements-dev.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header -q requirements-image.txt -o requirements-image.lock

$(VENV)/.uv:
	@$(PYTHON) -c 'import sys; sys.exit("Osusume needs Python 3.11 or newer." if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

# Compiled at once, for the first start would otherwise take three times as long.
$(VENV)/.installed: requirements.lock | $(VENV)/.uv
	@echo "Installing what requirements.lock names …"
	@$(BIN)/uv pip install -q --compile-bytecode --python $(BIN)/python --no-deps --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@$(BIN)/uv pip install -q --compile-bytecode --python $(BIN)/python --no-deps --require-hashes -r requirements-dev.lock
	@touch $@
