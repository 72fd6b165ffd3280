"""The network explorer in the built page: every layer's numbers are the library's, drawn, chosen, edited and linked."""

import numpy as np
import pytest

from marubatsu.data import marks
from marubatsu.methods import by_hand
from marubatsu.widgets import NetworkExplorer
from marubatsu.widgets.kit import drawing, still

PAGE, SLUG = "book/layers/a-network-by-hand.html", "network-explorer"
IMAGES = marks.sample(1000, rng=np.random.default_rng(2026))[0][:5]  # as the page offers them
SYMBOL = dict(zip(marks.KINDS, marks.SYMBOLS, strict=True))


def number(text):
    return float(text.replace("−", "-").replace("> ", "").replace("< ", "").replace(",", ""))


def assert_shows(widget, **state):
    explorer = NetworkExplorer(by_hand.network(), images=IMAGES, **state)
    outputs = explorer.outputs()
    grey = np.repeat(still.shade(explorer.input(), (0.5, 1.0))[..., None], 3, axis=2)
    np.testing.assert_allclose(widget.pixels("input").astype(int), grey, atol=1)
    cards = widget.live.locator(".mb-verdict-card strong").all_inner_texts()
    assert cards == [SYMBOL[explorer.verdict()], SYMBOL[explorer.template_verdict()]]
    shares = [
        number(text) for text in widget.live.locator(".mb-verdict-card").first.locator(".mb-number").all_inner_texts()
    ]
    np.testing.assert_allclose(shares, outputs[-1], atol=0.0011)
    for layer in range(3):  # the maps: bright where the library's numbers are large
        canvases = widget.live.locator(".mb-layer").nth(layer).locator("canvas")
        assert canvases.count() == len(outputs[layer])
        limit = np.abs(outputs[layer]).max() or 1.0
        for channel in (0, 3):
            shown = widget.canvas(canvases.nth(channel))
            np.testing.assert_allclose(shown.astype(int), still.diverge(outputs[layer][channel], limit), atol=3)
    sums = [number(text) for text in widget.live.locator(".mb-layer").nth(4).locator(".mb-cell").all_inner_texts()]
    np.testing.assert_allclose(sums, outputs[4], atol=0.006)


def test_it_opens_as_python_made_it(opened):
    assert_shows(opened(PAGE, SLUG))


def test_an_offered_image_and_a_drawing_by_mouse(opened):
    widget = opened(PAGE, SLUG)
    widget.choose("C")
    assert_shows(widget, image="c")
    widget.choose("Draw")
    assert_shows(widget, image="drawing")
    box = widget.live.locator(".mb-pane-input .mb-view").bounding_box()
    side = box["width"] / 32

    def at(row, column):
        return box["x"] + (column + 0.5) * side, box["y"] + (row + 0.5) * side

    for start, end in (((8, 8), (24, 24)), ((8, 24), (24, 8))):
        widget.page.mouse.move(*at(*start))
        widget.page.mouse.down()
        widget.page.mouse.move(*at(*end), steps=9)
        widget.page.mouse.up()
    widget.page.mouse.move(0, 0)
    widget.settle()
    word = widget.state("drawing")
    assert drawing.decode(word)[8, 8] == 1 == drawing.decode(word)[24, 8]
    assert_shows(widget, image="drawing", drawing=word)
    widget.press("Clear")
    assert_shows(widget, image="drawing")


def test_a_stroke_on_an_offered_image_goes_on_from_it(opened):
    widget = opened(PAGE, SLUG)
    widget.live.locator(".mb-pane-input .mb-view").focus()
    widget.page.keyboard.press("ArrowUp")
    widget.page.keyboard.press("Space")
    widget.settle()
    drawn = drawing.decode(widget.state("drawing"))
    assert drawn[15, 16] == 1 and drawn[8, 8] == 1, "the point is there, and so is the cross"
    assert_shows(widget, image="drawing", drawing=widget.state("drawing"))


STROKE = """async (slug) => {
  const find = (selector) => document.querySelector(`#${slug} ${selector}`), view = find(".mb-pane-input .mb-view");
  const box = view.getBoundingClientRect(), frame = () => new Promise(requestAnimationFrame), seen = [];
  const answer = () => find(".mb-layer:nth-last-child(2)").innerText + find(".mb-shares").innerText;
  const send = (kind, step) => {
    const place = { clientX: box.x + 50 + 8 * step, clientY: box.y + 50 + 4 * step };
    view.dispatchEvent(new PointerEvent(kind, { ...place, button: 0, buttons: 1, pointerId: 1, bubbles: true }));
  };
  view.setPointerCapture = () => {};
  send("pointerdown", 0);
  for (let step = 1; step <= 12; step++) {
    send("pointermove", step);
    await frame();
    await new Promise((next) => setTimeout(next)); // after the callbacks of this one frame
    const now = answer();
    await new Promise((next) => setTimeout(next, 150));
    seen.push([now, answer()]);
  }
  return seen;
}"""


def test_the_whole_chain_has_answered_in_the_frame_after_a_stroke(opened):
    widget = opened(PAGE, SLUG)
    widget.choose("Draw")
    seen = widget.page.evaluate(STROKE, SLUG)
    assert len({now for now, _ in seen}) > 6, "the answer follows the pen"
    assert [now for now, _ in seen] == [later for _, later in seen], "nothing comes later than that frame"


def test_a_weight_is_typed_and_all_layers_follow_and_undo_brings_it_back(opened):
    widget = opened(PAGE, SLUG)
    widget.type("Weight, row 2, column 3", "1.5")
    assert_shows(widget, edits=[0, 9 + 2, 1.5])
    assert "Weights changed: 1." in widget.text(":scope > .mb-notice[data-kind=good]")
    widget.type("Bias", "-0.5")
    assert_shows(widget, edits=[0, 11, 1.5, 0, 486, -0.5])
    widget.press("Undo all")
    assert_shows(widget)


def test_a_weight_of_the_last_sum_can_be_changed_too(opened):
    widget = opened(PAGE, SLUG)
    widget.live.get_by_role("radio", name="Fully connected, ○").check(force=True)
    widget.settle()
    widget.type("Shown: input channel", "4")
    widget.type("Weight, row 3, column 5", "7")
    place = 3 * 64 + 2 * 8 + 4
    assert_shows(widget, edits=[4, place, 7.0])
    sums = NetworkExplorer(by_hand.network(), edits=[4, place, 7.0]).outputs()[4]
    assert number(widget.live.locator(".mb-total strong").inner_text()) == pytest.approx(sums[0], abs=0.006)


def test_the_products_behind_a_number_add_up_to_it(opened):
    widget = opened(PAGE, SLUG)
    view = widget.live.locator(".mb-explain .mb-view")
    view.focus()
    for key in ["Home", "PageUp", "PageUp", "PageUp", "PageUp", "ArrowDown", "ArrowRight"]:
        widget.page.keyboard.press(key)
    widget.settle()
    value = NetworkExplorer(by_hand.network()).outputs()[0][0, 1, 1]
    assert "row 1, column 1" in widget.text(".mb-explain .mb-section .mb-subtitle")
    assert number(widget.live.locator(".mb-total strong").inner_text()) == pytest.approx(value, abs=6e-4)
    products = [
        number(text) for text in widget.live.locator(".mb-explain .mb-grid").nth(3).locator("td").all_inner_texts()
    ]
    assert sum(products) - 0.2 == pytest.approx(value, abs=0.02)
    assert f"row 1, column 1: {value:.3f}".rstrip("0").replace("-", "−") in widget.spoken()


def test_each_kind_of_layer_is_explained(opened):
    widget = opened(PAGE, SLUG)
    outputs = NetworkExplorer(by_hand.network()).outputs()
    widget.live.get_by_role("radio", name="ReLU, 1", exact=True).check(force=True)
    widget.settle()
    assert "above zero" in widget.text(".mb-explain .mb-reading")
    widget.live.get_by_role("radio", name="Max pooling 4 × 4, 2", exact=True).check(force=True)
    widget.settle()
    assert number(widget.text(".mb-explain .mb-reading").split(": ")[1].rstrip(".")) == pytest.approx(
        outputs[2][1].max(), abs=6e-4
    )
    window = [number(text) for text in widget.live.locator(".mb-explain > .mb-grid td").all_inner_texts()]
    assert len(window) == 16 and max(window) == pytest.approx(outputs[2][1].max(), abs=6e-4)
    widget.live.get_by_role("radio", name="Softmax, ×", exact=True).check(force=True)
    widget.settle()
    assert widget.text(".mb-explain .mb-reading").startswith("The scores are ")


def test_the_state_lies_in_the_address_and_comes_back(opened):
    widget = opened(PAGE, SLUG)
    widget.choose("B")
    widget.type("Weight, row 1, column 1", "-2")
    widget.settle_address()
    again = opened(widget.page.url.split("/html/", 1)[1], SLUG)
    assert_shows(again, image="b", edits=[0, 0, -2.0])


NONSENSE = ["edits=0,1", "edits=99,0,1,0,9999,3", "selected=9,99&pixel=500,-3", "image=dog", "drawing=%%%"]


@pytest.mark.parametrize("fragment", [*NONSENSE, "channel=-5&selected=4,1"])
def test_an_address_of_nonsense_leaves_a_working_widget(opened, fragment):
    widget = opened(f"{PAGE}#{SLUG}?{fragment}", SLUG)
    assert widget.live.locator(".mb-verdict-card strong").all_inner_texts()[0] in marks.SYMBOLS
    widget.press("Reset")
    assert_shows(widget)


def test_the_python_line_gives_the_numbers_on_the_screen(opened):
    widget = opened(PAGE, SLUG)
    widget.choose("D")
    given = eval(widget.copied("Copy as Python"), {"network": by_hand.network(), "images": IMAGES})
    np.testing.assert_allclose(
        given[-1][0], NetworkExplorer(by_hand.network(), images=IMAGES, image="d").outputs()[-1], rtol=1e-5
    )


def test_it_also_runs_what_was_learned(opened):
    widget = opened("book/layers/what-it-learned.html", SLUG)
    assert widget.live.locator(".mb-layer").count() == 9
    before = widget.text(".mb-verdict-card")
    widget.choose("A")
    assert widget.live.locator(".mb-verdict-card strong").all_inner_texts()[0] in marks.SYMBOLS
    assert widget.text(".mb-verdict-card") != before or widget.pixels("input").any()
