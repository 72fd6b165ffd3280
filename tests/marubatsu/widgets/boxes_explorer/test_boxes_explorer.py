import numpy as np
import pytest

from marubatsu.metrics import froc, iou, match_boxes
from marubatsu.widgets import BoxesExplorer
from marubatsu.widgets.boxes_explorer.boxes_explorer import KEPT

TRUTHS = [[(10, 10, 18, 18), (30, 30, 36, 37)], [], [(5, 20, 11, 26)]]
BOXES = [[(11, 10, 18, 18), (30, 31, 36, 37), (2, 2, 6, 6)], [(8, 8, 12, 12)], [(0, 0, 4, 4), (20, 20, 26, 26)]]
SCORES = [[0.9, 0.25, 0.6], [0.45], [0.04, 0.5]]
IMAGES = np.linspace(-1000, 200, 2 * 40 * 48).reshape(2, 40, 48)


def made(**state):
    return BoxesExplorer(IMAGES, TRUTHS, BOXES, SCORES, **state)


def test_the_counts_are_those_of_the_boxes_at_or_above_the_threshold():
    assert made(threshold=0.25).counts() == {"hits": 2, "missed": 0, "false_alarms": 1}
    assert made(threshold=0.26).counts() == {"hits": 1, "missed": 1, "false_alarms": 1}
    assert made(threshold=0.5, slice=1).counts() == {"hits": 0, "missed": 0, "false_alarms": 0}
    assert made(threshold=0.25, overlap=0.9).counts() == {"hits": 0, "missed": 2, "false_alarms": 3}


@pytest.mark.parametrize("threshold", [0, 0.25, 0.5, 0.61, 1])
@pytest.mark.parametrize("overlap", [0.05, 0.5, 0.9])
def test_the_rates_stand_on_the_froc_curve(threshold, overlap):
    explorer = made(threshold=threshold, overlap=overlap)
    shown = [np.asarray(score) >= max(threshold, KEPT) for score in SCORES]
    hits = [
        match_boxes(np.array(box)[show], np.array(score)[show], truth, overlap=overlap)
        for box, score, truth, show in zip(BOXES, SCORES, TRUTHS, shown, strict=True)
    ]
    found, all_shown = sum((hit >= 0).sum() for hit in hits), sum(map(len, hits))
    assert explorer.rates() == pytest.approx(((all_shown - found) / 3, found / 3))
    if all_shown:
        curve = froc([np.array(s)[k] for s, k in zip(SCORES, shown, strict=True)], hits, [2, 0, 1])
        assert explorer.rates() == pytest.approx((curve[1][-1], curve[2][-1]))


def test_an_own_box_is_compared_with_the_truth_that_it_overlaps_most():
    assert made(own=[10, 10, 18, 18]).own_overlap() == 1
    assert made(own=[12, 10, 20, 18]).own_overlap() == pytest.approx(iou([[12, 10, 20, 18]], TRUTHS[0]).max())
    assert made().own_overlap() == 0 and made(own=[0, 0, 4, 4], slice=1).own_overlap() == 0


def test_boxes_of_very_low_score_stay_at_home_and_the_slices_travel_as_grey_bytes():
    state = made().state()
    assert state["cases"]["scores"] == [[0.9, 0.25, 0.6], [0.45], [0.5]]
    assert state["cases"]["boxes"][2] == [[20.0, 20.0, 26.0, 26.0]]
    assert (state["cases"]["rows"], state["cases"]["columns"], state["cases"]["pictures"]) == (40, 48, 2)
    assert state["images"]["slices"]["shape"] == [80, 48] and state["images"]["slices"]["dtype"] == "uint8"


def test_the_still_shows_the_slice_its_boxes_and_the_counts():
    still = made(threshold=0.25).still()
    assert still.count("<rect") == 2 + 3 and "<image" in still and 'role="img"' in still
    assert "Hits</th><td>2" in still and "66.7 %" in still
    assert made(threshold=0.95).still().count("<rect") == 2
    assert "<script" not in still


def test_the_still_of_the_image_alone_has_no_box_and_no_number():
    still = made(threshold=0.25, shown="image").still()
    assert "<image" in still and 'role="img"' in still
    assert "<rect" not in still and "<table" not in still and "boxes" not in still


def test_what_does_not_belong_together_is_said_in_words():
    with pytest.raises(ValueError, match=r"images must be \(K, rows, columns\), 1 to 10 of them"):
        BoxesExplorer(IMAGES[0], TRUTHS, BOXES, SCORES)
    with pytest.raises(ValueError, match=r"images must be \(K, rows, columns\)"):
        BoxesExplorer(np.zeros((4, 8, 8)), TRUTHS, BOXES, SCORES)
    with pytest.raises(ValueError, match="truths, boxes and scores are needed for each slice, but 3, 2 and 3 came"):
        BoxesExplorer(IMAGES, TRUTHS, BOXES[:2], SCORES)
    with pytest.raises(ValueError, match="each box of slice 1 needs one score from 0 to 1"):
        BoxesExplorer(IMAGES, TRUTHS, BOXES, [SCORES[0], [1.4], SCORES[2]])
    with pytest.raises(ValueError, match="bottom and right must lie beyond top and left"):
        BoxesExplorer(IMAGES, [[(4, 4, 4, 8)], [], []], BOXES, SCORES)
    with pytest.raises(ValueError, match="there is nothing to be found in any slice"):
        BoxesExplorer(IMAGES, [[], [], []], BOXES, SCORES)


def test_a_state_out_of_range_is_refused_in_words():
    for state, sentence in (
        ({"slice": 2}, "slice must be a whole number from 0 to 1, but 2 came"),
        ({"threshold": 1.2}, r"threshold must be a number from 0 to 1, but 1\.2 came"),
        ({"overlap": 0}, r"overlap must be a number from 0\.05 to 0\.9, but 0\.0 came"),
        ({"own": [4, 4, 4, 9]}, r"own must be a box \(top, left, bottom, right\) or empty"),
    ):
        with pytest.raises(ValueError, match=sentence):
            made(**state)
