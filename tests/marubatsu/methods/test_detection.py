import numpy as np
import pytest

from marubatsu.arithmetic.activations import sigmoid
from marubatsu.methods.detection import SIZE_WEIGHT, boxes_from_maps, centre_loss, centre_maps
from marubatsu.metrics import iou

BOXES = [(10, 20, 18, 28), (30, 4, 42, 16)]


def given(targets, high=6.0):
    """What a network would give that has learnt its targets: logits of the bell, and the size around each middle."""
    maps = targets.copy()
    maps[0] = np.log(np.clip(targets[0], 1e-4, 0.999) / (1 - np.clip(targets[0], 1e-4, 0.999)))
    return maps


def test_the_middle_of_each_box_is_1_and_its_size_stands_there():
    maps = centre_maps((64, 48), BOXES, stride=2)
    assert maps.shape == (2, 32, 24) and maps.dtype == np.float32
    assert maps[0].max() == 1 and (maps[0] == 1).sum() == 2
    assert maps[0, 7, 12] == 1 and maps[0, 18, 5] == 1
    np.testing.assert_allclose(maps[1, [7, 18], [12, 5]], np.log([8, 12]), rtol=1e-6)
    assert (maps[1] > 0).sum() == 2
    assert maps[0, 18, 7] > maps[0, 7, 14]  # a larger box has a wider bell


def test_nothing_to_be_found_gives_empty_maps_and_boxes_outside_are_left_out():
    assert centre_maps((9, 9), [], stride=4).shape == (2, 3, 3)
    assert not centre_maps((9, 9), [(20, 20, 24, 24), (-9, 0, -5, 4)], stride=4).any()


def test_maps_and_boxes_are_each_others_inverse():
    boxes, scores = boxes_from_maps(given(centre_maps((64, 48), BOXES, stride=2)), stride=2, least=0.5)
    assert len(boxes) == 2 and (scores > 0.99).all()
    assert (iou(boxes, BOXES).max(axis=0) > 0.6).all()  # a middle is known to a place, not to a pixel


def test_a_middle_between_two_places_lies_between_them():
    maps = np.full((2, 9, 9), -9.0)
    maps[0, 4, 4:6] = 2.0, 1.9
    boxes, _ = boxes_from_maps(maps, stride=1, least=0.5)
    assert 4.9 < (boxes[0, 1] + boxes[0, 3]) / 2 < 5.1


def test_boxes_come_best_first_above_the_limit_and_within_the_mask():
    maps = np.full((2, 12, 12), -9.0)
    maps[0, 2, 2], maps[0, 9, 3], maps[0, 6, 9] = 1.0, 3.0, -1.0
    _, scores = boxes_from_maps(maps, stride=2)
    np.testing.assert_allclose(scores, sigmoid(np.array([3.0, 1.0, -1.0])))
    assert len(boxes_from_maps(maps, stride=2, least=0.5)[1]) == 2
    within = np.ones((24, 24), bool)
    within[15:] = False
    np.testing.assert_allclose(boxes_from_maps(maps, stride=2, within=within)[1], sigmoid(np.array([1.0, -1.0])))


def test_the_loss_by_hand():
    targets = np.zeros((1, 2, 1, 2))
    targets[0, 0, 0] = 1, 0.5
    targets[0, 1, 0, 0] = 2
    output = np.zeros_like(targets)  # p = 0.5 everywhere, and a side of 1
    expected = 0.25 * np.log(2) + 0.5**4 * 0.25 * np.log(2) + SIZE_WEIGHT * 2
    assert centre_loss(output, targets)[0] == pytest.approx(expected)


def test_the_gradient_is_what_small_changes_say():
    rng = np.random.default_rng(1)
    targets = np.stack([centre_maps((24, 20), BOXES[:1], stride=4), centre_maps((24, 20), [], stride=4)])
    output = rng.standard_normal(targets.shape) * 2
    _, gradient = centre_loss(output, targets)
    step = 1e-5
    for place in rng.permutation(output.size)[:60]:
        moved = [output.copy().ravel() for _ in range(2)]
        moved[0][place] += step
        moved[1][place] -= step
        up, down = (centre_loss(each.reshape(output.shape), targets)[0] for each in moved)
        np.testing.assert_allclose(gradient.ravel()[place], (up - down) / (2 * step), rtol=1e-4, atol=1e-8)


def test_a_perfect_answer_costs_next_to_nothing_and_a_confident_wrong_one_much():
    targets = centre_maps((64, 48), BOXES, stride=2)[None]
    good = given(targets[0])[None]
    empty = np.zeros_like(targets)
    empty[:, 0] = -8
    assert centre_loss(good, targets)[0] < 0.1 < 5 < centre_loss(empty, targets)[0]


def test_what_does_not_fit_is_said_in_words():
    with pytest.raises(ValueError, match=r"centre_loss: output and targets must both be \(N, 2, rows, columns\)"):
        centre_loss(np.zeros((1, 2, 4, 4)), np.zeros((1, 2, 4, 5)))
    with pytest.raises(ValueError, match=r"boxes_from_maps: maps must be \(2, rows, columns\), but shape \(3"):
        boxes_from_maps(np.zeros((3, 4, 4)), stride=2)
    with pytest.raises(ValueError, match="boxes_from_maps: least must be from 0 to 1, but 2 came"):
        boxes_from_maps(np.zeros((2, 4, 4)), stride=2, least=2)
    with pytest.raises(ValueError, match="centre_maps: stride must be a whole number of at least 1, but 0 came"):
        centre_maps((9, 9), [], stride=0)
