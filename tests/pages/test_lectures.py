"""Every item of the two lectures that the book grew out of: the place where it works, and the test that proves it.

The rows stand in lectures.toml. The lectures are credited in the bibliography.
"""

import ast
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest

from marubatsu.widgets.programme_exercise.programme import TALKS

ROOT = Path(__file__).resolve().parents[2]

ROWS = tomllib.loads((Path(__file__).parent / "lectures.toml").read_text(encoding="utf-8"))
FIRST, SECOND, PROGRAMME = (ROWS[part] for part in ("first", "second", "programme"))
PLACES = (
    {f"lecture 1, {item}": places for item, places in FIRST.items()}
    | {f"lecture 2, {item}": places for item, places in SECOND.items()}
    | {f"lecture 2, talk {number}": places for number, places in PROGRAMME.items()}
)


class Anchors(HTMLParser):
    """Collects the identifiers of a page."""

    def __init__(self, text):
        super().__init__()
        self.ids = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.ids.update(value for name, value in attrs if name == "id")


def names_of(path):
    """The names of the test functions of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def faults_of(place, proof, site, tests):
    """What is missing of a row: its page, the anchor on it, the file of its test, or the test."""
    page, anchor = place.split("#")
    file, name = proof.split("::")
    found = []
    built = site / "book" / f"{page}.html"
    if not built.is_file():
        found.append(f"no page {page}")
    elif anchor not in Anchors(built.read_text(encoding="utf-8")).ids:
        found.append(f"nothing is called {anchor} on {page}")
    if not (tests / file).is_file():
        found.append(f"no file {file}")
    elif name not in names_of(tests / file):
        found.append(f"no test {name!r} in {file}")
    return found


@pytest.mark.parametrize("item", PLACES)
def test_every_item_of_the_lectures_works_in_the_book_and_is_proven(item, site):
    assert PLACES[item]
    assert [fault for place in PLACES[item] for fault in faults_of(*place, site, ROOT / "tests")] == []


def test_no_item_of_the_lectures_is_left_out():
    assert [item.split()[0] for item in FIRST] == ["for", *"12345678"]
    assert [item.split()[0] for item in SECOND] == [*"12", *"333333", "4", *"5555"]
    tasks = ("classification", "regression", "detection", "segmentation", "improving", "image generation")
    assert all(any(item.startswith(f"3 {task}") for item in SECOND) for task in tasks)
    assert list(PROGRAMME) == [str(number) for number in range(1, 13)]


def test_each_talk_runs_where_the_exercise_sends_the_reader():
    for number, talk in enumerate(TALKS, start=1):
        assert {place.split("#")[0] for place, _ in PROGRAMME[str(number)]} == set(talk.pages), number


def test_a_missing_page_anchor_file_or_test_is_recognised(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "here.html").write_text('<h1 id="title">Here</h1><p>id="not-one"</p>', encoding="utf-8")
    (tmp_path / "test_here.py").write_text("def test_it():\n    pass\n\n\nx = 'def test_no():'\n", encoding="utf-8")

    def faults(place, proof):
        return faults_of(place, proof, tmp_path, tmp_path)

    assert faults("here#title", "test_here.py::test_it") == []
    assert faults("gone#title", "test_here.py::test_it") == ["no page gone"]
    assert faults("here#not-one", "test_here.py::test_it") == ["nothing is called not-one on here"]
    assert faults("here#title", "test_gone.py::test_it") == ["no file test_gone.py"]
    assert faults("here#title", "test_here.py::test_no") == ["no test 'test_no' in test_here.py"]
    assert faults("here#title", "test_here.py::") == ["no test '' in test_here.py"]
