"""The challenges of the kernel tuner in the built page: begun at the foot or by a link, and scored as in Python."""

import numpy as np
import pytest
from reader import eventually
from tuner import PAGE, SLUG, assert_shows

from marubatsu.widgets import KernelTuner
from marubatsu.widgets.kernel_tuner import challenges
from marubatsu.widgets.kernel_tuner.kernels import KERNELS

TITLES = {"stroke": "Only ╲", "edges": "Only vertical edges", "noise": "Less noise, same cat"}


@pytest.mark.parametrize("name", TITLES)
def test_a_challenge_is_scored_as_python_scores_it(opened, name):
    widget = opened(PAGE, SLUG)
    widget.live.locator(".mb-card", has_text=TITLES[name]).get_by_role("button", name="Start").click()
    widget.page.wait_for_timeout(400)
    solution = {"stroke": ("falling", -4), "edges": ("vertical", 0), "noise": ("gaussian", 0)}[name]
    widget.live.get_by_label("Start from").select_option(solution[0])
    widget.type("Bias", solution[1])
    widget.page.wait_for_timeout(200)
    tuner = KernelTuner(image=challenges.CHALLENGES[name]["image"], kernel=solution[0], padding=2, bias=solution[1])
    expected = challenges.score(name, tuner.output(), len(tuner.kernel), padding=2)
    said = widget.text(".mb-challenge")
    assert f"Score {int(expected)}" in said or f"Score {round(expected)}" in said, (expected, said)
    assert ("Solved." in said) == (expected >= challenges.CHALLENGES[name]["goal"])


@eventually
def assert_challenge(widget, name, kernel):
    """The challenge stands under the title, with its picture and this kernel."""
    panel, picture = (widget.live.locator(each).bounding_box() for each in (".mb-challenge", ".mb-pane-input canvas"))
    assert panel["y"] + panel["height"] <= picture["y"]
    assert panel["y"] >= 0 and panel["y"] + panel["height"] < 900, "within the screen"
    assert TITLES[name] in widget.text(".mb-challenge")
    weights = widget.live.locator("input[aria-label^='Weight, row']").all()
    np.testing.assert_array_equal([float(each.input_value().replace("−", "-")) for each in weights], np.ravel(kernel))
    picked = widget.live.locator(".mb-picker input:checked").get_attribute("value")
    assert picked == challenges.CHALLENGES[name]["image"]


@pytest.mark.parametrize("name", TITLES)
def test_a_challenge_opened_by_link_stands_under_the_title_and_begins_with_zeros(opened, name):
    widget = opened(f"{PAGE}#{SLUG}?challenge={name}", SLUG)
    assert_challenge(widget, name, np.zeros((5, 5)))
    assert "Score 0 of 100" in widget.text(".mb-challenge")
    widget.press("Reset")
    assert_shows(widget)
    assert not widget.live.locator(".mb-challenge").is_visible()


def test_a_challenge_started_at_the_foot_comes_into_view_with_zeros(opened):
    widget = opened(PAGE, SLUG)
    start = widget.live.locator(".mb-card", has_text="Only vertical edges").get_by_role("button")
    start.focus()
    widget.page.keyboard.press("Enter")
    assert_challenge(widget, "edges", np.zeros((5, 5)))
    assert "challenge now" in widget.page.evaluate("document.activeElement.ariaLabel")


def test_a_link_to_a_challenge_keeps_the_kernel_that_one_has_come_to(opened):
    widget = opened(f"{PAGE}#{SLUG}?challenge=stroke", SLUG)
    widget.live.get_by_label("Start from").select_option("falling")  # the kernel with which the page begins
    widget.settle()
    link = widget.copied("Copy link")
    again = opened(link.split("/html/", 1)[1], SLUG)
    assert_challenge(again, "stroke", KERNELS["falling"])
