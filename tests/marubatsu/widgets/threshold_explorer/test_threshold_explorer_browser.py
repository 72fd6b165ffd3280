"""The threshold explorer: dragged, by keys, by address and by buttons it shows what Python counts."""

import base64
import re
import zlib

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix, roc_auc_score, roc_curve

from marubatsu.metrics import wilson_interval
from marubatsu.widgets import ThresholdExplorer
from marubatsu.widgets.kit import still
from marubatsu.widgets.threshold_explorer.threshold_explorer import _percent

PAGE, SLUG = "book/tasks/classification.html", "threshold-explorer"
FIELDS = ("tp", "fp", "fn", "tn")  # as a reader meets them in the table


@pytest.fixture
def widget(opened):
    return opened(PAGE, SLUG)


def given(widget):
    """The scores and labels that the page came with, and its first state."""
    text = widget.figure.locator('script[type="application/json"]').evaluate("(el) => JSON.parse(el.textContent).state")
    return np.array(text["cases"]["scores"]), np.array(text["cases"]["labels"]), text


def fields(widget):
    return [int(text) for text in widget.live.locator(".mb-four-field [class^=mb-field] strong").all_inner_texts()]


def assert_shows(widget, threshold, prevalence):
    scores, labels, _ = given(widget)
    explorer = ThresholdExplorer(scores, labels, threshold=threshold, prevalence=prevalence)
    found = explorer.counts()
    assert fields(widget) == [found[name] for name in FIELDS]
    margins = [" ".join(each.inner_text().split()) for each in widget.live.locator(".mb-four-field .mb-margin").all()]
    tp, fp, fn, tn = (found[name] for name in FIELDS)
    counted = [("PPV here", tp, tp + fp), ("NPV here", tn, tn + fn), ("Sensitivity", tp, tp + fn)]
    counted += [("Specificity", tn, tn + fp), ("Accuracy", tp + tn, len(scores))]
    for shown, (name, right, of) in zip(margins, counted, strict=True):
        low, high = (_percent(end) for end in wilson_interval(right, of))
        assert shown == f"{name} {_percent(right / of)} % {low} – {high}"
    worth = explorer.predictive()
    for place, name in enumerate(("ppv", "npv")):
        line = widget.live.locator(".mb-people-panel .mb-reading").nth(place).inner_text()
        assert f"{_percent(worth[name])} %" in line
    people = sum(len(re.findall("M", path.get_attribute("d"))) for path in widget.live.locator(".mb-person").all())
    assert people == 1000


def test_it_opens_as_python_made_it(widget):
    scores, labels, state = given(widget)
    assert_shows(widget, state["threshold"], state["prevalence"])
    assert widget.text(".mb-pane-roc .mb-size").startswith(f"AUC {roc_auc_score(labels, scores):.3f}".rstrip("0"))


def test_the_threshold_by_keyboard(widget):
    _, _, state = given(widget)
    slider = widget.field("Threshold")
    before = fields(widget)
    slider.focus()
    for key in ("End", "PageDown", "ArrowLeft"):
        widget.page.keyboard.press(key)
    widget.settle()
    value = float(slider.input_value())
    assert_shows(widget, value, state["prevalence"])
    assert fields(widget) != before and f"Threshold {value:.3f}".rstrip("0") in widget.spoken()
    widget.page.keyboard.press("Home")
    widget.settle()
    assert fields(widget)[2:] == [0, 0], "below every score nobody is called negative"


def test_the_threshold_by_mouse_on_the_scores(widget):
    _, _, state = given(widget)
    box = widget.live.locator(".mb-score-chart").bounding_box()
    widget.page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    widget.page.mouse.down()
    widget.page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 0.4 * box["height"], steps=4)
    widget.page.mouse.up()
    widget.settle()
    high = float(widget.state("threshold"))
    assert_shows(widget, high, state["prevalence"])
    mark = widget.live.locator(".mb-rates-mark").bounding_box()
    assert abs(mark["x"] + mark["width"] / 2 - box["x"] - 0.8 * box["width"]) < 3, "the mark is under the pointer"


def test_the_dot_on_the_curve_can_be_dragged(widget):
    scores, labels, _ = given(widget)
    chart = widget.live.locator(".mb-roc-chart").bounding_box()
    widget.page.mouse.click(chart["x"] + 0.25 * chart["width"], chart["y"] + 0.25 * chart["height"])
    widget.settle()
    threshold = float(widget.state("threshold"))
    fpr, tpr, _ = roc_curve(labels, scores, drop_intermediate=False)
    tn, fp, fn, tp = confusion_matrix(labels, scores >= threshold).ravel()
    assert (fp / (fp + tn), tp / (tp + fn)) in set(zip(fpr, tpr, strict=True))
    dot = widget.live.locator(".mb-roc-dot")
    side, left, right, top, bottom = 236, 44, 10, 8, 40  # as rate_charts.js lays out
    assert float(dot.get_attribute("cx")) == pytest.approx(left + fp / (fp + tn) * (side - left - right), abs=0.01)
    assert float(dot.get_attribute("cy")) == pytest.approx(
        side - bottom - tp / (tp + fn) * (side - top - bottom), abs=0.01
    )


def test_the_buttons_go_where_they_say(widget):
    scores, labels, state = given(widget)
    fpr, tpr, _ = roc_curve(labels, scores, drop_intermediate=False)
    ill, well = (labels == 1).sum(), (labels == 0).sum()

    def shares():
        tp, fp, _, _ = fields(widget)
        return tp / ill, fp / well

    widget.press("Youden index")
    assert shares()[0] - shares()[1] == pytest.approx((tpr - fpr).max())
    widget.press("Sensitivity 95 %")
    assert shares()[0] == pytest.approx(tpr[tpr >= 0.95].min())
    widget.press("Equal cost")
    ill_share = state["prevalence"]
    errors = ill_share * (1 - tpr) + (1 - ill_share) * fpr
    assert ill_share * (1 - shares()[0]) + (1 - ill_share) * shares()[1] == pytest.approx(errors.min())


def test_the_prevalence_by_keyboard_and_by_its_button(widget):
    _, labels, state = given(widget)
    widget.field("Prevalence").focus()
    widget.page.keyboard.press("Home")
    widget.settle()
    assert_shows(widget, state["threshold"], 0.001)
    assert widget.text(".mb-prevalence output") == "1 of 1,000 have it (0.1 %)"
    widget.press("As among these cases")
    assert_shows(widget, state["threshold"], labels.mean())


def test_the_state_travels_in_the_address_and_reset_returns(opened, widget):
    _, _, state = given(widget)
    widget.field("Prevalence").focus()
    widget.page.keyboard.press("End")
    widget.press("Youden index")
    threshold = float(widget.state("threshold") or state["threshold"])
    again = opened(f"{PAGE}#{widget.page.url.split('#', 1)[1]}", SLUG)
    assert_shows(again, threshold, 0.9)
    again.press("Reset")
    assert_shows(again, state["threshold"], state["prevalence"])


@pytest.mark.parametrize(("query", "part"), [("prevalence=0.01", "people"), ("threshold=0.3", "scores")])
def test_a_link_brings_into_view_what_it_sets(opened, query, part):
    widget = opened(f"{PAGE}#{SLUG}?{query}", SLUG)
    places = {name: widget.live.locator(f".mb-pane-{name}").bounding_box()["y"] for name in ("people", "scores")}
    assert 0 <= places[part] < 300, places
    assert widget.live.get_by_label({"people": "Prevalence", "scores": "Threshold"}[part], exact=True).is_visible()


@pytest.mark.parametrize(
    ("fragment", "prevalence"),
    [
        ("threshold=1e9&prevalence=7", 0.9),
        ("threshold=-1e9&prevalence=-3", 0.001),
        ("threshold=high&prevalence=", None),
    ],
)
def test_an_address_of_nonsense_leaves_a_working_widget(opened, fragment, prevalence):
    widget = opened(f"{PAGE}#{SLUG}?{fragment}", SLUG)
    _, _, state = given(widget)
    called = sum(fields(widget)[:2])
    if fragment.startswith("threshold=1e9"):
        assert called == 0 and "–" in widget.live.locator(".mb-people-panel .mb-reading").first.inner_text()
    elif fragment.startswith("threshold=-1e9"):
        assert called == sum(fields(widget))
    else:
        assert_shows(widget, state["threshold"], prevalence or state["prevalence"])
    widget.press("Reset")
    assert_shows(widget, state["threshold"], state["prevalence"])


def nearest_wrong(widget):
    """The places of the cases that are called wrongly, the nearest to the threshold first."""
    scores, labels, state = given(widget)
    wrong = np.flatnonzero((scores >= state["threshold"]) != labels)
    found = wrong[np.argsort(np.abs(scores[wrong] - state["threshold"]), kind="stable")][:12]
    assert len(found)
    return found


def test_the_wrongly_called_cases_are_shown_nearest_first(widget):
    scores, labels, _ = given(widget)
    order = nearest_wrong(widget)
    shown = [text.split() for text in widget.live.locator(".mb-wrong-cases li").all_inner_texts()]
    assert [kind for kind, _ in shown] == ["FN" if labels[place] else "FP" for place in order]
    found = [float(score.replace("−", "-")) for _, score in shown]
    np.testing.assert_allclose(found, scores[order], atol=5.1e-4)


def test_each_wrongly_called_case_is_shown_with_its_own_picture(widget, site):
    entry = given(widget)[2]["images"]["cases"]
    script = ((site / PAGE).parent / entry["src"]).read_text(encoding="utf-8")
    bytes_of = zlib.decompress(base64.b64decode(re.search(r'", "(.*)"\)', script)[1]))
    strip = np.frombuffer(bytes_of, entry["dtype"]).reshape(entry["shape"])
    cases = strip.reshape(-1, entry.get("side", entry["shape"][1]), entry["shape"][1])
    canvases = widget.live.locator(".mb-wrong-cases canvas").all()
    for canvas, place in zip(canvases, nearest_wrong(widget), strict=True):
        expected = still.shade(cases[place], entry["window"])
        np.testing.assert_allclose(widget.canvas(canvas)[..., 0].astype(int), expected, atol=1)


def test_the_python_line_makes_the_same_widget(widget):
    scores, labels, _ = given(widget)
    widget.press("Youden index")
    names = {"ThresholdExplorer": ThresholdExplorer, "scores": scores, "labels": labels}
    made = eval(widget.copied("Copy as Python"), names)
    assert [made.counts()[name] for name in FIELDS] == fields(widget)


def test_without_scripts_the_still_stays(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{PAGE}")
    still = page.locator(f"figure#{SLUG} .marubatsu-still")
    assert "TP" in still.inner_text() and "Sensitivity" in still.inner_text()
    assert still.locator("svg[role=img]").bounding_box()["width"] > 100
    context.close()
