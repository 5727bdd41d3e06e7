# Two commands do everything on a fresh machine: `make demo` and `make test`.
PY ?= python3
VENV := .venv
BIN := $(VENV)/bin

# What users need; the tools of developers come only with `make env`.
$(BIN)/.usable: pyproject.toml constraints.txt
	@echo "Memasang program dan pustakanya (sekali saja, beberapa menit; sekitar 600 MB) …"
	$(PY) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on -c constraints.txt -e .
	@touch $@

$(BIN)/.ready: $(BIN)/.usable
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

.PHONY: env demo test test-fast check lint bench fuzz new-reader clean wheel sbom licences
env: $(BIN)/.ready

demo: $(BIN)/.usable
	$(BIN)/screening demo --out hasil-demo
	@echo "Selanjutnya: $(BIN)/screening list --run hasil-demo"

# One file that installs anywhere: pipx install dist/screening-….whl
wheel: $(BIN)/.usable
	$(BIN)/python -m screening.release
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .

test: env
	$(BIN)/python -m pytest -n 2 --dist worksteal

# While working: what finds most faults soonest. No browser, no office program, no whole runs; `make test` before a merge.
test-fast: env
	$(BIN)/python -m pytest -n 2 --dist worksteal --fast

lint: env
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

# Speed against what people would use instead; ARGS="--rows 1000000", "--start" or "--profile". See docs/performance.md.
bench: env
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[bench]"
	$(BIN)/python -m benchmarks $(ARGS)

# What is installed, as CycloneDX JSON; and whether users may pass it on. See docs/privacy.md.
sbom: env
	$(BIN)/cyclonedx-py environment $(BIN)/python --pyproject pyproject.toml --output-reproducible --of JSON -o sbom.json
	@echo "sbom.json"

licences: env
	$(BIN)/python -m tests.licences

clean:
	rm -rf $(VENV) hasil-demo sbom.json

# 20,000 damaged files with each of two seeds, spread over every reader of the registry: no crash, no hang, honest books; and
# 5,000 damaged tables whose lines are all read, rejected or counted; files of 10 MB within 10 seconds and 1.5 GB; 2,000 damaged
# files through every other door (roster, accounts, lexicon, candidates, contests, review, ledger, model, log, key).
fuzz: env
	$(BIN)/python -m tests.readers.fuzz --cases 20000 --seed 1
	$(BIN)/python -m tests.readers.fuzz --cases 20000 --seed 20261130
	$(BIN)/python -m tests.readers.fuzz_books --cases 5000
	$(BIN)/python -m tests.readers.fuzz_large
	$(BIN)/python -m tests.fuzz_doors --cases 2000 --seed 1
	$(BIN)/python -m tests.fuzz_doors --cases 2000 --seed 20261201

# The beginning of a new platform: make new-reader NAME=contohnet LABEL="Contoh Net".
new-reader: env
	$(BIN)/python -m tests.readers.scaffold $(NAME) --label "$(LABEL)"
