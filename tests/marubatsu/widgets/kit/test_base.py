"""The Python side of the widgets: what they compute, what they refuse, what they leave on paper."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from made_widgets import MADE

from marubatsu import widgets
from marubatsu.widgets import picture
from marubatsu.widgets.kit.base import texts_in
from marubatsu.widgets.kit.modules import compose, modules_of, source
from marubatsu.widgets.kit.pictures import NAMES, pack

ROOT = Path(__file__).resolve().parents[4]


every_widget = pytest.mark.parametrize("make", MADE.values(), ids=lambda make: make.__name__)


def test_every_widget_of_the_room_is_tested_here():
    assert {each.__name__ for each in MADE} == set(widgets.__all__) - {"picture"}


@every_widget
def test_a_widget_offers_itself_live_and_as_html(make):
    data, _ = make()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    html = data["text/html"]
    still = re.search(r'<div class="marubatsu-still">(.*)</div><script', html, re.S)[1]
    pictures = re.findall(r"<img ", still)
    assert len(re.findall(r"<img [^>]*alt=\"[^\"]+\"", still)) == len(pictures)
    assert "<table" in still or "<ol" in still or pictures
    state = json.loads(re.search(r'<script type="application/json">(.*)</script>', html, re.S)[1])
    assert state["names"] and set(state["names"]) <= set(state["state"])


@pytest.mark.parametrize("widget", MADE)
def test_its_script_needs_no_other_file(widget):
    word = widget.module
    script = widget._esm
    assert script == compose(f"{word}/{word}.js") and not re.search(r"""from\s*\\?["']\./""", script)
    for file in modules_of(f"{word}/{word}.js"):
        assert script.count(f'\ndefine("{file}", ') == 1


@every_widget
def test_the_slug_is_a_word_for_an_address(make):
    assert make(slug="second-one").slug == "second-one"
    with pytest.raises(ValueError, match="slug must be small letters, digits and hyphens, but 'No!' came"):
        make(slug="No!")


@every_widget
def test_an_unknown_language_is_refused(make):
    with pytest.raises(ValueError, match=r"language must be one of en.*, but 'xx' came"):
        make(language="xx")


@pytest.mark.parametrize("widget", MADE)
def test_every_word_that_its_scripts_ask_for_is_in_the_texts(widget):
    word = widget.module
    own = "".join(source(file) for file in modules_of(f"{word}/{word}.js") if file.startswith(f"{word}/"))
    asked = set(re.findall(r"\btexts\.(?!json)(\w+)", own))
    assert asked and asked <= set(texts_in("kit")["en"]) | set(texts_in(word)["en"])


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_as_the_docstring_says_and_cannot_be_changed(name):
    array = picture(name)
    assert array.shape[:2] == ((32, 32) if name in ("circle", "cross") else (256, 256))
    with pytest.raises(ValueError, match="read-only"):
        array[0, 0] = 0


@pytest.mark.parametrize("array", [np.zeros(3), np.zeros((0, 3)), np.zeros((2, 2, 4)), [[np.nan]]])
def test_what_is_no_picture_is_not_packed(array):
    with pytest.raises(ValueError, match="pack: a picture"):
        pack(array, title="x")


@pytest.mark.parametrize("widget", MADE)
def test_what_stands_in_a_link_and_what_a_script_asks_for_reaches_the_browser(widget):
    word = widget.module
    own = "".join(source(file) for file in modules_of(f"{word}/{word}.js") if file.startswith(f"{word}/"))
    asked = set(re.findall(r"""\bget\("(\w+)"\)""", own))
    assert asked | set(widget.class_traits(state=True)) <= set(widget.class_traits(sync=True))
    assert set(widget.class_traits(state=True)), "a link can say in which state the widget opens"


def first_values(widget):
    """The traits that the docstring names as those that may be given first values."""
    told = re.split(r"\n\s*\n\s*(?:Raises|Examples|Notes|Returns)\n", widget.__doc__.partition("**state")[2])[0]
    return {word for word in re.findall(r"`(\w+)`", told) if word in widget.class_traits()}


def test_what_the_docstring_calls_a_first_value_can_stand_in_a_link():
    told = {widget: first_values(widget) for widget in MADE}
    assert sum(map(bool, told.values())) > len(MADE) / 2
    assert {widget: each - set(widget.class_traits(sync=True, state=True)) for widget, each in told.items()} == {
        widget: set() for widget in MADE
    }
