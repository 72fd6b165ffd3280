"""The denoising comparer in the built page: pictures and scores are those of Python, by mouse, finger, key and link."""

import base64
import re
import zlib

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from reader import Widget, eventually
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

from marubatsu.widgets.denoising_comparer.denoising_comparer import WINDOWS, DenoisingComparer
from marubatsu.widgets.kit import still

PAGE, SLUG = "book/tasks/image-quality.html", "denoising-comparer"
TITLES = {"low": "Low dose", "filter": "Filter", "network": "Network", "second": "Second network", "full": "Full dose"}
KEYS = ("here", "spread", "error", "psnr", "ssim")
LOAD = """async ([id]) => {
  const stored = JSON.parse(document.querySelector(`#${id} script[type="application/json"]`).textContent), found = {};
  for (const [name, entry] of Object.entries(stored.state.images)) {
    if (!marubatsu.pictures.has(entry.hash)) await new Promise((done) => document.head.append(
      Object.assign(document.createElement("script"), { src: entry.src, onload: done })));
    found[name] = { shape: entry.shape, data: marubatsu.pictures.get(entry.hash) };
  }
  return { found, state: stored.state };
}"""


def unpacked(picture):
    """The numbers of a picture as the page carries it."""
    numbers = np.frombuffer(zlib.decompress(base64.b64decode(picture["data"])), "<i2")
    return numbers.reshape(picture["shape"])


def as_python(widget, **state):
    """The comparer that the page holds, made again in Python from what the page carries, in another state."""
    answer = widget.page.evaluate(LOAD, [SLUG])
    arrays = {name: unpacked(picture) for name, picture in answer["found"].items()}
    first, photons = answer["state"], answer["state"]["photons"]
    kinds = [kind for kind in first["kinds"] if kind != "full"]
    doses = [(count, {kind: arrays[f"{kind}-{i}"] for kind in kinds}) for i, count in enumerate(photons)]
    names = ("dose", "left", "right", "split", "pixel", "side", "window", "shown")
    return DenoisingComparer(arrays["full"], doses, span=first["span"], **({n: first[n] for n in names} | state))


def number(text):
    return np.inf if text == "∞" else float(text.replace("−", "-"))


@eventually
def assert_shows(widget, comparer):
    columns = comparer.picture("full").shape[1]
    split = columns // 2 if comparer.split < 0 else comparer.split
    full = comparer.picture("full").astype(float)
    left, right = (
        comparer.picture(kind) - (full if comparer.shown == "difference" else 0)
        for kind in (comparer.left, comparer.right)
    )
    whole = np.where(np.arange(columns) < split, left, right)
    reach = max(5, round(comparer.window[1] / 5))
    shade = (lambda a: still.diverge(a, reach)) if comparer.shown == "difference" else (
        lambda a: np.repeat(still.shade(a, comparer.window)[..., None], 3, axis=2))  # fmt: skip
    np.testing.assert_allclose(widget.pixels("compare").astype(int), shade(whole), atol=2)
    for place, kind in enumerate(comparer.kinds):
        zoom = widget.canvas(widget.live.locator(".mb-zooms canvas").nth(place)).astype(int)
        shown = comparer.picture(kind) - (full if comparer.shown == "difference" else 0)
        np.testing.assert_allclose(zoom, shade(shown[comparer.square()]), atol=2)
        cells = widget.live.locator(".mb-score-table tbody tr").nth(place).locator("td").all_inner_texts()
        expected = comparer.scores(kind)
        for key, cell in zip(KEYS, cells, strict=True):
            if kind == "full" and key in ("error", "psnr", "ssim"):
                assert cell == "–"
            else:
                digits = {"here": 0, "ssim": 3}.get(key, 1)
                np.testing.assert_allclose(number(cell), getattr(expected, key), atol=0.51 * 10**-digits)
    row, column = comparer.place()
    assert widget.text(".mb-readout") == f"row {row}, column {column}"
    assert widget.live.locator(".mb-divider").get_attribute("aria-valuenow") == str(split)
    assert [tag.inner_text() for tag in widget.live.locator(".mb-tag").all()] == [
        TITLES[comparer.left],
        TITLES[comparer.right],
    ]


def test_it_opens_as_python_made_it(opened):
    widget = opened(PAGE, SLUG)
    assert_shows(widget, as_python(widget))


@pytest.mark.parametrize("dose", [0, 2])
def test_another_dose_shows_other_pictures(opened, dose):
    widget = opened(PAGE, SLUG)
    widget.choose(["300", "700", "3,000"][dose])
    assert_shows(widget, as_python(widget, dose=dose))


@pytest.mark.parametrize(("left", "right"), [("filter", "full"), ("second", "low"), ("network", "network")])
def test_any_two_versions_can_be_laid_side_by_side(opened, left, right):
    widget = opened(PAGE, SLUG)
    widget.field("Left").select_option(TITLES[left])
    widget.field("Right").select_option(TITLES[right])
    assert_shows(widget, as_python(widget, left=left, right=right))


def test_the_divider_follows_the_keys(opened):
    widget = opened(PAGE, SLUG)
    divider = widget.live.get_by_role("slider", name="Divider")
    divider.focus()
    for key in ["ArrowRight", "ArrowRight", "PageDown", "Shift+ArrowLeft", "ArrowLeft"]:
        widget.page.keyboard.press(key)
    assert_shows(widget, as_python(widget, split=80 + 2 - 10 - 10 - 1))
    assert divider.get_attribute("aria-valuetext") == "Low dose left of column 61 of 160, Network right of it"
    for key, place in {"Home": 0, "End": 160}.items():
        widget.page.keyboard.press(key)
        assert_shows(widget, as_python(widget, split=place))


def test_the_divider_follows_the_mouse_and_the_square_stays(opened):
    widget = opened(PAGE, SLUG)
    knob, picture = (widget.live.locator(name).bounding_box() for name in (".mb-divider-knob", ".mb-split"))
    widget.page.mouse.move(knob["x"] + 16, knob["y"] + 16)
    widget.page.mouse.down()
    widget.page.mouse.move(picture["x"] + picture["width"] * 40 / 160, knob["y"] + 30, steps=4)
    widget.page.mouse.up()
    widget.page.mouse.move(5, 5)
    assert_shows(widget, as_python(widget, split=40))


def test_the_divider_follows_a_finger(browser, site):
    context = browser.new_context(viewport={"width": 360, "height": 800}, has_touch=True, offline=True)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{PAGE}")
    widget = Widget(page, SLUG)
    divider = widget.live.locator(".mb-divider")
    divider.scroll_into_view_if_needed()
    knob, picture = (
        widget.live.locator(".mb-divider-knob").bounding_box(),
        widget.live.locator(".mb-split").bounding_box(),
    )
    client = context.new_cdp_session(page)
    start = {"x": knob["x"] + 16, "y": knob["y"] + 16}
    end = {"x": picture["x"] + picture["width"] * 120 / 160, "y": start["y"]}
    for kind, points in (("touchStart", [start]), ("touchMove", [end]), ("touchEnd", [])):
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert_shows(widget, as_python(widget, split=120))
    context.close()


def test_the_square_follows_keys_mouse_and_its_slider(opened):
    widget = opened(PAGE, SLUG)
    row, column = as_python(widget).place()
    widget.live.locator(".mb-pane-compare .mb-view").focus()
    for key in ["ArrowUp", "ArrowLeft", "PageDown", "Shift+ArrowRight"]:
        widget.page.keyboard.press(key)
    assert_shows(widget, as_python(widget, pixel=[row + 9, column + 9]))
    assert "PSNR" in widget.spoken() and f"row {row + 9}, column {column + 9}" in widget.spoken()
    widget.field("Side").focus()
    widget.page.keyboard.press("ArrowLeft")
    box = widget.live.locator(".mb-pane-compare canvas").bounding_box()
    scale = box["width"] / 160
    widget.page.mouse.click(box["x"] + 30.5 * scale, box["y"] + 60.5 * scale)
    widget.page.mouse.move(5, 5)
    assert_shows(widget, as_python(widget, pixel=[60, 30], side=24))


def test_the_mouse_reads_a_pixel_in_every_version_without_moving_the_square(opened):
    widget = opened(PAGE, SLUG)
    box = widget.live.locator(".mb-pane-compare canvas").bounding_box()
    scale = box["width"] / 160
    widget.page.mouse.move(box["x"] + 100.5 * scale, box["y"] + 50.5 * scale)
    widget.settle()
    comparer = as_python(widget)
    cells = [
        number(row.locator("td").first.inner_text()) for row in widget.live.locator(".mb-score-table tbody tr").all()
    ]
    assert cells == [comparer.picture(kind)[50, 100] for kind in comparer.kinds]
    widget.page.mouse.move(5, 5)
    assert_shows(widget, comparer)


@pytest.mark.parametrize(("label", "name"), [("Lung −600 / 1500", "lung"), ("Soft tissue 50 / 400", "soft")])
def test_windows_and_the_difference(opened, label, name):
    widget = opened(PAGE, SLUG)
    widget.press(label)
    assert_shows(widget, as_python(widget, window=WINDOWS[name]))
    widget.choose("Difference from full dose")
    assert_shows(widget, as_python(widget, window=WINDOWS[name], shown="difference"))
    assert widget.text(".mb-scale") == f"−{WINDOWS[name][1] // 5} HU 0 +{WINDOWS[name][1] // 5} HU"


def test_the_state_lies_in_the_address_and_comes_back(opened):
    widget = opened(PAGE, SLUG)
    widget.choose("300")
    widget.choose("Difference from full dose")
    widget.field("Right").select_option("Filter")
    widget.live.get_by_role("slider", name="Divider").focus()
    widget.page.keyboard.press("Home")
    widget.press("Soft tissue 50 / 400")
    widget.settle_address()
    again = opened(widget.page.url.split("/html/", 1)[1], SLUG)
    state = {"dose": 0, "shown": "difference", "right": "filter", "split": 0, "window": [50, 400]}
    assert_shows(again, as_python(again, **state))
    again.press("Reset")
    assert_shows(again, as_python(again))


@pytest.mark.parametrize(
    ("fragment", "state"),
    [
        ("dose=9&split=1e9&side=1000", {"dose": 2, "split": 160, "side": 64}),
        ("dose=-3&side=0.2&pixel=-5,9999", {"dose": 0, "side": 7, "pixel": [0, 159]}),
        ("left=nobody&right=constructor&shown=magic&window=1,0&pixel=3", {"right": "full", "pixel": []}),
    ],
)
def test_an_address_of_nonsense_leaves_a_working_widget(opened, fragment, state):
    widget = opened(f"{PAGE}#{SLUG}?{fragment}", SLUG)
    if "window=1,0" in fragment:
        state = state | {"window": [-600, 1500]}
    assert_shows(widget, as_python(widget, **state))
    widget.press("Reset")
    assert_shows(widget, as_python(widget))


def test_the_python_line_gives_the_scores_on_the_screen(opened):
    widget = opened(PAGE, SLUG)
    widget.choose("3,000")
    line = widget.copied("Copy as Python")
    comparer = as_python(widget)
    assert eval(line, {"comparer": comparer}) == as_python(widget, dose=2).scores("network")


@pytest.mark.parametrize("seed", range(6))
def test_the_scores_in_javascript_are_those_of_scikit_image(call, seed):
    rng = np.random.default_rng(seed)
    shape = tuple(int(side) for side in rng.integers(7, 24, 2))
    full = rng.integers(-1000, 500, shape).astype(float)
    shown = full + np.rint(rng.normal(rng.uniform(-20, 20), rng.uniform(1, 200), shape))
    a, b = (
        {"rows": shape[0], "columns": shape[1], "data": {"numbers": each.ravel().tolist()}} for each in (full, shown)
    )
    np.testing.assert_allclose(
        call("picture_scores", "psnr", a, b, 1500), peak_signal_noise_ratio(full, shown, data_range=1500)
    )
    np.testing.assert_allclose(
        call("picture_scores", "ssim", a, b, 1500), structural_similarity(full, shown, data_range=1500), rtol=1e-9
    )
    np.testing.assert_allclose(call("picture_scores", "meanError", a, b), np.mean(shown - full))
    found = call("picture_scores", "meanAndSpread", b)
    np.testing.assert_allclose([found["mean"], found["spread"]], [shown.mean(), shown.std()])
    box = {"top": 0, "left": shape[1] - 7, "side": 7}
    inside = call("picture_scores", "scoresIn", a, b, box, 1500)
    np.testing.assert_allclose(inside["spread"], shown[:7, -7:].std())
    np.testing.assert_allclose(inside["ssim"], structural_similarity(full[:7, -7:], shown[:7, -7:], data_range=1500))
    assert call("picture_scores", "ssim", a, a, 1500) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(browser, site, mode, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=mode)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{PAGE}#{SLUG}?shown=difference")
    page.wait_for_selector(f"#{SLUG}[data-mounted]")
    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
    found = Axe().run(page, context=f"#{SLUG}", options=rules).response["violations"]
    assert [(rule["id"], [node["html"][:150] for node in rule["nodes"]]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_without_scripts_the_still_stays(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{PAGE}")
    figure = page.locator(f"figure#{SLUG} .marubatsu-still")
    assert figure.locator("img").count() == 2 and figure.locator("img").first.is_visible()
    assert re.search(r"Network\s+\d", figure.locator("table").inner_text())
    context.close()
