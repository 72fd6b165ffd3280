# Two commands: `make book` builds the whole book, `make test` proves it. Both install what they need into .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
SITE := _build/html

# Pages and tests share the cores: small products on several threads wait for one another, up to ten times as long.
book pdf serve test quick notebooks: export OPENBLAS_NUM_THREADS ?= 1
book pdf serve test quick notebooks: export OMP_NUM_THREADS ?= 1

.DEFAULT_GOAL := help
.PHONY: help book browser pdf check shorten test quick notebooks serve lock bench clean

help:
	@echo "make book    install, run every cell, build the book"
	@echo "make serve   build again while you write, and show the result on this computer"
	@echo "make pdf     build the book and print it as one PDF"
	@echo "make check   form, slips and types of Python, scripts and style sheets (scripts need node)"
	@echo "make test    install what tests need (a browser too) and run all of them"
	@echo "make quick   the library and the tools alone, without browser and book, in two minutes"
	@echo "make notebooks  every page and assignment as a notebook, from top to bottom, in a JupyterLab made from requirements.txt alone"
	@echo "make bench   how fast the layers are, beside PyTorch on this computer"
	@echo "make lock    pin again, in requirements.lock, all that requirements.txt and tests/requirements.txt bring"
	@echo "make clean   remove what was built"

.venv/pyvenv.cfg:
	$(PYTHON) -m venv .venv

# Python compiles what it imports; to compile all that is installed would take as long again as installing.
.venv/book.stamp: requirements.txt requirements.lock pyproject.toml code/marubatsu_course/pyproject.toml code/marubatsu_book/pyproject.toml | .venv/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --no-compile --requirement requirements.txt
	@touch $@

.venv/test.stamp: tests/requirements.txt .venv/book.stamp
	$(BIN)/python -m pip install --quiet --no-compile --requirement tests/requirements.txt
	@touch $@

book: .venv/book.stamp
	$(BIN)/jupyter-book build . -W -n --keep-going
	@echo "The book is built. Open $(CURDIR)/$(SITE)/index.html (slides: $(CURDIR)/$(SITE)/slides/index.html)"

serve: .venv/book.stamp
	$(BIN)/python -m pip install --quiet sphinx-autobuild==2025.8.25
	$(BIN)/jupyter-book config sphinx .
	$(BIN)/sphinx-autobuild . $(SITE) --ignore "$(CURDIR)/conf.py" --ignore "$(CURDIR)/_build/*" --re-ignore "__pycache__"

# A browser is installed only where none is found.
browser: .venv/test.stamp
	@$(BIN)/python tests/support/find_chromium.py || (apt-get update -qq && apt-get install --yes -qq --no-install-recommends chromium)

pdf: browser
	$(MAKE) book
	$(BIN)/python -m marubatsu_book.paper.paper $(SITE) _build/marubatsu-book.pdf --browser "$$($(BIN)/python tests/support/find_chromium.py)"

test: browser
	$(MAKE) book
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# What you run while you write. Files of which no test would be left are not even read.
quick: .venv/test.stamp
	$(BIN)/python -m pytest -q -n 2 -m "not browser and not pages and not slow" \
		--ignore=tests/pages --ignore-glob="*_browser.py" --durations=10

# A second environment, as Binder makes it, by the way that the page "Without network" tells; minutes, so it is not part
# of `make test`.
notebooks: browser
	$(MAKE) book
	$(BIN)/python -m pip wheel --quiet --wheel-dir _build/wheels --requirement requirements.txt "setuptools>=77"
	$(PYTHON) -m venv --clear _build/clean
	_build/clean/bin/python -m pip install --quiet --no-index --find-links _build/wheels --requirement requirements.txt
	$(BIN)/python tests/support/every_notebook.py $(SITE) --python _build/clean/bin/python

check: .venv/test.stamp
	@.ci/check

# Errors of types that were mended leave the lists of known ones; nothing is ever added to them.
shorten: .venv/test.stamp
	@SHORTEN=1 .ci/check

# A pin that may stay stays; `make lock UPGRADE=--upgrade` takes the newest that fit. --universal: for every system, from
# the oldest Python that the library runs on.
lock: .venv/pyvenv.cfg
	$(BIN)/python -m pip install --quiet uv==0.13.9
	sed '/^-[cr] /d' requirements.txt tests/requirements.txt | $(BIN)/uv pip compile --quiet $(UPGRADE) \
		--universal --python-version 3.11 --no-annotate --custom-compile-command "make lock" \
		--no-emit-package marubatsu --no-emit-package marubatsu-course --no-emit-package marubatsu-book \
		--output-file requirements.lock -

bench: .venv/test.stamp
	$(BIN)/python benchmarks/against_pytorch.py
	$(BIN)/python benchmarks/ten_seeds.py

clean:
	rm -rf _build conf.py
