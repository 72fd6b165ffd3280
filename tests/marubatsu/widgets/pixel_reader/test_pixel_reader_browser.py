"""The pixel reader in the built page: every number and every grey that it shows is the library's."""

import numpy as np
import pytest
from files import hostile
from pydicom import dcmread
from pydicom.data import get_testdata_file

from marubatsu.widgets import PixelReader, picture
from marubatsu.widgets.kit import still

PAGE, SLUG = "book/layers/images-are-numbers.html", "pixel-reader"


def number(text):
    return float(text.replace("−", "-").replace(" HU", ""))


def assert_shows(widget, **state):
    """The picture, the number, the grey and the numbers around it are those of the library."""
    reader = PixelReader(**{"image": "head", **state})
    array, (row, column) = reader.input(), reader.place()
    shown = array if array.ndim == 3 else np.repeat(still.shade(array, reader._window())[..., None], 3, axis=2)
    np.testing.assert_allclose(widget.pixels("picture").astype(int), shown, atol=1)
    reading = widget.text(".mb-reading")
    assert reading.startswith(f"row {row}, column {column} ")
    if array.ndim == 3:
        red, green, blue = reader.value()
        assert f"red {red}, green {green}, blue {blue}" in reading
        return
    np.testing.assert_allclose(number(widget.text(".mb-reading strong")), reader.value(), atol=0.006)
    assert f"grey {reader.grey()} of 255" in reading
    cells = widget.live.locator(".mb-near td:not(:first-child), .mb-near tr:not(:first-child) td").all()
    values = [number(cell.inner_text()) for cell in cells if cell.inner_text()]
    around = array[max(row - 3, 0) : row + 4, max(column - 3, 0) : column + 4]
    np.testing.assert_allclose(values, around.ravel(), atol=0.006)


def test_it_opens_as_python_made_it(opened):
    assert_shows(opened(PAGE, SLUG))


TITLES = {"○": "circle", "Cat": "cat", "MR liver": "liver", "Retina, colour": "fundus"}
WINDOWS = {"Brain 40 / 80": [40, 80], "Bone 500 / 2000": [500, 2000], "Lung −600 / 1500": [-600, 1500]}


@pytest.mark.parametrize(("title", "name"), TITLES.items())
def test_every_picture_can_be_read(opened, title, name):
    widget = opened(PAGE, SLUG)
    widget.choose(title)
    assert_shows(widget, image=name)


def test_any_pixel_by_keyboard_and_it_is_spoken(opened):
    widget = opened(PAGE, SLUG)
    widget.live.locator(".mb-pane-picture .mb-view").focus()
    for key in ["ArrowUp", "ArrowLeft", "ArrowLeft", "PageDown", "Shift+ArrowRight"]:
        widget.page.keyboard.press(key)
    widget.settle()
    assert_shows(widget, pixel=[128 - 1 + 10, 128 - 2 + 10])
    value, grey = (f(PixelReader(image="head", pixel=[137, 136])) for f in (PixelReader.value, PixelReader.grey))
    assert widget.spoken() == f"Row 137, column 136: {value} HU, shown as grey {grey} of 255.".replace("-", "−")
    for key in ["Home", *["PageUp"] * 14]:
        widget.page.keyboard.press(key)
    widget.settle()
    assert_shows(widget, pixel=[0, 0])


def test_the_mouse_reads_and_a_click_keeps(opened):
    widget = opened(PAGE, SLUG)
    box = widget.live.locator(".mb-pane-picture .mb-view canvas").bounding_box()
    scale = box["width"] / 256
    widget.page.mouse.click(box["x"] + 60.5 * scale, box["y"] + 200.5 * scale)
    widget.page.mouse.move(box["x"] + 100.5 * scale, box["y"] + 90.5 * scale)
    widget.settle()
    assert_shows(widget, pixel=[90, 100])
    widget.page.mouse.move(5, 5)
    widget.settle()
    assert_shows(widget, pixel=[200, 60])


@pytest.mark.parametrize(("label", "window"), WINDOWS.items())
def test_a_window_changes_the_greys_and_not_the_number(opened, label, window):
    widget = opened(PAGE, SLUG)
    before = widget.text(".mb-reading strong")
    widget.press(label)
    assert widget.text(".mb-reading strong") == before
    assert_shows(widget, window=window)
    assert widget.live.get_by_role("button", name=label).get_attribute("aria-pressed") == "true"


def test_level_and_width_by_keyboard(opened):
    widget = opened(PAGE, SLUG)
    widget.press("Brain 40 / 80")
    widget.field("Level").focus()
    for _ in range(5):
        widget.page.keyboard.press("ArrowRight")
    widget.field("Width").focus()
    widget.page.keyboard.press("ArrowLeft")
    widget.settle()
    assert_shows(widget, window=[45, 79])
    assert "Black up to 5.5 HU, white from 84.5 HU." in widget.text(".mb-display .mb-readout")


def test_the_state_lies_in_the_address_and_comes_back(opened):
    widget = opened(PAGE, SLUG)
    widget.press("Bone 500 / 2000")
    widget.live.locator(".mb-pane-picture .mb-view").focus()
    widget.page.keyboard.press("PageUp")
    widget.settle_address()
    assert "window=500,2000" in widget.page.url
    again = opened(widget.page.url.split("/html/", 1)[1], SLUG)
    assert_shows(again, window=[500, 2000], pixel=[118, 128])


def test_an_address_of_nonsense_leaves_a_working_widget(opened):
    widget = opened(f"{PAGE}#{SLUG}?image=nobody&pixel=-5,9999&window=1,0", SLUG)
    assert widget.text(".mb-reading").startswith("row 0, column 31 ")  # the first picture is 32 × 32
    widget.choose("CT head")
    assert_shows(widget)


def test_an_own_dicom_file_shows_its_own_numbers(opened):
    path = get_testdata_file("CT_small.dcm", download=False)
    dataset = dcmread(path)
    stored = dataset.pixel_array[64, 64] * int(dataset.RescaleSlope) + int(dataset.RescaleIntercept)
    widget = opened(PAGE, SLUG)
    assert "stays in this browser" in widget.open_file(path)
    assert number(widget.text(".mb-reading strong")) == stored


def test_hostile_files_get_a_sentence_and_the_picture_stays(opened, tmp_path):
    widget = opened(PAGE, SLUG)
    for path, sentence in hostile(tmp_path):
        said = widget.open_file(path)
        assert sentence in said and "The picture shown before stays." in said, (path.name, said)
    assert_shows(widget)


def test_the_python_line_reads_the_same_number(opened):
    widget = opened(PAGE, SLUG)
    line = widget.copied("Copy as Python")
    assert eval(line, {"picture": picture}) == PixelReader(image="head").value()


def test_without_scripts_the_still_stays(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{PAGE}")
    assert page.locator(f"figure#{SLUG} .marubatsu-still img").is_visible()
    assert page.locator(f"figure#{SLUG} table.marubatsu-numbers td").count() == 25
    context.close()
