"""The arithmetic of the threshold explorer, run in a browser: equal to scikit-learn's and to the library's."""

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, confusion_matrix, roc_auc_score, roc_curve

from marubatsu.metrics import wilson_interval
from marubatsu.widgets import ThresholdExplorer
from marubatsu.widgets.threshold_explorer.threshold_explorer import _percent


def cases(seed, count=80):
    """Scores with many ties, so that they must be called together, and labels of both kinds."""
    rng = np.random.default_rng(seed)
    labels = np.concatenate([[0, 1], (rng.random(count - 2) < rng.uniform(0.1, 0.9)).astype(int)])
    return np.round(rng.normal(labels * rng.uniform(0, 2), 1), seed % 4), labels


def by_name(found):
    return confusion_matrix(*found, labels=[0, 1]).ravel()  # tn, fp, fn, tp


@pytest.mark.parametrize("seed", range(8))
def test_the_counts_and_rates_are_those_of_scikit_learn(call, seed):
    scores, labels = cases(seed)
    for threshold in (scores.min(), float(np.median(scores)), scores.max() + 1):
        counts = call("rates", "confusion", scores.tolist(), labels.tolist(), float(threshold))
        tn, fp, fn, tp = by_name((labels, scores >= threshold))
        assert counts == {"tp": tp, "fn": fn, "fp": fp, "tn": tn}
        found = call("rates", "rates", counts)
        assert found["accuracy"] == pytest.approx(accuracy_score(labels, scores >= threshold))
        assert found["sensitivity"] == pytest.approx(tp / (tp + fn))
        assert found["specificity"] == pytest.approx(tn / (tn + fp))
        assert found["youden"] == pytest.approx(tp / (tp + fn) + tn / (tn + fp) - 1)


def test_likelihood_ratios_by_hand_and_at_their_ends(call):
    found = call("rates", "rates", {"tp": 90, "fn": 10, "fp": 20, "tn": 80})
    assert found["lrPositive"] == pytest.approx(4.5) and found["lrNegative"] == pytest.approx(0.125)
    assert (found["ppv"], found["npv"]) == (pytest.approx(90 / 110), pytest.approx(80 / 90))
    sure = call("rates", "rates", {"tp": 5, "fn": 5, "fp": 0, "tn": 10})
    assert sure["lrPositive"] == np.inf
    nobody = call("rates", "rates", {"tp": 0, "fn": 10, "fp": 0, "tn": 10})
    assert nobody["lrPositive"] is None and nobody["ppv"] is None and nobody["lrNegative"] == 1


@pytest.mark.parametrize("seed", range(8))
def test_the_curve_is_roc_curve_and_the_area_roc_auc_score(call, seed):
    scores, labels = cases(seed)
    found = call("rates", "rocCurve", scores.tolist(), labels.tolist())
    expected = roc_curve(labels, scores, drop_intermediate=False)
    for name, numbers in zip(("fpr", "tpr", "thresholds"), expected, strict=True):
        np.testing.assert_allclose(found[name], numbers, atol=1e-12)
    area = call("rates", "areaUnder", scores.tolist(), labels.tolist())
    assert area["auc"] == pytest.approx(roc_auc_score(labels, scores), abs=1e-12)


def test_the_interval_of_the_area_is_delongs(call):
    scores, labels = cases(5)
    ill, well = scores[labels == 1], scores[labels == 0]
    won = (ill[:, None] > well).astype(float) + 0.5 * (ill[:, None] == well)  # every pair
    spread = won.mean(axis=1).var(ddof=1) / len(ill) + won.mean(axis=0).var(ddof=1) / len(well)
    ends = won.mean() + np.array([-1, 1]) * 1.959963984540054 * np.sqrt(spread)
    found = call("rates", "areaUnder", scores.tolist(), labels.tolist())
    np.testing.assert_allclose(found["interval"], np.clip(ends, 0, 1), atol=1e-12)
    assert call("rates", "areaUnder", [1, 2, 3, 4], [0, 0, 1, 1]) == {"auc": 1, "interval": None}


def test_the_interval_of_a_share_is_the_librarys(call):
    for successes, trials in ((0, 1), (0, 100), (7, 9), (100, 100), (3, 250)):
        np.testing.assert_allclose(
            call("rates", "wilson", successes, trials), wilson_interval(successes, trials), atol=1e-15
        )
    assert call("rates", "wilson", 0, 0) is None


@pytest.mark.parametrize("prevalence", [0.001, 0.01, 0.35, 0.9])
def test_predictive_values_and_people_follow_from_bayes(call, prevalence):
    scores, labels = cases(3)
    explorer = ThresholdExplorer(scores, labels, threshold=0.6, prevalence=prevalence)
    found = call("rates", "rates", explorer.counts())
    expected = explorer.predictive()
    assert call("rates", "predictive", found, prevalence) == {
        name: pytest.approx(value) for name, value in expected.items()
    }
    group = call("rates", "people", found, prevalence)
    assert sum(group.values()) == 1000 and group["tp"] + group["fn"] == round(1000 * prevalence)
    assert group["tp"] == pytest.approx(1000 * prevalence * found["sensitivity"], abs=1)
    assert group["fp"] == pytest.approx(1000 * (1 - prevalence) * (1 - found["specificity"]), abs=1)


@pytest.mark.parametrize("seed", range(4))
def test_the_readings_are_the_best_places_of_the_curve(call, seed):
    scores, labels = cases(seed)
    fpr, tpr, thresholds = roc_curve(labels, scores, drop_intermediate=False)
    curve = {"fpr": fpr.tolist(), "tpr": tpr.tolist(), "thresholds": [float(each) for each in thresholds]}
    assert call("rates", "reading", "youden", curve, 0.5) == np.argmax(np.round(tpr - fpr, 10))
    for prevalence in (0.02, 0.5):
        errors = prevalence * (1 - tpr) + (1 - prevalence) * fpr
        place = call("rates", "reading", "equalCost", curve, prevalence)
        assert errors[place] == pytest.approx(errors.min())
    assert call("rates", "reading", "sensitive", curve, 0.5) == np.argmax(tpr >= 0.95 - 1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_a_short_threshold_calls_the_cases_of_its_place(call, seed):
    scores, labels = cases(seed)
    scale = call("rates", "scaleOf", scores.tolist())
    assert scale["low"] < scores.min() and scores.max() < scale["high"]
    fpr, tpr, thresholds = roc_curve(labels, scores, drop_intermediate=False)
    curve = {"fpr": fpr.tolist(), "tpr": tpr.tolist(), "thresholds": [float(each) for each in thresholds]}
    for place in range(0, len(fpr), 5):
        threshold = call("rates", "thresholdAt", curve, place, scale)
        assert np.mean(scores[labels == 1] >= threshold) == pytest.approx(tpr[place])
        assert np.mean(scores[labels == 0] >= threshold) == pytest.approx(fpr[place])


def test_the_bars_hold_every_case_once(call):
    scores, _ = cases(2)
    scale = call("rates", "scaleOf", scores.tolist())
    expected, _ = np.histogram(scores, bins=40, range=(scale["low"], scale["high"]))
    found = call("rates", "histogram", scores.tolist(), scale, 40)
    assert sum(found) == len(scores) and np.abs(np.subtract(found, expected)).sum() <= 4  # scores that fall on an edge


def test_the_wrong_cases_come_nearest_first(call):
    found = call("rates", "wrongNear", [0.1, 0.45, 0.9, 0.6, 0.52], [1, 1, 1, 0, 0], 0.5, 3)
    assert found == [4, 1, 3]


@pytest.mark.parametrize("part", [0, 0.0001, 0.01234, 0.5, 0.99, 0.9996, 1])
def test_a_share_is_written_as_python_writes_it(call, part):
    assert call("rates", "percent", part) == _percent(part)
