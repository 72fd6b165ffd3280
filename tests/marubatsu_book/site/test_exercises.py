"""A reference to an exercise of another page says its title, one on its own page only its number."""

import re
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow  # a small book is built

CONF = """
extensions = ["myst_parser", "sphinx_exercise", "marubatsu_book.site.exercises"]
myst_enable_extensions = ["colon_fence"]
numfig = True
"""
ASKED = """# Page

:::{exercise} Which window?
:label: ex-one
Which one?
:::

:::{exercise} A number of {braces} and 95 %s {0}
:label: ex-odd
And which one here?
:::

:::{exercise}
:label: ex-nameless
And now?
:::

On the same page: {ref}`ex-one`.
"""
PLAN = "# Plan\n\nIn pairs: {ref}`ex-one`; {ref}`ex-odd`; {ref}`ex-nameless`; {ref}`that one <ex-one>`.\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """What a reader sees of a page that asks and of one that refers to it."""
    folder = tmp_path_factory.mktemp("exercises")
    contents = "# Book\n\n```{toctree}\npage\nplan\n```\n"
    files = {"conf.py": CONF, "index.md": contents, "page.md": ASKED, "plan.md": PLAN}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "sphinx", "-q", "-W", str(folder), str(folder / "out")], check=True)
    pages = {name: (folder / "out" / f"{name}.html").read_text(encoding="utf-8") for name in ("page", "plan")}
    return {name: re.sub(r"<[^>]+>", "", html) for name, html in pages.items()}


def test_another_page_names_an_exercise_behind_its_number(built):
    odd = "Exercise 2 “A number of {braces} and 95 %s {0}”"
    assert f"In pairs: Exercise 1 “Which window?”; {odd}; Exercise 3; that one." in built["plan"]


def test_its_own_page_needs_no_name(built):
    assert "On the same page: Exercise 1." in built["page"]
