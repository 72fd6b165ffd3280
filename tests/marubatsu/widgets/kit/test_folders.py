"""A widget is its folder: without it nothing else breaks, and its words are in its texts alone."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from marubatsu.widgets import picture
from marubatsu.widgets.kit.modules import FOLDER

SUPPORT = Path(__file__).resolve().parents[3] / "support"
WORDS = sorted(path.parent.name for path in FOLDER.glob("*/*.css") if path.parent.name != "kit")
WITHOUT = """
import json, sys
from marubatsu import widgets
gone, other = sys.argv[1:]
html = getattr(widgets, other)().html()
assert 'data-module' in html and gone not in widgets.__all__
try:
    exec(f"from marubatsu.widgets import {gone}")
except ImportError as error:
    print(error)
"""
STILLS = """
import json, sys
from made_widgets import MADE
made = {widget.__name__: make(language="xx") for widget, make in MADE.items()}
print(json.dumps({name: f"<p>{each.caption()}</p>{each.still()}" for name, each in made.items()}))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the library that a test may break."""
    root = tmp_path_factory.mktemp("copy")
    shutil.copytree(FOLDER.parent, root / "marubatsu", ignore=shutil.ignore_patterns("__pycache__"))
    return root


def run(copy, program, *given):
    """What a program prints that sees the copy of the library."""
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(copy), str(SUPPORT)])}
    command = [sys.executable, "-c", program, *given]
    shown = subprocess.run(command, env=env, cwd=copy, capture_output=True, text=True, check=False)
    assert shown.returncode == 0, shown.stderr[-2000:]
    return shown.stdout


def named(word):
    return "".join(part.title() for part in word.split("_"))


@pytest.mark.parametrize("word", WORDS)
def test_without_a_folder_all_others_are_there_and_its_name_is_refused_in_a_sentence(copy, word):
    folder, away = copy / "marubatsu" / "widgets" / word, copy / word
    other = "PixelReader" if word == "pooling_explorer" else "PoolingExplorer"
    folder.rename(away)
    try:
        said = run(copy, WITHOUT, named(word), other)
    finally:
        away.rename(folder)
    assert re.match(rf"there is no widget called {named(word)}\. The widgets are \w+, ", said)
    assert other in said


def test_a_name_that_is_no_widgets_is_refused():
    from marubatsu import widgets

    with pytest.raises(ImportError, match=r"no widget called Stethoscope\. The widgets are ArchitectureReader, "):
        from marubatsu.widgets import Stethoscope  # noqa: F401
    assert not hasattr(widgets, "stethoscope") and widgets.picture is picture


def bracketed(value):
    """Texts in which every sentence stands in ⟦…⟧."""
    if isinstance(value, dict):
        return {name: bracketed(each) for name, each in value.items()}
    return [bracketed(each) for each in value] if isinstance(value, list) else f"⟦{value}⟧"


def untranslated(html):
    """The words of a still that stand in no brackets, names of programs and titles in another language left out."""
    html = re.sub(r'<(\w+) (?:translate="no"|lang="ja")>.*?</\1>', "", html)
    text = re.sub(r"<[^<>]*>", "|", re.sub(r'(?:alt|aria-label)="([^"]*)"', r">\1<", html))
    while (less := re.sub(r"⟦[^⟦⟧]*⟧", "", text)) != text:
        text = less
    return re.findall(r"[^\W\d_]+", text)


def test_a_word_outside_the_brackets_is_found():
    assert untranslated('<p title="no">⟦In ⟦one⟧ row⟧ 3 × 4</p><td translate="no">conv1</td>') == []
    assert untranslated('<p>⟦size⟧: 3 MB</p><img alt="a scan"/>') == ["MB", "a", "scan"]


def test_a_still_has_no_word_that_is_not_in_the_texts(copy):
    for path in (copy / "marubatsu" / "widgets").glob("*/texts.en.json"):
        texts = bracketed(json.loads(path.read_text(encoding="utf-8")))
        path.with_name("texts.xx.json").write_text(json.dumps(texts), encoding="utf-8")
    questions = copy / "marubatsu" / "questions"
    shutil.copytree(questions / "en", questions / "xx")
    for path in (questions / "xx").glob("*.toml"):
        asked = re.sub(
            r'\b(text|why|unit) = "(.*?)"(?=$|, |\s*\})', r'\1 = "⟦\2⟧"', path.read_text("utf-8"), flags=re.M
        )
        path.write_text(asked, encoding="utf-8")
    stills = json.loads(run(copy, STILLS))
    assert len(stills) == len(WORDS)
    assert {name: words for name, html in stills.items() if (words := untranslated(html))} == {}
