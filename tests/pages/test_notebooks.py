"""Every page with cells can be downloaded as a notebook: the same cells, plain words, the installing cell first."""

import json
import re
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```$", re.DOTALL | re.MULTILINE)
OPTIONS = re.compile(r"\A(?:---\n.*?\n---\n|(?::[\w-]+:[^\n]*\n)+)", re.DOTALL)
PAGES = re.findall(r"(?:root|file): (\S+)", (ROOT / "_toc.yml").read_text(encoding="utf-8"))
WITH_CELLS = [name for name in PAGES if CELL.search((ROOT / f"{name}.md").read_text(encoding="utf-8"))]


def sources(name):
    """The sources of a page's cells, without their options and without those that the page hides."""
    found = CELL.findall((ROOT / f"{name}.md").read_text(encoding="utf-8"))
    return [OPTIONS.sub("", cell).strip() for cell in found if "remove-input" not in cell]


@pytest.fixture(params=WITH_CELLS)
def page(request, site):
    path = site / "_sources" / f"{request.param}.ipynb"
    assert path.exists(), f"{request.param} offers no notebook"
    return request.param, nbformat.from_dict(json.loads(path.read_text(encoding="utf-8")))


def test_the_notebook_holds_the_cells_of_its_page_after_the_one_that_installs(page):
    name, notebook = page
    nbformat.validate(notebook)
    code = [cell.source.strip() for cell in notebook.cells if cell.cell_type == "code"]
    assert "find_spec('marubatsu')" in code[0] and code[1:] == sources(name)


def test_the_words_are_plain_markdown(page):
    _, notebook = page
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert re.findall(r"^:::|\{(?:ref|term|numref|cite:[pt]|eq|doc|math)\}|^\([\w-]+\)=", text, re.M) == []
    assert re.findall(r"\bFig\. (?!\d)|Exercise (?!\d)\S* \(", text) == []


def test_the_page_links_to_its_notebook(page, site):
    name, _ = page
    text = (site / f"{name}.html").read_text(encoding="utf-8")
    assert re.search(rf'href="[./]*_sources/{name}\.ipynb"', text)
