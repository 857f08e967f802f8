# make book    set up, then build HTML and PDF of the default edition
# make test    set up, then pass the tests
# make fuzz    set up, then import damaged inputs: SEED=1 INPUTS=10000, or ONLY=n to repeat one
# make bench   set up, then time the import beside its peers: RECORDS=27500, or alone on growing sets: SCALE=27500,275000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CORPUS ?= cited-works
FROM ?=
TO ?=
LANGUAGE_OF_BOOK ?= en
OUT ?=
SEED ?= 1
INPUTS ?= 10000
ONLY ?=
RECORDS ?= 27500
SCALE ?=

.PHONY: book test fuzz bench setup system lock clean

book: setup
	$(BIN)/livingreview build --corpus "$(CORPUS)" --from "$(FROM)" --to "$(TO)" --lang "$(LANGUAGE_OF_BOOK)" $(if $(OUT),--out "$(OUT)")

test: setup
	$(BIN)/python -m pytest

fuzz: setup
	PYTHONPATH=tests $(BIN)/python -m fuzz --seed $(SEED) --inputs $(INPUTS) $(if $(ONLY),--only $(ONLY))

bench: setup
	$(BIN)/python bench/import_speed.py --check $(if $(SCALE),--scale $(SCALE),--records $(RECORDS))

setup: system $(VENV)/.ready

system:
	@sh lib/system-packages.sh

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or later is needed, found $$($(PYTHON) --version). Name one: make book PYTHON=python3.12" >&2; exit 2; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# The one list of versions is pyproject.toml; uv resolves it for the oldest Python we promise.
lock:
	uv pip compile --universal --python-version 3.11.2 --extra test --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" --quiet --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) build
