"""The task board in Python: it carries the phantom's truth, and scores the answers as the library does."""

import base64
import re
import zlib

import numpy as np
import pytest
from traitlets import TraitError

from marubatsu.data import phantoms
from marubatsu.metrics import dice
from marubatsu.widgets import TaskBoard
from marubatsu.widgets.task_board.task_board import TASKS


@pytest.fixture(scope="module")
def chest():
    return phantoms.chest(rng=np.random.default_rng(1), nodules=2)


def numbers(entry):
    raw = zlib.decompress(base64.b64decode(entry["data"]))
    return np.frombuffer(raw, entry["dtype"]).reshape(entry["shape"])


def test_the_truth_is_that_of_the_phantom(chest):
    board = TaskBoard(chest)
    np.testing.assert_allclose(numbers(board.images["slice"]), chest.image, atol=0.5)
    np.testing.assert_array_equal(numbers(board.images["lungs"]), chest.masks["lungs"])
    largest = max(chest.nodules, key=lambda nodule: nodule.diameter_mm)
    told = board.answers["nodules"][board.answers["measured"]]
    assert (told["mm"], told["box"]) == (largest.diameter_mm, list(largest.box))
    assert told["malignant"] == largest.malignant and board.answers["spacing"] == chest.spacing


def test_what_was_not_answered_is_left_out(chest):
    board = TaskBoard(chest)
    assert set(board.images) == {"slice", "lungs"} and board.answers["scores"] == {}
    assert all(board.answers[name] is None for name in ("shares", "millimetres", "boxes"))


def test_a_box_on_a_nodule_is_found_and_one_beside_it_a_false_alarm(chest):
    right = [*chest.nodules[0].box, 0.9]
    beside = [10, 10, 20, 20, 0.8]
    assert TaskBoard(chest, boxes=[right, beside]).answers["scores"] == {"found": 1, "false": 1}
    assert TaskBoard(chest, boxes=[]).answers["scores"] == {"found": 0, "false": 0}
    twice = TaskBoard(chest, boxes=[right, [*right[:4], 0.5]]).answers["scores"]
    assert twice == {"found": 1, "false": 1}, "a second box on the same nodule is a false alarm"


def test_the_mask_is_scored_by_dice_and_the_images_by_their_distance_in_the_body(chest):
    mask = np.roll(chest.masks["lungs"], 4, axis=0)
    assert TaskBoard(chest, mask=mask).answers["scores"]["dice"] == dice(mask, chest.masks["lungs"])
    noisy = chest.image + np.where(chest.masks["body"], 30, 500)
    found = TaskBoard(chest, noisy=noisy, cleaned=chest.image).answers["scores"]
    assert found["before"] == pytest.approx(30) and found["after"] == 0


def test_the_made_pictures_travel_as_one_strip_with_their_noise(chest):
    rng = np.random.default_rng(3)
    made, noise = rng.normal(-500, 100, (5, 8, 6)), rng.standard_normal((5, 24))
    board = TaskBoard(chest, made=made, noise=noise)
    np.testing.assert_allclose(numbers(board.images["made"]).reshape(5, 8, 6), made, atol=0.5)
    assert board.images["made"]["side"] == 8 and board.answers["noise"]["shape"] == [5, 24]


def test_on_paper_stand_the_slice_and_all_six_tasks(chest):
    html = TaskBoard(chest).still()
    assert re.search(r'<img [^>]*alt="[^"]+"', html)
    assert [TaskBoard(chest).texts["tasks"][task]["title"] in html for task in TASKS] == [True] * 6


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"shares": [1.0]}, r"shares are two numbers, benign-like and malignant-like, but shape \(1,\) came"),
        ({"boxes": [(1, 2, 3, 4)]}, r"each of the boxes is \(top, left, bottom, right, score\), five numbers"),
        ({"mask": np.zeros((4, 4))}, r"mask must have the shape of the slice, \(256, 256\), but \(4, 4\) came"),
        ({"noisy": np.zeros((256, 256))}, "noisy and cleaned belong together, and so do noise and made; give both"),
        ({"made": np.zeros((2, 3, 3))}, "noisy and cleaned belong together, and so do noise and made; give both"),
        (
            {"noisy": np.zeros((256, 256)), "cleaned": np.zeros((8, 8))},
            r"cleaned must have the shape of the slice.*\(8, 8\) came",
        ),
        (
            {"made": np.zeros((2, 3, 3)), "noise": np.zeros((3, 4))},
            r"made is \(N, H, W\).*\(2, 3, 3\) and \(3, 4\) came",
        ),
    ],
)
def test_an_answer_of_another_shape_is_refused(chest, answers, sentence):
    with pytest.raises(ValueError, match=sentence):
        TaskBoard(chest, **answers)


def test_a_slice_without_a_nodule_and_an_unknown_task_are_refused(chest):
    with pytest.raises(ValueError, match="the slice holds no nodule, so there is nothing to find"):
        TaskBoard(phantoms.chest(rng=np.random.default_rng(1), nodules=0))
    with pytest.raises(TraitError, match="'task' trait of a TaskBoard instance"):
        TaskBoard(chest, task="surgery")


def test_a_box_counts_as_found_from_an_overlap_of_one_fifth(chest):
    top, left, bottom, right = chest.nodules[0].box
    for share, found in ((0.22, 1), (0.18, 0)):
        taller = top + (bottom - top) / share  # the nodule fills this share of the box
        answer = TaskBoard(chest, boxes=[(top, left, taller, right, 0.9)]).answers["scores"]
        assert answer == {"found": found, "false": 1 - found}, share


def test_hounsfield_units_travel_unchanged_between_the_ends_that_a_scanner_gives(chest):
    image = np.resize([-1100.0, -1101.0, -3000.0, 3000.0, 3001.0, 39.6], chest.image.shape)
    sent = numbers(TaskBoard(chest, noisy=image, cleaned=chest.image).images["noisy"])
    assert sent.ravel()[:6].tolist() == [-1100, -1100, -1100, 3000, 3000, 40]
    made = TaskBoard(chest, made=image[None, :2, :3], noise=np.zeros((1, 2))).images["made"]
    assert numbers(made).min() == -1100 and numbers(made).max() == 3000
