"""The kernel tuner in the built page: mouse, keyboard, address, own and hostile files, and no scripts at all."""

import numpy as np
import pytest
from files import hostile
from PIL import Image
from pydicom.data import get_testdata_file
from tuner import PAGE, SLUG, START, assert_shows

from marubatsu.arithmetic.convolution import conv2d
from marubatsu.widgets import KernelTuner, picture
from marubatsu.widgets.kernel_tuner.kernels import KERNELS


def test_it_opens_as_python_made_it(opened):
    assert_shows(opened(PAGE, SLUG))


@pytest.mark.parametrize("image", ["○", "Cat", "Noisy cat", "CT head", "MR liver", "Retina"])
def test_every_picture_can_be_chosen(opened, image):
    names = {"○": "circle", "Cat": "cat", "Noisy cat": "noisy", "CT head": "head", "MR liver": "liver"}
    widget = opened(PAGE, SLUG)
    widget.choose(image)
    assert_shows(widget, image=names.get(image, "retina"))


@pytest.mark.parametrize("name", KERNELS)
def test_every_kernel_can_be_started_from(opened, name):
    widget = opened(PAGE, SLUG)
    widget.choose("CT head")
    widget.live.get_by_label("Start from").select_option(name)
    widget.settle()
    assert_shows(widget, image="head", kernel=name)


def test_a_typed_weight_and_every_option_reach_the_output(opened):
    widget = opened(PAGE, SLUG)
    kernel = KERNELS["falling"].copy().astype(float)
    widget.type("Weight, row 1, column 5", "1/3")
    kernel[0, 4] = 1 / 3
    assert_shows(widget, kernel=kernel)
    for label, value in [("Bias", -2), ("Stride s", 2), ("Padding p", 4), ("Dilation d", 2)]:
        widget.type(label, value)
    state = {"kernel": kernel, "bias": -2, "stride": 2, "padding": 4, "dilation": 2}
    assert_shows(widget, **state)
    widget.live.get_by_role("switch", name="ReLU").focus()
    widget.page.keyboard.press("Space")
    widget.settle()
    assert_shows(widget, **state, relu=True)
    widget.type("Size k", 3)
    assert widget.live.get_by_label("Weight, row").count() == 9
    widget.press("Reset")
    assert_shows(widget)


def test_a_weight_is_dragged_by_mouse_and_moved_by_arrow_keys(opened):
    widget = opened(PAGE, SLUG)
    weight = widget.field("Weight, row 1, column 1")
    weight.focus()
    widget.page.keyboard.press("ArrowUp")
    widget.page.keyboard.press("Shift+ArrowUp")
    widget.settle()
    kernel = KERNELS["falling"].astype(float)
    kernel[0, 0] = 5  # by 0.1 to 4.1, then to the next whole number
    assert_shows(widget, kernel=kernel)
    box = widget.field("Weight, row 2, column 1").bounding_box()
    widget.page.mouse.move(box["x"] + 10, box["y"] + 10)
    widget.page.mouse.down()
    widget.page.mouse.move(box["x"] + 10, box["y"] - 40, steps=5)
    widget.page.mouse.up()
    widget.settle()
    value = float(widget.field("Weight, row 2, column 1").input_value().replace("−", "-"))
    assert value > -1
    kernel[1, 0] = value
    assert_shows(widget, kernel=kernel)


def test_what_is_no_number_is_marked_and_changes_nothing(opened):
    widget = opened(PAGE, SLUG)
    field = widget.field("Weight, row 1, column 1")
    field.fill("abc")
    assert field.get_attribute("aria-invalid") == "true"
    assert_shows(widget)
    field.press("Tab")
    assert field.input_value() == "4"


TYPE_AT_ONCE = """(input, texts) => {
  for (const value of texts) {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""


def test_a_number_on_its_way_is_left_to_the_writer_when_the_picture_follows(opened):
    widget = opened(PAGE, SLUG)
    field = widget.field("Weight, row 1, column 5")
    field.focus()
    field.evaluate(TYPE_AT_ONCE, ["1", "1/"])  # the frame that shows 1 comes when "1/" stands there
    widget.settle()
    assert field.input_value() == "1/"
    widget.page.keyboard.press("End")
    widget.page.keyboard.type("3")
    kernel = KERNELS["falling"].astype(float)
    kernel[0, 4] = 1 / 3
    assert_shows(widget, kernel=kernel)
    widget.field("Bias").focus()
    widget.page.keyboard.press("Control+a")
    widget.page.keyboard.press("-")
    field.evaluate(TYPE_AT_ONCE, ["2"])
    widget.settle()
    widget.page.keyboard.press("2")
    kernel[0, 4] = 2
    assert_shows(widget, kernel=kernel, bias=-2)


def test_each_output_pixel_shows_its_products(opened):
    widget = opened(PAGE, SLUG)
    view = widget.live.locator(".mb-pane-output .mb-view")
    view.focus()
    for _ in range(3):
        widget.page.keyboard.press("ArrowLeft")
    widget.page.keyboard.press("ArrowUp")
    widget.settle()
    tuner = KernelTuner(**START)
    patch = np.pad(tuner.input(), 2)[15:20, 13:18].astype(float)  # under the kernel at row 15, column 13
    tables = widget.live.locator(".mb-grid").all()
    assert len(tables) == 3
    for table, expected in zip(tables, (patch, tuner.kernel, patch * tuner.kernel), strict=True):
        cells = [float(text.replace("−", "-") or 0) for text in table.locator("td").all_inner_texts()]
        np.testing.assert_allclose(np.reshape(cells, (5, 5)), expected, atol=5.1e-4)
    assert "row 15, column 13" in widget.text(".mb-section .mb-subtitle")
    total = widget.text(".mb-total").removeprefix("Sum of products ").replace("−", "-")
    np.testing.assert_allclose(float(total), tuner.output()[15, 13], atol=5.1e-4)
    assert "Output row 15, column 13: the sum of 25 products is" in widget.spoken()


def test_the_mouse_points_at_pixels_too(opened):
    widget = opened(PAGE, SLUG)
    box = widget.live.locator(".mb-pane-output .mb-view canvas").bounding_box()
    widget.page.mouse.move(box["x"] + 0.5, box["y"] + 0.5)
    widget.settle()
    assert widget.text(".mb-pane-output .mb-readout").startswith("row 0, column 0:")
    assert widget.live.locator(".mb-grid td.mb-outside").count() > 0, "the padding is shown as such"


def test_a_kernel_larger_than_the_image_gets_a_sentence_and_the_way_back(opened, tmp_path):
    Image.new("L", (8, 8), 128).save(tmp_path / "tiny.png")
    widget = opened(PAGE, SLUG)
    widget.open_file(tmp_path / "tiny.png")
    widget.type("Padding p", 0)
    widget.type("Dilation d", 3)
    problem = widget.live.locator(".mb-pane-output .mb-notice")
    assert "The kernel covers 13 pixels along a side, but the padded input has only 8." in problem.inner_text()
    assert not widget.live.locator(".mb-pane-output canvas").is_visible()
    widget.type("Padding p", 3)
    assert problem.is_hidden() and widget.text(".mb-pane-output .mb-size") == "2 × 2"


def test_drawing_by_mouse_and_by_keyboard(opened):
    widget = opened(PAGE, SLUG)
    widget.choose("Draw")
    assert widget.pixels("input").max() == 0
    box = widget.live.locator(".mb-pane-input .mb-view canvas").bounding_box()
    widget.page.mouse.move(box["x"] + 20, box["y"] + 20)
    widget.page.mouse.down()
    widget.page.mouse.move(box["x"] + 90, box["y"] + 90, steps=8)
    widget.page.mouse.up()
    widget.settle()
    drawn = (widget.pixels("input")[..., 0] > 0).sum()
    assert drawn > 20
    view = widget.live.locator(".mb-pane-input .mb-view")
    view.focus()
    for key in ["Home", "Space"]:
        widget.page.keyboard.press(key)
    widget.settle()
    assert (widget.pixels("input")[..., 0] > 0).sum() > drawn
    widget.press("Clear")
    assert widget.pixels("input").max() == 0


def test_the_state_lies_in_the_address_and_comes_back(opened):
    widget = opened(PAGE, SLUG)
    widget.choose("CT head")
    widget.type("Weight, row 3, column 3", "2.5")
    widget.type("Stride s", 3)
    widget.settle_address()
    address = widget.page.url
    assert f"#{SLUG}?" in address and "image=head" in address and "stride=3" in address
    kernel = KERNELS["falling"].astype(float)
    kernel[2, 2] = 2.5
    again = opened(address.split("/html/", 1)[1], SLUG)
    assert_shows(again, image="head", kernel=kernel, stride=3)


@pytest.mark.parametrize(
    "fragment",
    [
        "kernel=1,2;3",
        "kernel=a,b;c,d",
        "stride=0&padding=-5&dilation=1e9",
        "image=nobody&shown=x",
        "pixel=1,2,3",
        "%%%",
    ],
)
def test_an_address_of_nonsense_leaves_a_working_widget(opened, fragment):
    widget = opened(f"{PAGE}#{SLUG}?{fragment}", SLUG)
    widget.choose("Cat")
    widget.type("Stride s", 2)
    assert "×" in widget.text(".mb-pane-output .mb-size")
    widget.press("Reset")
    assert_shows(widget)


def test_an_own_dicom_file_opens_in_hu_and_stays(opened):
    widget = opened(PAGE, SLUG)
    said = widget.open_file(get_testdata_file("CT_small.dcm", download=False))
    assert "stays in this browser" in said and "names burned into the picture" in said
    assert widget.text(".mb-pane-input .mb-size") == "128 × 128 HU"
    assert widget.text(".mb-pane-output .mb-size") == "128 × 128"


def test_hostile_files_get_a_sentence_and_the_picture_stays(opened, tmp_path):
    widget = opened(PAGE, SLUG)
    for path, sentence in hostile(tmp_path):
        said = widget.open_file(path)
        assert sentence in said and "The picture shown before stays." in said, (path.name, said)
        assert_shows(widget)
    widget.type("Stride s", 2)
    assert_shows(widget, stride=2)


def test_the_python_line_is_copied(opened):
    widget = opened(PAGE, SLUG)
    line = widget.copied("Copy as Python")
    array = eval(line, {"np": np, "conv2d": conv2d, "picture": picture})
    np.testing.assert_allclose(array, KernelTuner(**START).output(), atol=1e-5)


def test_without_scripts_the_still_stays(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{PAGE}")
    figure = page.locator(f"figure#{SLUG}")
    assert figure.locator("figcaption").is_visible() and figure.locator(".marubatsu-still img").count() == 2
    assert figure.locator("table.marubatsu-numbers td").count() == 25
    context.close()
