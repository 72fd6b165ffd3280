"""What the page "Six tasks" says, computed again from the page's own cells."""

import re

import numpy as np
import pytest
from pages import run, text_of

from marubatsu.metrics import dice, match_boxes, wilson_interval

PAGE = "machines/six-tasks"


@pytest.fixture(scope="module")
def page():
    """The names that the page's cells leave behind."""
    return run(PAGE)


def test_the_six_ends_give_what_the_page_says(page):
    shapes = [end(page["maps"]).shape for end in page["ends"].values()]
    assert shapes == [(1, 2), (1, 1), (1, 1, 256, 256), (1, 2, 256, 256), (1, 1, 256, 256)]
    assert page["from_noise"].shape == (1, 1024) and 32 * 32 == 1024
    assert repr(page["ends"]["detection"]) == repr(page["ends"]["image quality"]), "the same layer"


def test_a_one_by_one_convolution_asks_each_pixel_by_itself(page):
    maps, end = page["maps"], page["each_pixel"]
    alone = end(maps[:, :, 40:41, 70:71])
    np.testing.assert_allclose(alone[0, :, 0, 0], end(maps)[0, :, 40, 70], atol=1e-4)


def test_no_slice_of_the_training_is_among_the_new_ones(page):
    for new in [page["one"], *page["new"]]:
        assert not any(np.array_equal(new.image, seen.image) for seen in page["seen"])


def test_0_98_gave_about_two_false_alarms_a_slice_in_training(page):
    alarms = 0
    for chest in page["seen"]:
        _, boxes = page["read_map"](chest.image)
        truths = [each.box for each in chest.nodules]
        hits = match_boxes([box[:4] for box in boxes], [box[4] for box in boxes], truths, overlap=0.2)
        alarms += np.sum(hits < 0)
    assert 1.5 <= alarms / 24 <= 2.6


def test_the_width_is_measured_to_less_than_a_millimetre_four_times_better_than_guessing(page):
    assert page["interval"][1] < 1 and page["miss"].shape == (12, 4)
    assert 4 <= page["usual"].mean() / page["miss"].mean() < 5.5


def test_three_of_four_nodules_are_found_at_about_two_false_alarms_a_slice(page):
    assert page["found"] / 48 == pytest.approx(3 / 4, abs=0.06) and 1.5 <= page["alarms"] / 12 <= 2.6


def test_the_skin_is_called_lung(page):
    body, lungs = page["one"].masks["body"], page["one"].masks["lungs"]
    wrong = page["mask"] & ~lungs
    from scipy.ndimage import binary_dilation, binary_erosion

    rim = binary_dilation(body, iterations=4) & ~binary_erosion(body, iterations=4)
    assert np.sum(wrong & rim) > 0.5 * np.sum(wrong)
    assert dice(page["mask"] & ~rim, lungs) > page["overlaps"][0]


def test_the_area_of_the_lungs_comes_out_a_fifth_too_large_nearly_all_of_it_extra_pixels(page):
    mask, lungs = page["mask"], page["one"].masks["lungs"]
    assert mask.sum() / lungs.sum() == pytest.approx(1.2, abs=0.04)
    assert np.sum(mask & ~lungs) > 8 * np.sum(lungs & ~mask)
    shares = [mask.sum() / new.masks["lungs"].sum() for (mask, _), new in zip(page["read"], page["new"], strict=True)]
    assert np.mean(shares) == pytest.approx(1.2, abs=0.05)


def test_the_kind_is_told_no_better_than_by_a_ruler(page):
    assert page["right"] / 48 == pytest.approx(3 / 4, abs=0.06)
    width, kind, truth = page["width"][:, 0], page["kind"], page["truth"]
    limit = max(np.unique(width), key=lambda limit: np.mean((width >= limit) == kind))
    assert round(limit, 1) == 11.3
    assert np.sum((page["widths"].ravel() >= limit) == truth) == 34
    low, high = wilson_interval(page["right"], 48)
    assert low < 34 / 48 < high


def test_the_network_cleans_better_than_blurring(page):
    noisy, blurred, cleaned = page["noise_hu"]
    assert cleaned < 0.9 * blurred < 0.9 * noisy


def test_another_threshold_changes_the_boxes_and_not_the_outline(page):
    source = re.search(r"def read_map\(hu\):.*?return [^\n]*\n", text_of(PAGE), re.S)[0]
    assert "0.98" in source
    counts, found, alarms, outlines = [], [], [], []
    for limit in ("0.9", "0.98", "0.99"):
        names = dict(page)
        exec(source.replace("0.98", limit), names)
        read = [names["read_map"](chest.image) for chest in page["new"]]
        hits = [
            match_boxes(
                [box[:4] for box in boxes], [box[4] for box in boxes], [e.box for e in new.nodules], overlap=0.2
            )
            for (_, boxes), new in zip(read, page["new"], strict=True)
        ]
        counts.append(sum(len(boxes) for _, boxes in read))
        found.append(sum(np.sum(hit >= 0) for hit in hits))
        alarms.append(sum(np.sum(hit < 0) for hit in hits) / 12)
        outlines.append(read[0][0])
    assert counts[0] > counts[1] > counts[2]
    np.testing.assert_allclose([found[0], found[2]], [45, 30], atol=3.5)  # "about 45", "some 30"
    assert alarms[0] == pytest.approx(8, abs=0.6) and alarms[2] == pytest.approx(1.3, abs=0.2)
    np.testing.assert_array_equal(outlines[0], outlines[2])


def test_the_solutions_with_code_run(page):
    programs = re.findall(r":::\{solution\}.*?```python\n(.*?)```", text_of(PAGE), re.S)
    assert programs, "the page shows a solution with a program"
    for code in programs:
        names = dict(page)
        exec(code, names)
        assert round(names["true"]) == 207 and names["area"] == pytest.approx(250, abs=8)  # "some 250 cm²"


def test_the_board_shows_the_pages_own_answers(page):
    from marubatsu.widgets import TaskBoard

    assert np.sum(page["shares"]) == pytest.approx(1)
    board = TaskBoard(page["one"], boxes=page["boxes"], mask=page["mask"])
    assert board.answers["scores"]["dice"] == dice(page["mask"], page["one"].masks["lungs"])
