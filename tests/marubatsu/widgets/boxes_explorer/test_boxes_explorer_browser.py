"""The boxes explorer shows what Python counts, by mouse, keys and address; its arithmetic is the library's."""

import re

import numpy as np
import pytest

from marubatsu.metrics import froc, iou, match_boxes
from marubatsu.widgets import BoxesExplorer

PAGE, SLUG = "book/tasks/detection.html", "boxes-explorer"


@pytest.fixture
def widget(opened):
    return opened(PAGE, SLUG)


def given(widget):
    """What the page came with: its first state."""
    return widget.figure.locator('script[type="application/json"]').evaluate("(el) => JSON.parse(el.textContent).state")


def made(widget, **state):
    first = given(widget)
    cases = first["cases"]
    images = np.zeros((cases["pictures"], cases["rows"], cases["columns"]))
    state = {name: first[name] for name in ("slice", "threshold", "overlap", "own", "shown")} | state
    return BoxesExplorer(images, cases["truths"], cases["boxes"], cases["scores"], **state)


def lines(widget):
    return [text.strip() for text in widget.live.locator(".mb-found-line strong").all_inner_texts()]


def own_box(widget):
    return [int(each) for each in widget.state("own").split(",")]


def assert_shows(widget, **state):
    explorer = made(widget, **state)
    here, (rate, sensitivity) = explorer.counts(), explorer.rates()
    shown = lines(widget)
    assert [int(each) for each in shown[:3]] == [here["hits"], here["missed"], here["false_alarms"]]
    assert float(shown[3].removesuffix(" %")) == pytest.approx(100 * sensitivity, abs=0.051)
    assert float(shown[4]) == pytest.approx(rate, abs=0.0051)
    count = {kind: widget.live.locator(f".mb-found-{kind}").count() for kind in ("truth", "hit", "false")}
    truths = here["hits"] + here["missed"]
    assert count == {"truth": truths, "hit": here["hits"], "false": here["false_alarms"]}
    rows = widget.live.locator(".mb-found-table tbody tr[data-kind]").all()
    assert len(rows) == here["hits"] + here["false_alarms"]


def test_it_opens_as_python_made_it(widget):
    assert_shows(widget)
    assert "A" in widget.live.locator("input[type=radio]:checked + span").first.inner_text()


def test_threshold_and_overlap_by_keyboard(widget):
    slider = widget.field("Score at least")
    slider.focus()
    for key in ("Home", "PageUp", "ArrowRight"):
        widget.page.keyboard.press(key)
    widget.settle()
    threshold = float(slider.input_value())
    assert_shows(widget, threshold=threshold)
    widget.field("IoU at least").focus()
    widget.page.keyboard.press("End")
    widget.settle()
    assert_shows(widget, threshold=threshold, overlap=0.9)
    assert "IoU at least 0.9" in widget.spoken()
    widget.field("Score at least").focus()
    widget.page.keyboard.press("End")
    widget.settle()
    assert_shows(widget, threshold=1, overlap=0.9)
    assert widget.text(".mb-found-table tbody") == "No box reaches this score."


def test_every_slice_can_be_looked_at(widget):
    for slice_, letter in enumerate("ABCDEFGH"):
        widget.choose(letter)
        assert_shows(widget, slice=slice_)


def test_a_box_drawn_by_mouse_is_read_number_by_number(widget):
    cases = given(widget)["cases"]
    view = widget.live.locator(".mb-found-view canvas").bounding_box()
    top, left, bottom, right = (int(edge) for edge in cases["truths"][0][0])
    side = view["width"] / cases["columns"]

    def at(row, column):
        return view["x"] + (column + 0.5) * side, view["y"] + (row + 0.5) * side

    widget.page.mouse.move(*at(top + 1, left))
    widget.page.mouse.down()
    widget.page.mouse.move(*at(bottom + 1, right), steps=3)
    widget.page.mouse.up()
    widget.settle()
    own = own_box(widget)
    assert own == [top + 1, left, bottom + 2, right + 1]
    best = iou([own], cases["truths"][0]).max()
    words = widget.text(".mb-found-sum")
    shared, together, shown = re.search(r": (\d+) / (\d+) = ([\d.]+)\.$", words).groups()
    assert float(shown) == pytest.approx(best, abs=0.0051) and int(shared) / int(together) == pytest.approx(best)
    assert made(widget, own=own).own_overlap() == pytest.approx(best)
    widget.press("Remove my box")
    assert widget.text(".mb-found-sum") == "You have not drawn a box yet."


def test_a_box_by_keyboard_moves_grows_and_goes(widget):
    widget.live.locator(".mb-found-view").focus()
    press = widget.page.keyboard.press
    press("ArrowDown")
    widget.settle()
    first = own_box(widget)
    press("ArrowDown")
    press("ArrowLeft")
    press("Shift+ArrowRight")
    press("Shift+ArrowUp")
    widget.settle()
    top, left, bottom, right = first
    assert own_box(widget) == [top + 1, left - 1, bottom, right]
    assert "Intersection over union" in widget.spoken()
    press("Escape")
    widget.settle()
    assert widget.live.locator(".mb-found-own").count() == 0


def test_the_point_moves_along_the_curve(widget):
    def dot():
        circle = widget.live.locator(".mb-froc-chart .mb-roc-dot")
        return float(circle.get_attribute("cx")), float(circle.get_attribute("cy"))

    slider = widget.field("Score at least")
    places = []
    for threshold in (0.9, 0.5, 0.3):
        slider.fill(str(threshold))
        widget.settle()
        rate, sensitivity = made(widget, threshold=threshold).rates()
        places.append(dot())
        assert places[-1] == pytest.approx((44 + rate / 4 * 264, 210 - sensitivity * 200), abs=0.01)
    assert places == sorted(places) and len(set(places)) == 3


def test_the_state_travels_in_the_address_and_reset_returns(opened, widget):
    widget.field("Score at least").fill("0.55")
    widget.choose("C")
    widget.live.locator(".mb-found-view").focus()
    widget.page.keyboard.press("ArrowUp")
    widget.settle()
    own = own_box(widget)
    again = opened(f"{PAGE}#{widget.page.url.split('#', 1)[1]}", SLUG)
    assert_shows(again, threshold=0.55, slice=2, own=own)
    assert again.live.locator(".mb-found-own").count() == 1
    again.press("Reset")
    assert_shows(again)


def test_a_link_to_the_image_alone_gives_nothing_away_until_the_boxes_are_asked_for(opened):
    widget = opened(f"{PAGE}#{SLUG}?shown=image&threshold=0.1", SLUG)
    boxes = ".mb-found-truth, .mb-found-hit, .mb-found-false, .mb-found-score"
    for letter in "AB":
        widget.choose(letter)
        assert widget.live.locator(boxes).count() == 0
        assert widget.spoken() == f"Slice {letter}, without boxes and numbers."
        assert not re.search(r"Hits|Missed|nodules|IoU", widget.live.inner_text())
    widget.live.locator(".mb-found-view").focus()
    widget.page.keyboard.press("ArrowUp")
    widget.settle()
    assert widget.live.locator(".mb-found-own").count() == 1
    assert "IoU" not in widget.live.inner_text() and "ntersection" not in widget.spoken()
    eval(
        widget.copied("Copy as Python"),
        {"BoxesExplorer": lambda *given, **state: None if state["shown"] == "image" else pytest.fail("boxes")}
        | dict.fromkeys(("images", "truths", "boxes", "scores")),
    )
    own = own_box(widget)
    widget.field("Show the boxes").focus()
    widget.page.keyboard.press("Space")
    widget.settle()
    assert_shows(widget, slice=1, threshold=0.1, own=own, shown="boxes")
    assert widget.state("shown") == ""


@pytest.mark.parametrize(
    "query",
    [
        "shown=nothing",
        "slice=99&threshold=7&overlap=-3&own=[9,9,9,9]",
        "slice=x&threshold=&own=[1,2]",
        "own=[1e9,0,-5,3]",
    ],
)
def test_an_address_of_nonsense_leaves_a_working_widget(opened, query):
    widget = opened(f"{PAGE}#{SLUG}?{query}", SLUG)
    assert len(lines(widget)) == 5
    widget.press("Reset")
    assert_shows(widget)


def test_the_python_line_makes_the_same_widget(widget):
    widget.field("Score at least").fill("0.4")
    widget.settle()
    cases = given(widget)["cases"]
    names = {"BoxesExplorer": BoxesExplorer, "truths": cases["truths"], "boxes": cases["boxes"]}
    names |= {"images": np.zeros((8, 4, 4)), "scores": cases["scores"]}
    counts = eval(widget.copied("Copy as Python"), names).counts()
    assert [int(each) for each in lines(widget)[:3]] == [counts["hits"], counts["missed"], counts["false_alarms"]]


@pytest.mark.parametrize("seed", range(12))
def test_the_arithmetic_is_that_of_the_library(call, seed):
    rng = np.random.default_rng(seed)

    def boxes(count):
        corner = rng.integers(0, 14, (count, 2))
        return np.concatenate([corner, corner + rng.integers(1, 9, (count, 2))], axis=1)

    truths = [boxes(rng.integers(0, 4)) for _ in range(4)] + [boxes(2)]
    found = [boxes(rng.integers(0, 8)) for _ in truths]
    scores = [rng.integers(0, 8, len(each)) / 8 for each in found]  # with ties
    overlap = float(rng.choice([0.1, 0.3, 0.5]))
    hits = [match_boxes(*each, overlap=overlap) for each in zip(found, scores, truths, strict=True)]
    for box, score, truth, hit in zip(found, scores, truths, hits, strict=True):
        assert call("found_boxes", "matchBoxes", box.tolist(), score.tolist(), truth.tolist(), overlap) == hit.tolist()
        for each in box:
            best = iou([each], truth).max(initial=0)
            assert call("found_boxes", "nearest", each.tolist(), truth.tolist())["iou"] == pytest.approx(best)
    counts = [len(each) for each in truths]
    ours = call("found_boxes", "froc", [s.tolist() for s in scores], [h.tolist() for h in hits], counts)
    thresholds, false_alarms, sensitivity = froc(scores, hits, counts)
    np.testing.assert_allclose(ours["thresholds"][1:], thresholds[1:])
    np.testing.assert_allclose(ours["falseAlarms"], false_alarms)
    np.testing.assert_allclose(ours["sensitivity"], sensitivity)


def test_without_scripts_the_still_stays(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{PAGE}")
    still = page.locator(f"figure#{SLUG} .marubatsu-still")
    assert "Hits" in still.inner_text() and still.locator("svg[role=img]").bounding_box()["width"] > 200
    context.close()


def test_a_threshold_stands_at_the_last_score_that_is_not_below_it(call):
    curve = {"thresholds": [0.9, 0.6, 0.3]}
    assert [call("found_boxes", "placeOf", curve, at) for at in (0.95, 0.9, 0.6, 0.59, 0.1)] == [0, 0, 1, 1, 2]
