"""The memory balance: its numbers are those of `cost` for the very network, by slider, key, address and formula."""

import numpy as np
import pytest

from marubatsu.architectures import encoder
from marubatsu.exchange.cost import GB, cost
from marubatsu.widgets import MemoryBalance
from marubatsu.widgets.memory_balance.memory_balance import CARDS, INPUTS, PARTS, memory_words

PAGE, SLUG = "book/architectures/three-dimensions.html", "memory-balance"
START = {"side": 512, "slices": 300}  # as the page makes it


def assert_shows(widget, **state):
    expected = MemoryBalance(**{**START, **state})
    found = expected.cost()
    assert widget.text(".mb-pane-result .mb-large") == memory_words(found.training)
    rows = [row.inner_text().split("\t") for row in widget.live.locator(".mb-parts tr").all()]
    assert [row[1] for row in rows[:5]] == [memory_words(getattr(found, part)) for part in PARTS]
    assert [row[1] for row in rows[5:]] == [f"{found.parameters:,}", f"{found.multiply_adds:,}"]
    batches = [cell.inner_text() for cell in widget.live.locator(".mb-cards-table tr").last.locator("td").all()]
    largest = [expected.largest_batch(card) for card in CARDS]
    assert batches == [f"{batch:,}" if batch else "none" for batch in largest]
    fitting = [card for card in CARDS if found.training <= card * GB]
    verdict = widget.text(".mb-verdict")
    if not fitting:
        assert verdict.startswith("Fits on none of these cards")
    elif fitting[0] == CARDS[0]:
        assert verdict == "Fits on all of these cards, from 8 GB on."
    else:
        assert verdict == f"Fits on {fitting[0]} GB, not on {CARDS[CARDS.index(fitting[0]) - 1]} GB."


def test_it_opens_as_python_made_it(opened):
    widget = opened(PAGE, SLUG)
    assert_shows(widget)
    assert widget.live.locator(".mb-picker [aria-pressed=true]").all_inner_texts() == ["Chest CT, whole"]


def test_every_input_by_its_button(opened):
    widget, words = opened(PAGE, SLUG), MemoryBalance().texts["inputs"]
    for name, state in INPUTS.items():
        widget.press(words[name])
        assert_shows(widget, **state)
        assert widget.live.locator(".mb-picker [aria-pressed=true]").all_inner_texts() == [words[name]]
        assert widget.field("Slices").is_visible() == (state["dimensions"] == 3)


def test_every_slider_by_keyboard(opened):
    widget = opened(PAGE, SLUG)
    presses = {"Rows, columns": "← ←", "Slices": "→ → →", "Channels in": "→", "Batch": "→ → → →", "Width": "← ←",
               "Levels": "→"}  # fmt: skip
    for label, keys in presses.items():
        widget.field(label).focus()
        for key in keys.split():
            widget.page.keyboard.press({"←": "ArrowLeft", "→": "ArrowRight"}[key])
    widget.settle()
    assert_shows(widget, side=496, slices=312, channels=2, batch=5, width=16, levels=5)
    assert "parameters. One training step needs" in widget.spoken() and "Fits on none" in widget.spoken()


def test_dimensions_numbers_and_optimiser_can_be_chosen(opened):
    widget = opened(PAGE, SLUG)
    widget.choose("float16")
    widget.field("Optimiser").select_option("SGD with momentum")
    widget.settle()
    assert_shows(widget, precision="float16", optimiser="SGD with momentum")
    widget.choose("2-D")
    assert_shows(widget, precision="float16", optimiser="SGD with momentum", dimensions=2)


@pytest.mark.parametrize(("scale", "title"), [("linear", "Even"), ("log", "Doubling")])
def test_the_bar_ends_where_its_number_says(opened, scale, title):
    widget = opened(PAGE, SLUG)
    widget.choose(title)
    assert widget.live.locator(".mb-memory-bar").get_attribute("data-scale") == scale
    box = widget.live.locator(".mb-track-memory").bounding_box()
    need, *lines = (
        widget.live.locator(selector).nth(place).evaluate("(el) => parseFloat(el.style.left)")
        for selector, place in ((".mb-need", 0), *((".mb-card-line", place) for place in range(5)))
    )
    place = {"linear": lambda size: size / (88 * GB), "log": lambda size: (np.log2(size) - 20) / 23}[scale]
    np.testing.assert_allclose(need, 100 * place(MemoryBalance(**START).cost().training), atol=1e-3)
    np.testing.assert_allclose(lines, [100 * place(card * GB) for card in CARDS], atol=1e-3)
    lanes = [lane.bounding_box() for lane in widget.live.locator(".mb-lane").all()]
    largest = max(lane["x"] + lane["width"] for lane in lanes) - box["x"]
    np.testing.assert_allclose(largest / box["width"], need / 100, atol=0.01)


def test_the_state_lies_in_the_address_and_comes_back(opened):
    widget = opened(PAGE, SLUG)
    widget.press("Patch of 128³")
    widget.choose("float16")
    widget.choose("Doubling")
    widget.field("Optimiser").select_option("SGD with momentum")
    widget.field("Width").focus()
    widget.page.keyboard.press("ArrowRight")
    widget.settle_address()
    again = opened(widget.page.url.split("/html/", 1)[1], SLUG)
    assert_shows(again, **INPUTS["patch"], precision="float16", optimiser="SGD with momentum", width=40)
    assert again.live.locator(".mb-memory-bar").get_attribute("data-scale") == "log"
    again.press("Reset")
    assert_shows(again)


@pytest.mark.parametrize(
    ("fragment", "state"),
    [
        ("side=1e9&slices=-3&batch=0", {"side": 512, "slices": 16, "batch": 1}),
        ("width=9.4&levels=99&channels=0", {"width": 9, "levels": 5, "channels": 1}),
        ("dimensions=7&precision=float8&optimiser=LBFGS&scale=tens", {}),
        ("dimensions=2.5&precision=constructor", {}),
        ("dimensions=2", {"dimensions": 2}),
    ],
)
def test_an_address_of_nonsense_leaves_a_working_widget(opened, fragment, state):
    widget = opened(f"{PAGE}#{SLUG}?{fragment}", SLUG)
    assert_shows(widget, **state)
    widget.press("Reset")
    assert_shows(widget)


@pytest.mark.parametrize("name", ["chest", "neighbours"])
def test_the_python_line_gives_the_numbers_on_the_screen(opened, name):
    widget = opened(PAGE, SLUG)
    widget.press(MemoryBalance().texts["inputs"][name])
    widget.choose("float16")
    line = widget.copied("Copy as Python")
    found = eval(line, {"cost": cost, "encoder": encoder})
    assert found == MemoryBalance(**INPUTS[name], precision="float16").cost()
    assert widget.text(".mb-pane-result .mb-large") == memory_words(found.training)


def test_without_scripts_the_still_stays(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{PAGE}")
    still = page.locator(f"figure#{SLUG} .marubatsu-still")
    assert still.locator("[role=img]").get_attribute("aria-label") == "Memory of one training step: 76.6 GB"
    assert "76.2 GB" in still.inner_text() and "Largest batch" in still.inner_text()
    assert still.locator("[data-part=activations]").bounding_box()["width"] > 100
    context.close()
