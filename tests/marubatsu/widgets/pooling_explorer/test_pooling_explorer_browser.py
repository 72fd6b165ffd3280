"""The pooling explorer in the built page: pictures, changes and windows are the library's, by mouse and keyboard."""

import numpy as np
import pytest

from marubatsu.arithmetic.activations import relu
from marubatsu.arithmetic.convolution import conv2d
from marubatsu.arithmetic.pooling import avg_pool2d, max_pool2d
from marubatsu.data import marks
from marubatsu.methods import by_hand
from marubatsu.widgets import PoolingExplorer
from marubatsu.widgets.kit import still

PAGE, SLUG = "book/layers/max-pooling.html", "pooling-explorer"
START = {"right": 2}  # as the page makes it


def assert_shows(widget, **state):
    explorer = PoolingExplorer(**{**START, **state})
    grey = np.repeat(still.shade(explorer.image(), (0.5, 1.0))[..., None], 3, axis=2)
    np.testing.assert_allclose(widget.pixels("image").astype(int), grey, atol=1)
    most = explorer.map().max() or 1.0
    for pane, array in (("map", explorer.map()), ("pooled", explorer.pooled())):
        np.testing.assert_allclose(widget.pixels(pane).astype(int), still.diverge(array, most), atol=3)
    percents = [int(text.rstrip(" %")) for text in widget.live.locator(".mb-change strong").all_inner_texts()]
    np.testing.assert_allclose(percents, 100 * explorer.changes(), atol=0.51)
    assert f"= {explorer.pooled().shape[0]}" in widget.text(".mb-formula")


def test_it_opens_as_python_made_it(opened):
    assert_shows(opened(PAGE, SLUG))


def test_the_mark_moves_by_keys_and_by_mouse_and_stays_within_reach(opened):
    widget = opened(PAGE, SLUG)
    view = widget.live.locator(".mb-pane-image .mb-view")
    view.focus()
    for key in ["ArrowRight", "ArrowDown", "ArrowDown"]:
        widget.page.keyboard.press(key)
    widget.settle()
    assert_shows(widget, right=3, down=2)
    assert widget.spoken().startswith("Moved by 2 down and 3 to the right:")
    box = view.bounding_box()
    scale = box["width"] / 32
    widget.page.mouse.move(box["x"] + 16.5 * scale, box["y"] + 16.5 * scale)
    widget.page.mouse.down()
    widget.page.mouse.move(box["x"] + 11.5 * scale, box["y"] + 30.5 * scale, steps=4)
    widget.page.mouse.up()
    widget.settle()
    assert_shows(widget, right=-2, down=6)


@pytest.mark.parametrize(("label", "word"), [("Window size k", "size"), ("Stride s", "stride")])
def test_sizes_are_typed(opened, label, word):
    widget = opened(PAGE, SLUG)
    widget.type(label, 3)
    assert_shows(widget, **{word: 3})


def test_every_choice(opened):
    widget = opened(PAGE, SLUG)
    widget.choose("○")
    widget.live.get_by_label("Kernel", exact=True).select_option("∩")
    widget.choose("Mean")
    assert_shows(widget, kind="circle", piece="∩", mode="average")
    widget.press("AlexNet: 3 × 3, stride 2")
    assert_shows(widget, kind="circle", piece="∩", mode="average", size=3, stride=2)


def test_a_pooled_number_shows_its_window(opened):
    widget = opened(PAGE, SLUG)
    widget.live.locator(".mb-pane-pooled .mb-view").focus()
    for key in ["Home", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowRight"]:
        widget.page.keyboard.press(key)
    widget.settle()
    explorer = PoolingExplorer(**START)
    numbers = [float(text.replace("−", "-")) for text in widget.live.locator(".mb-grid td").all_inner_texts()]
    np.testing.assert_allclose(numbers, explorer.map()[0:8, 8:16].ravel(), atol=0.006)
    assert widget.text(".mb-reading").startswith("Row 0, column 1 of the pooled map:")


def test_the_state_lies_in_the_address_and_comes_back(opened):
    widget = opened(PAGE, SLUG)
    widget.type("Stride s", 2)
    widget.choose("○")
    widget.settle_address()
    assert_shows(opened(widget.page.url.split("/html/", 1)[1], SLUG), kind="circle", stride=2)


@pytest.mark.parametrize(
    "fragment", ["size=-3&stride=1e9", "kind=plus&piece=x&mode=y", "down=99&right=-99", "pixel=9,9,9"]
)
def test_an_address_of_nonsense_leaves_a_working_widget(opened, fragment):
    widget = opened(f"{PAGE}#{SLUG}?{fragment}", SLUG)
    assert widget.pixels("image").max() > 100
    widget.press("Reset")
    assert_shows(widget)


def test_the_python_line_gives_the_pooled_map(opened):
    widget = opened(PAGE, SLUG)
    names = {"marks": marks, "by_hand": by_hand, "relu": relu, "conv2d": conv2d}
    given = eval(widget.copied("Copy as Python"), names | {"max_pool2d": max_pool2d, "avg_pool2d": avg_pool2d})
    np.testing.assert_allclose(given, PoolingExplorer(**START).pooled(), atol=1e-6)
