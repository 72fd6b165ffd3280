"""Pages that wait for their outputs run side by side; one that fails is left to myst-nb and its report."""

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from marubatsu_book.running import execution

pytestmark = pytest.mark.slow  # each test builds a small book

HEAD = "---\nfile_format: mystnb\nkernelspec: {{name: python3, display_name: Python 3}}\n---\n# {title}\n\n"
CELL = "```{{code-cell}}\n{source}\n```\n"
MEET = """\
import pathlib, time
pathlib.Path("{mine}").touch()
end = time.monotonic() + 60
while not pathlib.Path("{other}").exists() and time.monotonic() < end:
    time.sleep(0.05)
print("{mine} met {other}:", pathlib.Path("{other}").exists())"""


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Builds pages, given as {name: source of the one cell}; returns the built texts and what was warned of."""
    monkeypatch.setattr(execution, "cores", lambda: 2)
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "conf.py").write_text(
        'extensions = ["myst_nb", "marubatsu_book.running.execution"]\n'
        'nb_execution_mode = "cache"\nroot_doc = "first"\n'
    )

    def run(pages):
        for name, source in pages.items():
            text = HEAD.format(title=name) + CELL.format(source=source)
            (folder / f"{name}.md").write_text(text)
        warned = tmp_path / "warned.txt"
        with warned.open("w") as stream, patch_docutils(), docutils_namespace():
            app = Sphinx(folder, folder, tmp_path / "out", tmp_path / "trees", "text", warning=stream, status=None)
            app.build()
        built = {name: (tmp_path / "out" / f"{name}.txt").read_text() for name in pages}
        return built, warned.read_text()

    return run


def test_two_pages_run_at_the_same_time(build):
    built, _ = build(
        {"first": MEET.format(mine="a", other="b"), "second": MEET.format(mine="b", other="a")}
    )  # one after the other, the first would wait in vain
    assert "a met b: True" in built["first"] and "b met a: True" in built["second"]


def test_what_was_run_ahead_is_not_run_again(build):
    count = (
        'import pathlib; note = pathlib.Path("{name}-runs"); note.open("a").write("x"); print(len(note.read_text()))'
    )
    pages = {name: count.format(name=name) for name in ("first", "second")}
    built, _ = build(pages)
    assert built["first"].rstrip().endswith("1") and built["second"].rstrip().endswith("1")


def test_a_page_that_fails_is_reported_at_its_place_and_spoils_no_other(build):
    built, warned = build({"first": 'raise ValueError("too small")', "second": 'print("well")'})
    assert "first.md: WARNING: Executing notebook failed: CellExecutionError" in warned
    assert "well" in built["second"]
