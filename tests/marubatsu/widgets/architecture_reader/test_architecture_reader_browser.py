"""The architecture reader in the built page: all shapes, parameters and products are those of the library's summary."""

import numpy as np
import pytest

from marubatsu.widgets import ArchitectureReader

PAGE, SLUG = "book/architectures/alexnet.html", "architecture-reader"
START = {"network": "alexnet", "networks": ["alexnet_single", "marubatsu_net"]}


def whole(text):
    return int(text.replace(",", ""))


def assert_shows(widget, **state):
    table = ArchitectureReader(**{**START, **state}).summary()
    sums = widget.live.locator(".mb-formula strong").all_inner_texts()
    assert whole(sums[0]) == table.parameters
    assert float(sums[1].split()[0]) == pytest.approx(table.multiply_adds / 1e9, abs=0.006)
    boxes = []
    for face in widget.live.locator(".mb-unit-numbers").all():
        numbers = [whole(text) for text in face.locator("span").all_inner_texts()]
        boxes.append(tuple(numbers[-1:] + numbers[:-1]))
    assert boxes[0] == table.input and boxes[-1] == table.rows[-1].output
    outputs = iter(row.output for row in table.rows)
    assert all(any(box == output for output in outputs) for box in boxes[1:]), "the boxes stand in the table, in order"
    assert {row.output for row in table.rows} == set(boxes[1:])


def test_it_opens_as_python_made_it(opened):
    assert_shows(opened(PAGE, SLUG))


@pytest.mark.parametrize(
    ("name", "sums"),
    {
        "conv1": ["⌊ 227 + 2·0 − 11 4 ⌋ + 1 = 55", "11 · 11 · 3 · 96 + 96 = 34,944", "105,415,200"],
        "conv2": ["5 · 5 · (96 / 2) · 256 + 256 = 307,456", "223,948,800"],
        "pool1": ["⌊ 55 + 2·0 − 3 2 ⌋ + 1 = 27"],
        "flatten": ["256 · 6 · 6 = 9,216"],
        "fc6": ["9216 · 4096 + 4096 = 37,752,832"],
        "fc8": ["4,097,000"],
        "norm1": ["over 5 channels", "k = 2, α = 0.0001, β = 0.75"],
        "drop6": ["a share of 0.5"],
    }.items(),
)
def test_a_box_opens_its_arithmetic(opened, name, sums):
    widget = opened(PAGE, SLUG)
    widget.live.locator(f"input[data-layer={name}]").check(force=True)
    widget.settle()
    shown = widget.text(".mb-detail")
    assert shown.startswith(f"{name} · ")
    for text in sums:
        assert text in shown


def test_a_box_leads_to_the_page_that_explains_it(opened):
    widget = opened(PAGE, SLUG)
    with widget.page.expect_navigation():
        widget.live.get_by_role("link", name="Read about it").click()
    assert widget.page.url.endswith("book/layers/convolution.html")
    assert widget.page.get_by_role("heading", name="Convolution", level=1).is_visible()


@pytest.mark.parametrize(
    ("layer", "label", "value", "edit"),
    [
        ("conv1", "Stride s", 2, "conv1.stride:2"),
        ("conv2", "Outputs", 128, "conv2.out:128"),
        ("conv3", "Kernel k", 5, "conv3.kernel:5"),
        ("pool1", "Kernel k", 2, "pool1.kernel:2"),
        ("conv4", "Groups", 1, "conv4.groups:1"),
        ("fc7", "Outputs", 100, "fc7.out:100"),
    ],
)
def test_a_size_is_changed_and_all_shapes_follow(opened, layer, label, value, edit):
    widget = opened(PAGE, SLUG)
    widget.live.locator(f"input[data-layer={layer}]").check(force=True)
    widget.settle()
    widget.type(label, value)
    assert_shows(widget, edits=edit)
    widget.press("Undo all")
    assert_shows(widget)


def test_another_photograph_and_what_it_means_for_trained_weights(opened):
    widget = opened(PAGE, SLUG)
    widget.type("Rows", 259)
    widget.type("Columns", 259)
    assert_shows(widget, sides=[259, 259])
    note = widget.text(":scope > .mb-notice[data-kind=good]")
    assert "fc6 takes 12,544 numbers in place of 9,216: trained weights would no longer fit." in note


def test_a_layer_that_does_not_fit_stays_open_for_another_number(opened):
    widget = opened(PAGE, SLUG)
    widget.live.locator("input[data-layer=conv2]").check(force=True)
    widget.settle()
    widget.type("Outputs", 127)
    assert "96 channels and 127 filters cannot be cut into 2 equal groups." in widget.text(
        ":scope > .mb-notice[data-kind=bad]"
    )
    assert widget.text(".mb-detail").startswith("conv2 · ")
    widget.type("Outputs", 126)
    assert_shows(widget, edits="conv2.out:126")


def test_what_does_not_fit_is_said_and_the_widget_goes_on(opened):
    widget = opened(PAGE, SLUG)
    widget.type("Rows", 20)
    assert "does not fit: a window of" in widget.text(":scope > .mb-notice[data-kind=bad]")
    widget.type("Rows", 227)
    assert_shows(widget)


@pytest.mark.parametrize(
    ("title", "name"), [("AlexNet, one lane", "alexnet_single"), ("The ○× network", "marubatsu_net")]
)
def test_every_network_that_is_offered(opened, title, name):
    widget = opened(PAGE, SLUG)
    widget.live.get_by_label("Network", exact=True).select_option(title)
    widget.settle()
    assert_shows(widget, network=name)


def test_the_state_lies_in_the_address_and_comes_back(opened):
    widget = opened(PAGE, SLUG)
    widget.type("Stride s", 3)
    widget.type("Columns", 300)
    widget.settle_address()
    again = opened(widget.page.url.split("/html/", 1)[1], SLUG)
    assert_shows(again, edits="conv1.stride:3", sides=[227, 300])


NONSENSE = ["network=dog", "sides=1,2,3", "edits=conv1.stride:0;x.y:3;;", "selected=nothing", "sides=1e99,-4"]


@pytest.mark.parametrize("fragment", NONSENSE)
def test_an_address_of_nonsense_leaves_a_working_widget(opened, fragment):
    widget = opened(f"{PAGE}#{SLUG}?{fragment}", SLUG)
    assert widget.live.locator(".mb-unit").count() >= 1
    widget.press("Reset")
    assert_shows(widget)


def test_the_python_line_gives_the_summary(opened):
    widget = opened(PAGE, SLUG)
    widget.type("Stride s", 3)
    table = eval(widget.copied("Copy as Python"), {"ArchitectureReader": ArchitectureReader})
    assert table == ArchitectureReader("alexnet", edits="conv1.stride:3").summary()
    np.testing.assert_equal(table.rows[0].output, (96, 73, 73))
