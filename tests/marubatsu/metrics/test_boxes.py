"""Boxes: overlap, matching and the FROC curve, by hand and against masks counted pixel by pixel."""

import numpy as np
import pytest

from marubatsu.metrics import froc, iou, match_boxes, sensitivity_at


def test_two_squares_that_share_one_pixel_of_seven():
    np.testing.assert_allclose(iou([[0, 0, 2, 2]], [[1, 1, 3, 3]]), [[1 / 7]])


def test_the_overlap_of_boxes_is_that_of_their_masks_counted_pixel_by_pixel():
    rng = np.random.default_rng(1)
    corner = rng.integers(0, 20, (2, 12, 2))
    boxes, others = np.concatenate([corner, corner + rng.integers(1, 12, corner.shape)], axis=2)

    def mask(box):
        image = np.zeros((32, 32), bool)
        image[box[0] : box[2], box[1] : box[3]] = True
        return image

    counted = [[(mask(a) & mask(b)).sum() / (mask(a) | mask(b)).sum() for b in others] for a in boxes]
    np.testing.assert_allclose(iou(boxes, others), counted)
    np.testing.assert_allclose(iou(others, boxes), np.transpose(counted))
    assert 0 < np.mean(counted) < 1


def test_overlap_does_not_depend_on_place_or_unit_and_is_1_with_itself():
    boxes, others = np.array([[1.5, 2, 6, 9], [3, 0, 7, 4.0]]), np.array([[2, 2.5, 5, 12.0]])
    np.testing.assert_allclose(iou(boxes * 0.7 + 3, others * 0.7 + 3), iou(boxes, others))
    np.testing.assert_allclose(np.diag(iou(boxes, boxes)), 1)
    assert iou(np.empty((0, 4)), others).shape == (0, 1) and iou(boxes, []).shape == (2, 0)


def test_the_highest_score_chooses_first_and_each_truth_is_taken_once():
    truths = [[0, 0, 10, 10], [20, 20, 30, 30]]
    boxes = [[0, 0, 10, 9], [0, 0, 10, 10], [21, 20, 30, 30], [50, 50, 60, 60]]
    assert match_boxes(boxes, [0.9, 0.8, 0.2, 0.7], truths, overlap=0.5).tolist() == [0, -1, 1, -1]
    assert match_boxes(boxes, [0.8, 0.9, 0.2, 0.7], truths, overlap=0.5).tolist() == [-1, 0, 1, -1]
    assert match_boxes(boxes, [0.9, 0.8, 0.2, 0.7], truths, overlap=0.95).tolist() == [-1, 0, -1, -1]


def test_a_box_whose_best_truth_is_taken_takes_the_next_that_it_overlaps_enough():
    truths = [[0, 0, 10, 10], [0, 5, 10, 15]]
    boxes = [[0, 0, 10, 10], [0, 1, 10, 11]]
    assert match_boxes(boxes, [2, 1], truths, overlap=0.3).tolist() == [0, 1]
    assert match_boxes(boxes, [2, 1], truths, overlap=0.5).tolist() == [0, -1]


def test_without_boxes_or_without_truths_nothing_is_hit():
    assert match_boxes([], [], [[0, 0, 1, 1]]).shape == (0,)
    assert match_boxes([[0, 0, 1, 1]], [0.5], []).tolist() == [-1]


def test_boxes_of_lower_score_change_nothing_for_those_above():
    rng = np.random.default_rng(3)
    for _ in range(50):
        corner = rng.integers(0, 12, (9, 2))
        boxes, scores = np.concatenate([corner, corner + rng.integers(2, 8, (9, 2))], axis=1), rng.random(9)
        kept = scores >= 0.5
        truths = boxes[:4] + rng.integers(0, 2, (4, 1))
        np.testing.assert_array_equal(
            match_boxes(boxes, scores, truths)[kept], match_boxes(boxes[kept], scores[kept], truths)
        )


def test_a_froc_curve_by_hand():
    # two images with three nodules: a hit at 0.9, false alarms at 0.8 and 0.6, a hit at 0.6, a hit at 0.1
    thresholds, false_alarms, sensitivity = froc([[0.9, 0.8], [0.6, 0.6, 0.1]], [[1, -1], [0, -1, 1]], [2, 2])
    np.testing.assert_array_equal(thresholds, [np.inf, 0.9, 0.8, 0.6, 0.1])
    np.testing.assert_allclose(false_alarms, [0, 0, 0.5, 1, 1])
    np.testing.assert_allclose(sensitivity, [0, 0.25, 0.25, 0.5, 0.75])
    assert sensitivity_at(false_alarms, sensitivity, 0) == 0.25
    assert sensitivity_at(false_alarms, sensitivity, 0.99) == 0.25
    assert sensitivity_at(false_alarms, sensitivity, 1) == 0.75


def test_froc_counts_what_is_shown_at_each_threshold():
    rng = np.random.default_rng(4)
    truths = rng.integers(1, 4, 8)
    scores = [rng.integers(0, 6, 7) / 5 for _ in truths]
    hits = []
    for count in truths:
        hit = np.full(7, -1)
        hit[rng.permutation(7)[:count]] = np.arange(count)
        hits.append(hit)
    thresholds, false_alarms, sensitivity = froc(scores, hits, truths)
    for place, limit in enumerate(thresholds):
        shown = [hit[score >= limit] for score, hit in zip(scores, hits, strict=True)]
        assert false_alarms[place] == sum((hit < 0).sum() for hit in shown) / 8
        assert sensitivity[place] == sum((hit >= 0).sum() for hit in shown) / truths.sum()


def test_an_image_without_nodules_counts_its_false_alarms():
    _, false_alarms, sensitivity = froc([[0.5], [0.4]], [[0], [-1]], [1, 0])
    assert false_alarms[-1] == 0.5 and sensitivity[-1] == 1


def test_where_no_box_was_given_nothing_is_found():
    thresholds, false_alarms, sensitivity = froc([[]], [[]], [3])
    assert (thresholds.tolist(), false_alarms.tolist(), sensitivity.tolist()) == ([np.inf], [0], [0])


def test_what_is_no_box_is_said_in_words():
    with pytest.raises(ValueError, match=r"iou: a box is four numbers \(top, left, bottom, right\).* shape \(3,"):
        iou([1, 2, 3], [])
    with pytest.raises(ValueError, match=r"iou: bottom and right must lie beyond top and left, but the box \[4"):
        iou([[0, 0, 1, 1]], [[4, 0, 4, 3]])
    with pytest.raises(ValueError, match="match_boxes: 1 boxes need 1 finite scores"):
        match_boxes([[0, 0, 1, 1]], [0.1, 0.2], [])
    with pytest.raises(ValueError, match="match_boxes: 1 boxes need 1 finite scores"):
        match_boxes([[0, 0, 1, 1]], [np.nan], [])
    with pytest.raises(ValueError, match="overlap must be above 0 and at most 1, but 0 came"):
        match_boxes([[0, 0, 1, 1]], [0.1], [], overlap=0)


def test_what_cannot_be_a_curve_is_said_in_words():
    with pytest.raises(ValueError, match="froc: scores, hits and truths are needed for each image, but 1, 2"):
        froc([[0.1]], [[0], [0]], [1])
    with pytest.raises(ValueError, match="froc: there is nothing to be found in any image"):
        froc([[0.1]], [[-1]], [0])
    with pytest.raises(ValueError, match="froc: the hits of image 1 do not fit: 1 scores, 1 hits, 1 truths"):
        froc([[0.1], [0.1]], [[-1], [1]], [1, 1])
    with pytest.raises(ValueError, match="sensitivity_at: rate must be at least 0"):
        sensitivity_at([0], [0], -1)
    with pytest.raises(ValueError, match=r"sensitivity_at: one sensitivity for each rate .* shapes \(2,\) and \(3,\)"):
        sensitivity_at([0, 1], [0, 0.5, 1], 1)
