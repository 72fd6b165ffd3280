"""The template difference in the built page: sums and verdict are the library's, by mouse, keyboard and address."""

import numpy as np
import pytest

from marubatsu.data import marks
from marubatsu.widgets import TemplateDifference
from marubatsu.widgets.kit import still

PAGE, SLUG = "book/layers/template-difference.html", "template-difference"
START = {"kind": "cross", "right": 2.0}  # as the page makes it
EXAMPLES = {"The model itself": "identical", "× moved by 4": "shifted", "× turned": "turned", "Thick ×": "thick",
            "○ moved by 4": "ring", "Small ○": "small"}  # fmt: skip


def assert_shows(widget, **state):
    expected = TemplateDifference(**{**START, **state})
    grey = np.repeat(still.shade(expected.mark(), (0.5, 1.0))[..., None], 3, axis=2)
    np.testing.assert_allclose(widget.pixels("mark").astype(int), grey, atol=1)
    sums = [float(text) for text in widget.live.locator(".mb-sum strong").all_inner_texts()]
    np.testing.assert_allclose(sums, expected.differences(), atol=0.051)
    symbols = dict(zip(marks.KINDS, marks.SYMBOLS, strict=True))
    called, true = symbols[expected.verdict()], symbols[expected.kind]
    joint = f"Called {called}, and it is {true}." if called == true else f"Called {called}, but it is {true}."
    assert widget.text(".mb-verdict").startswith(joint)


def test_it_opens_as_python_made_it(opened):
    assert_shows(opened(PAGE, SLUG))


@pytest.mark.parametrize("label", EXAMPLES)
def test_every_example(opened, label):
    widget = opened(PAGE, SLUG)
    widget.press(label)
    state = dict(widget.page.evaluate(f"JSON.parse(document.querySelector('#{SLUG} script').textContent)")["state"])
    assert_shows(widget, **{"right": 0.0, **state["examples"][EXAMPLES[label]]})


def test_every_slider_by_keyboard(opened):
    widget = opened(PAGE, SLUG)
    up, down = "ArrowRight", "ArrowLeft"
    keys = {"Down": up, "Size": down, "Turn": up, "Thickness": up, "Slant": down, "Noise": up}
    for label, key in keys.items():
        widget.field(label).focus()
        for _ in range(4):
            widget.page.keyboard.press(key)
    widget.settle()
    assert_shows(widget, down=2.0, size=14.0, turn=4.0, thickness=2.9, slant=-4.0, noise=0.04)


def test_the_mark_moves_by_arrow_keys_and_stays_on_the_canvas(opened):
    widget = opened(PAGE, SLUG)
    widget.live.locator(".mb-pane-mark .mb-view").focus()
    for key in ["ArrowRight", "ArrowRight"]:
        widget.page.keyboard.press(key)
    widget.settle()
    assert_shows(widget, right=4.0)
    assert "Called ○, but it is ×." in widget.spoken()
    widget.page.keyboard.press("ArrowDown")
    widget.page.keyboard.press("ArrowDown")
    for _ in range(3):
        widget.page.keyboard.press("Shift+ArrowRight")
    widget.settle()
    assert_shows(widget, down=2.0, right=12.0)


def test_the_mark_is_dragged_by_mouse(opened):
    widget = opened(PAGE, SLUG)
    widget.press("The model itself")
    box = widget.live.locator(".mb-pane-mark .mb-view canvas").bounding_box()
    scale = box["width"] / 32
    widget.page.mouse.move(box["x"] + 16.5 * scale, box["y"] + 16.5 * scale)
    widget.page.mouse.down()
    widget.page.mouse.move(box["x"] + 16.5 * scale, box["y"] + 19.5 * scale, steps=3)
    widget.page.mouse.up()
    widget.settle()
    assert_shows(widget, right=0.0, down=3.0)


def test_the_other_mark_can_be_chosen(opened):
    widget = opened(PAGE, SLUG)
    widget.choose("○")
    assert_shows(widget, kind="circle")


def test_the_state_lies_in_the_address_and_comes_back(opened):
    widget = opened(PAGE, SLUG)
    widget.choose("○")
    widget.field("Turn").focus()
    widget.page.keyboard.press("ArrowRight")
    widget.settle_address()
    again = opened(widget.page.url.split("/html/", 1)[1], SLUG)
    assert_shows(again, kind="circle", turn=1.0)


@pytest.mark.parametrize("fragment", ["size=1e9&thickness=-3", "kind=plus", "down=99&right=-99&size=28&turn=45"])
def test_an_address_of_nonsense_leaves_a_working_widget(opened, fragment):
    widget = opened(f"{PAGE}#{SLUG}?{fragment}", SLUG)
    assert widget.pixels("mark").max() > 100, "the mark is still on the canvas"
    widget.press("Reset")
    assert_shows(widget)


def test_the_python_line_draws_the_same_mark(opened):
    widget = opened(PAGE, SLUG)
    widget.field("Noise").focus()
    widget.page.keyboard.press("ArrowRight")
    widget.settle()
    line = widget.copied("Copy as Python")
    drawn = eval(line, {"np": np, "marks": marks, "TemplateDifference": TemplateDifference})
    np.testing.assert_allclose(drawn, TemplateDifference(**START, noise=0.01).mark(), atol=1e-6)


def test_without_scripts_the_still_stays(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{PAGE}")
    assert page.locator(f"figure#{SLUG} .marubatsu-still img").count() == 3
    context.close()
