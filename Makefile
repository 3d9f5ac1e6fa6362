# Everything lives in .venv; a fresh machine needs python3 (3.11 or later) with venv, and make.
PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e

# What reports need is installed, and what tests need as well. A stamp stands only while that is
# true: without the first one .venv is built anew, so one that was interrupted is never trusted.
REPORTS := $(BIN)/.reports
TESTS := $(BIN)/.tests

.DEFAULT_GOAL := help
.PHONY: help reports test test-long lab hooks lint clean codebook simulate axe problems messages release fuzz mutants bench

help:  ## Tampilkan apa saja yang dapat dijalankan
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

$(REPORTS): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) tidak ditemukan. Di Debian atau Ubuntu," \
	  "pasang dahulu: sudo apt install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) tools/check_python.py
	@echo "Menyiapkan .venv: mengunduh dan memasang paket (hanya pertama kali; 2 sampai 5 menit) ..."
	@test -e $@ || $(PYTHON) -m venv --clear .venv
	@rm -f $(REPORTS) $(TESTS)
	$(INSTALL) '.[lab]'
	@touch $@

$(TESTS): $(REPORTS)
	@echo "Menambahkan paket untuk pengujian (hanya pertama kali; 1 sampai 3 menit) ..."
	@rm -f $(REPORTS) $(TESTS)
	$(INSTALL) '.[test]'
	@touch $(REPORTS) $(TESTS)

reports: $(REPORTS)  ## Baca buku kerja, jalankan semua notebook, tulis reports/index.html
	$(BIN)/masterplan run

test: $(TESTS)  ## Jalankan semua uji; yang memerlukan program yang tidak ada dilewati dan menyebutkannya
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test-long: $(TESTS)  ## Uji yang lama: 500 mutasi setiap berkas, 2.000 berkas rusak, 30 kali mematikan (30 menit)
	MASTERPLAN_LONG=1 $(BIN)/python -m pytest -n 2 --dist loadfile tests/survey/test_mutations.py tests/test_trust.py \
	  tests/test_bounds.py tests/test_cluster.py tests/test_edition.py tests/test_kernels.py \
	  tests/test_desk_city.py tests/test_lab.py tests/test_pages.py tests/test_reader.py tests/test_run.py tests/test_simulations.py tests/test_ways_to_run.py \
	  tests/stages/test_hard_surveys.py
	$(BIN)/python -m tests.survey.fuzz 2000
	$(BIN)/python -m benchmarks.stress --kills 30

axe:  ## Ambil axe-core (dengan npm), yang dipakai uji untuk menilai aksesibilitas halaman
	npm install --prefix .axe --no-save --no-audit --no-fund axe-core@4.14.1

lab: $(REPORTS)  ## Buka JupyterLab untuk menjelajahi jawaban dan menyunting notebook
	$(BIN)/masterplan lab

hooks: $(REPORTS)  ## Biarkan Git menyimpan notebook tanpa keluaran, dan menolak yang memuatnya
	$(BIN)/python -m analysis.lab.hooks

lint: $(TESTS)  ## Periksa gaya kode dan tipenya
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

codebook: $(REPORTS)  ## Tulis docs/codebook.md dari instrumen, docs/results.md dari kolom hasil
	$(BIN)/python -m analysis.survey.kept.codebook
	$(BIN)/python -m analysis.columns

simulate: reports  ## Ukur seberapa sering selang benar dan klaim keliru (lebih dari 1 jam)
	$(BIN)/python -m simulations.coverage
	$(BIN)/python -m simulations.respondents
	$(BIN)/python -m simulations.ranks
	$(BIN)/python -m simulations.noise
	$(BIN)/python -m simulations.change
	$(BIN)/python -m simulations.random_index

problems: $(REPORTS)  ## Tulis docs/problems.md dari katalog masalah
	$(BIN)/python -m analysis.survey.told.catalogue

messages: $(REPORTS)  ## Perbarui katalog di src/analysis/locale menurut teks yang ada
	@mkdir -p build
	$(BIN)/pybabel extract -F pyproject.toml --add-location=file -o build/masterplan.pot .
	$(BIN)/pybabel update -D masterplan -i build/masterplan.pot -d src/analysis/locale \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width=100

release: $(REPORTS)  ## Catat notebook rilis ini, agar notebook lain dikenali sebagai milik orang lain
	$(BIN)/python -m analysis.runs.release

fuzz: $(REPORTS)  ## Baca 2.000 buku kerja rusak: tidak gagal, tidak macet, hemat memori
	$(BIN)/python -m tests.survey.fuzz 2000

mutants: $(TESTS)  ## Ukur berapa dari 100 kesalahan kecil dalam kode yang ketahuan oleh uji (1 jam)
	$(BIN)/python -m tests.mutants

bench: $(TESTS)  ## Ukur semua cara menjalankan notebook, tulis docs/performance.md (AGAINST=commit: dan commit itu)
	$(BIN)/python -m benchmarks.compare --all --rounds 5 $(if $(AGAINST),--against $(AGAINST)) --write docs/performance.md

clean:  ## Hapus .venv dan buatan program; Buku 1, berkas Anda sendiri, dan data/raw tetap
	@$(PYTHON) tools/clean.py
