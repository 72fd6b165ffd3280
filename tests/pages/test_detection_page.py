"""What the page "Detection" says, computed again from the page's own cells."""

import numpy as np
import pytest
from pages import run

from marubatsu.metrics import bootstrap_interval, iou, wilson_interval

PAGE = "tasks/detection"


@pytest.fixture(scope="module")
def page():
    """The names that the page's cells leave behind."""
    return run(PAGE)


def test_a_box_one_pixel_beside_a_nodule_of_four_shares_9_of_23_pixels():
    assert iou([[10, 10, 14, 14]], [[11, 11, 15, 15]]) == pytest.approx(9 / 23) and round(9 / 23, 2) == 0.39


def test_the_pixels_are_of_two_and_a_half_millimetres_and_every_lung_lies_in_the_crop(page):
    for chest in (*page["learning"], *page["tuning"], *page["testing"]):
        assert chest.spacing == 2.5
        assert page["crop"](chest.masks["lungs"]).sum() == chest.masks["lungs"].sum()
    assert all(len(chest.nodules) == 4 for chest in page["learning"])


def test_the_boxes_in_the_crop_frame_the_nodules(page):
    for chest in page["testing"]:
        mask = page["crop"](chest.masks["nodules"])
        inside = sum(mask[top:bottom, left:right].sum() for top, left, bottom, right in page["boxes_of"](chest))
        assert inside == mask.sum()


def test_the_lungs_that_both_methods_search_hold_nearly_all_nodules(page):
    held = [
        page["lungs"](chest.image)[page["crop"](chest.masks["nodules"])].mean()
        for chest in page["testing"]
        if chest.nodules
    ]
    assert np.mean(held) > 0.97


def test_the_floor_was_chosen_on_the_tuning_slices(page):
    assert page["floor"] == max(page["floors"], key=page["floors"].get) == -700


def test_at_half_a_false_alarm_the_network_finds_two_in_ten_more_and_it_is_no_chance(page):
    assert page["differ"](page["every"]) == pytest.approx(0.2, abs=0.05)
    assert bootstrap_interval(page["differ"], page["every"], rng=np.random.default_rng(7))[0] > 0


def test_two_in_three_test_slices_hold_a_nodule(page):
    held = sum(bool(chest.nodules) for chest in page["testing"])
    assert held == 41 and held / len(page["testing"]) == pytest.approx(2 / 3, abs=0.03)


def test_at_four_false_alarms_both_find_nearly_every_nodule_and_the_network_is_never_behind(page):
    assert (page["middle"][:, -1] > 0.96).all()
    assert (page["middle"][1] >= page["middle"][0] - 0.02).all()


def test_the_chosen_threshold_gives_about_one_false_alarm_on_the_test_slices_too(page):
    assert page["false"] / 60 == pytest.approx(1, abs=0.25)
    assert page["right"] / len(page["seen"]) == pytest.approx(0.9, abs=0.05) and len(page["seen"]) == 75


def test_25_small_nodules_are_too_few_to_prove_that_they_are_missed_more_often(page):
    small, large = page["groups"]
    assert len(small) == 25 and small.mean() < large.mean()
    assert wilson_interval(int(small.sum()), len(small))[1] > wilson_interval(int(large.sum()), len(large))[0]


def test_by_the_stricter_rule_the_lead_of_the_network_is_gone(page):
    find = [lambda chest: page["spots"](chest, page["floor"]), page["marks"]]
    strict = [page["score"](page["testing"], each, 0.5) for each in find]
    shares = [page["at"](result, 1, page["every"]) for result in strict]
    before = page["middle"][:, 2]
    np.testing.assert_allclose([before[0], shares[0]], [0.61, 0.59], atol=0.006)
    assert before[1] == pytest.approx(0.88, abs=0.03) and shares[1] < 0.6
    rule, network = (page["at"](result, 4, page["every"]) for result in strict)
    assert network < rule - 0.1  # at many alarms even reversed
