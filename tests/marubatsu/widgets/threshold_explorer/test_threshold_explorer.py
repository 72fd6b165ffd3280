"""The threshold explorer in Python: its four fields are scikit-learn's, and what it refuses it refuses in words."""

import re

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix

from marubatsu.metrics import wilson_interval
from marubatsu.widgets import ThresholdExplorer

SCORES, LABELS = [0.9, 0.8, 0.4, 0.3, 0.6, 0.1], [1, 1, 1, 0, 0, 0]


@pytest.fixture(scope="module")
def many():
    rng = np.random.default_rng(1)
    labels = rng.integers(0, 2, 200)
    return np.round(rng.normal(labels, 1.2), 1), labels


@pytest.mark.parametrize("threshold", [-9.0, -0.3, 0.5, 1.7, 9.0])
def test_the_four_fields_are_those_of_scikit_learn(many, threshold):
    scores, labels = many
    found = ThresholdExplorer(scores, labels, threshold=threshold).counts()
    expected = confusion_matrix(labels, scores >= threshold, labels=[0, 1])
    assert [found[name] for name in ("tn", "fp", "fn", "tp")] == expected.ravel().tolist()


def test_a_score_that_equals_the_threshold_is_called_positive():
    assert ThresholdExplorer([0.25, 0.5], [0, 1], threshold=0.5).counts() == {"tp": 1, "fn": 0, "fp": 0, "tn": 1}


def test_bayes_by_hand():
    explorer = ThresholdExplorer(SCORES, LABELS, prevalence=0.01)  # sensitivity 2/3, specificity 2/3
    found = explorer.predictive()
    assert found["ppv"] == pytest.approx(2 / (2 + 99)) and found["npv"] == pytest.approx(198 / 199)
    nobody = ThresholdExplorer(SCORES, LABELS, threshold=2.0).predictive()
    assert np.isnan(nobody["ppv"]) and nobody["npv"] == pytest.approx(0.5)


def test_at_the_prevalence_of_the_cases_ppv_is_the_share_that_was_counted(many):
    explorer = ThresholdExplorer(*many, threshold=0.4)
    found = explorer.counts()
    assert explorer.predictive()["ppv"] == pytest.approx(found["tp"] / (found["tp"] + found["fp"]))


def test_the_first_threshold_and_prevalence_come_from_the_cases():
    assert ThresholdExplorer(SCORES, LABELS).threshold == 0.5
    assert ThresholdExplorer([-4.0, 8.0], [0, 1]).threshold == 2.0
    assert ThresholdExplorer(SCORES, [0, 0, 0, 0, 0, 1]).prevalence == pytest.approx(1 / 6)


def test_the_browser_gets_the_very_scores_and_pictures(many):
    scores, labels = many
    images = np.arange(200 * 12, dtype=float).reshape(200, 1, 4, 3)
    explorer = ThresholdExplorer(scores, labels, images=images, window=(1200, 2400))
    np.testing.assert_array_equal(explorer.cases["scores"], scores)
    np.testing.assert_array_equal(explorer.cases["labels"], labels)
    assert explorer.images["cases"]["shape"] == [800, 3] and explorer.images["cases"]["side"] == 4
    assert ThresholdExplorer(scores, labels).images == {}


def test_on_paper_stand_the_curve_the_fields_and_the_intervals():
    html = ThresholdExplorer(SCORES, LABELS, prevalence=0.01, classes=("benign", "malignant")).still()
    assert "<td>TP 2</td><td>FP 1</td>" in html and 'role="img"' in html and "malignant" in html
    low, high = (f"{100 * end:.1f}" for end in wilson_interval(2, 3))
    assert f"{low} to {high} %" in html
    assert "2 %" in re.search(r"PPV</th><td>(.*?)</td>", html)[1] and "10 of 1,000 have it (1 %)" in html


@pytest.mark.parametrize(
    ("scores", "labels", "options", "sentence"),
    [
        ([[0.1, 0.9]], [1], {}, r"but shapes \(1, 2\) and \(1,\) came. Of a softmax take one column"),
        ([0.1, 0.2, 0.3], [0, 1], {}, r"one score and one label for each case"),
        ([0.1, np.nan], [0, 1], {}, "scores must be finite numbers, but NaN or infinity came"),
        ([0.1, 0.2], [1, 1], {}, r"both must occur, but \[1\] came"),
        ([0.1, 0.2], [1, 2], {}, r"labels are 0 \(without the disease\) and 1 \(with it\).*\[1, 2\] came"),
        (np.arange(5001), np.arange(5001) % 2, {}, "at most 5000 cases fit into a page, but 5001 came"),
        ([0, 1], [0, 1], {"images": np.zeros((3, 4, 4))}, r"one grey picture for each of the 2 cases.*\(3, 4, 4\)"),
        ([0, 1], [0, 1], {"classes": ("a",)}, r"classes names two groups, without and with the disease, but \('a',\)"),
        ([0, 1], [0, 1], {"prevalence": 30}, r"a number from 0.001 to 0.9, but 30.0 came. For 1 % write 0.01"),
        ([0, 1], [0, 1], {"threshold": np.inf}, "threshold must be a finite number, but inf came"),
    ],
)  # fmt: skip
def test_what_does_not_belong_together_is_refused(scores, labels, options, sentence):
    with pytest.raises(ValueError, match=sentence):
        ThresholdExplorer(scores, labels, **options)


def test_pictures_of_too_many_cases_are_refused():
    with pytest.raises(ValueError, match="pictures of at most 1000 cases fit into a page, not 1001"):
        ThresholdExplorer(np.arange(1001), np.arange(1001) % 2, images=np.zeros((1001, 2, 2)))
