"""The student notebooks are part of the site, and the links to them open this copy of the book."""

import zipfile

import nbformat
import pytest

from marubatsu_book.notebooks.assignments import FOLDER, launchers
from marubatsu_book.site.archive import NAME
from marubatsu_course import assignment


def test_without_a_repository_there_is_only_the_download():
    assert launchers("", "layers") == {}


def test_the_launchers_open_the_branch_of_this_copy():
    assert launchers("https://github.com/ward-7/fork", "layers") == {
        "Binder": "https://mybinder.org/v2/gh/ward-7/fork/notebooks?urlpath=lab/tree/assignments/layers.ipynb",
        "Colab": "https://colab.research.google.com/github/ward-7/fork/blob/notebooks/assignments/layers.ipynb",
    }


@pytest.mark.parametrize("name", assignment.names())
def test_the_site_holds_the_student_notebook_and_links_to_it(site, name):
    notebook = nbformat.read(site / FOLDER / f"{name}.ipynb", as_version=4)
    nbformat.validate(notebook)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert "find_spec('marubatsu')" in code[0] and any(source.startswith("# question 1\n") for source in code)
    page = (site / "book/teaching/assignments.html").read_text(encoding="utf-8")
    assert f'href="../../{FOLDER}/{name}.ipynb" download' in page


def test_no_solution_and_no_marking_version_is_on_the_site(site):
    assert sorted(path.stem for path in (site / FOLDER).iterdir()) == assignment.names()


def test_the_archive_holds_them(site):
    with zipfile.ZipFile(site / NAME) as archive:
        assert f"marubatsu-book/{FOLDER}/layers.ipynb" in archive.namelist()
