# Everything lives in .venv; a fresh machine needs python3 (3.11 or later) with venv, and make.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help reports test lab lint clean codebook simulate axe problems messages fuzz bench

help:  ## Show what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

$(BIN)/masterplan: pyproject.toml constraints.txt
	@echo "Preparing .venv (the first time this takes a few minutes) ..."
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

reports: $(BIN)/masterplan  ## Read the workbooks, run every notebook, write reports/index.html
	$(BIN)/masterplan run

test: $(BIN)/masterplan  ## Run the tests; what needs a missing program is skipped and named
	$(BIN)/python -m pytest

axe:  ## Fetch axe-core (with npm), by which the tests judge whether pages are accessible
	npm install --prefix .axe --no-save --no-audit --no-fund axe-core@4.14.1

lab: $(BIN)/masterplan  ## Open JupyterLab in notebooks/
	JUPYTER_DEFAULT_PROVISIONER_NAME=masterplan-fork $(BIN)/jupyter lab --notebook-dir=notebooks \
	  --LabApp.default_url=/lab/tree/README.md --LabApp.app_settings_dir=notebooks/.lab

lint: $(BIN)/masterplan  ## Check style and that notebooks hold no outputs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/nbstripout --verify notebooks/*.ipynb

codebook: $(BIN)/masterplan  ## Write docs/codebook.md from the instrument
	$(BIN)/python -m analysis.survey.codebook

simulate: reports  ## Measure how often intervals hold and claims are false (half an hour)
	$(BIN)/python -m simulations.coverage
	$(BIN)/python -m simulations.noise

problems: $(BIN)/masterplan  ## Write docs/problems.md from the catalogue of problems
	$(BIN)/python -m analysis.survey.catalogue

messages: $(BIN)/masterplan  ## Bring the catalogues in src/analysis/locale up to date with the texts
	@mkdir -p build
	$(BIN)/pybabel extract -F pyproject.toml --add-location=file -o build/masterplan.pot .
	$(BIN)/pybabel update -D masterplan -i build/masterplan.pot -d src/analysis/locale \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width=100

fuzz: $(BIN)/masterplan  ## Read 2,000 corrupted workbooks: no crash, no hang, little memory
	$(BIN)/python -m tests.survey.fuzz 2000

bench: $(BIN)/masterplan  ## Measure all ways to run the collection, write docs/performance.md
	$(BIN)/python -m benchmarks.compare --all --rounds 5 --write docs/performance.md

clean:  ## Remove .venv and what the program made; Buku 1, files of your own and data/raw stay
	@$(PYTHON) tools/clean.py
