"""What the page "Segmentation" says, from the page's own cells."""

import re

import numpy as np
import pytest
from pages import run, text_of

from marubatsu.data import phantoms
from marubatsu.metrics import bland_altman, dice

PAGE = "tasks/segmentation"
TEXT = text_of(PAGE)


@pytest.fixture(scope="module")
def page():
    """The names that the page's cells leave behind."""
    return run(PAGE)


def test_the_patients_are_as_many_as_the_page_says_and_none_is_used_twice(page):
    assert [len(page[name]) for name in ("learning", "choosing", "testing")] == [150, 40, 60]
    seen = {each.image.tobytes() for name in ("learning", "choosing", "testing") for each in page[name]}
    assert len(seen) == 250
    np.testing.assert_allclose(page["testing"][0].spacing, 3.4, atol=0.05)


def test_truth_is_the_whole_muscle_with_its_fat_and_counting_pixels_by_hu_measures_something_else(page):
    fatty = [each for each, old in zip(page["testing"], page["fatty"], strict=True) if old]
    counted = [each.image[each.groups > 0] >= -29 for each in fatty]
    assert np.mean([each.mean() for each in counted]) < 0.8  # a fifth and more of the muscle is left out
    lean = [each for each, young in zip(page["testing"], page["lean"], strict=True) if young]
    assert np.mean([(each.image[each.groups > 0] >= -29).mean() for each in lean]) > 0.93


def test_sartorius_is_counted_with_the_medial_group(page):
    place = phantoms.thigh(rng=np.random.default_rng(1))
    sartorius = place.muscles == phantoms.MUSCLES.index("sartorius")
    assert sartorius.any() and (place.groups[sartorius] == 3).all()


def test_the_limit_is_the_best_on_the_patients_for_choosing_and_opening_and_median_earn_their_place(page):
    from skimage import filters, morphology

    right = [each.groups > 0 for each in page["choosing"]]
    images = [each.image for each in page["choosing"]]
    near = morphology.disk(1)
    best = max(np.mean([dice(page["by_rule"](i, low), r) for i, r in zip(images, right, strict=True)])
               for low in range(-80, 1, 10))  # fmt: skip
    plain = max(np.mean([dice((i > low) & (i < 150), r) for i, r in zip(images, right, strict=True)])
                for low in range(-80, 1, 10))  # fmt: skip
    calm = [filters.median(np.clip(i, -300, 300), near) for i in images]
    unopened = max(np.mean([dice((i > low) & (i < 150), r) for i, r in zip(calm, right, strict=True)])
                   for low in range(-80, 1, 10))  # fmt: skip
    assert best > plain and best > unopened
    ours = np.mean([dice(page["by_rule"](i, page["limit"]), r) for i, r in zip(images, right, strict=True)])
    assert ours == best


def test_the_network_is_better_in_nearly_all_of_60_patients_though_by_little(page):
    gains = page["overlap"][:, 1] - page["overlap"][:, 0]
    assert (gains > 0).sum() >= 54
    assert page["gain"][0] > 0.005 and gains.mean() < 0.05


def test_the_rules_worst_patient_has_fatty_muscle_and_is_hard_for_the_network_too(page):
    assert page["worst"] == page["overlap"][:, 0].argmin() and page["fatty"][page["worst"]]
    assert page["overlap"][page["worst"], 1] < page["overlap"][:, 1].mean() - 0.03


def test_on_fatty_muscle_the_gap_is_clearly_wider_than_on_lean(page):
    gains = page["overlap"][:, 1] - page["overlap"][:, 0]
    assert page["lean"].sum() == 17 and page["fatty"].sum() == 22
    lean, fatty = gains[page["lean"]], gains[page["fatty"]]
    assert fatty.mean() > 1.4 * lean.mean() > 0
    assert page["overlap"][page["lean"]].mean(axis=0).min() > 0.94  # both are good


def test_both_measure_a_little_too_much_and_the_rules_spread_is_much_larger(page):
    rule, network = page["agreements"]
    assert rule.bias_interval[0] > 0 and network.bias_interval[0] > 0 and network.bias < 5
    assert rule.high - rule.low > 1.4 * (network.high - network.low)


def test_the_rule_takes_fat_in_the_muscle_for_a_smaller_muscle(page):
    rule, network = ((each - page["area"]) for each in page["measured"])
    assert rule[page["fatty"]].mean() < rule[page["lean"]].mean() - 5
    assert abs(network[page["fatty"]].mean() - network[page["lean"]].mean()) < 5


def test_three_groups_are_found_though_their_hounsfield_units_are_the_same(page):
    assert page["groups"].mean(axis=0).min() > 0.78 and page["groups"].mean(axis=0).argmax() == 0
    lean = [phantoms.thigh(rng=np.random.default_rng(k), size=64, infiltration=0.03) for k in range(20)]
    means = [[each.image[each.groups == k].mean() for k in (1, 2, 3)] for each in lean]
    assert np.ptp(np.mean(means, axis=0)) < 12  # HU; the noise of one pixel alone is 14


def test_a_mirrored_leg_has_its_groups_named_wrongly(page):
    from dataclasses import replace

    mirrored = [replace(e, image=e.image[:, ::-1], groups=e.groups[:, ::-1]) for e in page["testing"]]
    found = page["predict"](page["network"], page["channels"](mirrored)) > 0
    medial = np.mean([dice(a[3], e.groups == 3) for a, e in zip(found, mirrored, strict=True)])
    assert medial < 0.6 < page["groups"][:, 2].mean() - 0.2


def test_a_is_sharp_and_b_is_coarse_and_lies_on_the_medial_group(page):
    patient = page["patient"]
    fine = page["most_like"](page["fine"][0], patient.groups > 0)
    coarse = page["most_like"](page["coarse"], patient.groups[::2, ::2] == 3)
    assert fine.shape == (64, 64) and coarse.shape == (32, 32)
    inside = patient.groups[::2, ::2] == 3
    assert coarse[inside].mean() > 2 * coarse[~inside].mean()
    assert fine[patient.labels == 2].mean() > 2 * fine[patient.labels != 2].mean()


def test_one_pixel_less_leaves_099_of_the_liver_and_084_of_the_lesion_and_the_same_millimetres(page):
    np.testing.assert_allclose([score[0] for score in page["scores"]], [0.99, 0.84], atol=0.006)
    np.testing.assert_allclose([score[1:] for score in page["scores"]], 0.8, atol=0.03)
    assert page["large"].sum() == page["liver"].pixels.sum()
    assert np.ptp(np.argwhere(page["small"]), axis=0).tolist() == [12, 12]


def test_the_missed_metastasis_of_the_exercise():
    down, right = np.indices((100, 120))
    large, small = np.hypot(down - 50, right - 40) < 20, np.hypot(down - 50, right - 90) < 4
    np.testing.assert_allclose(dice(large, large | small), 0.98, atol=0.003)
    np.testing.assert_allclose(2 * 1600 / (1600 + 1664), 0.98, atol=0.001)


def solution(name, page):
    """What the code of a solution leaves behind, run after the page's cells."""
    code = re.search(rf":::\{{solution\}} {name}\n:class: dropdown\n\n```python\n(.*?)```", TEXT, re.S)[1]
    names = dict(page)
    exec(code, names)
    return names


def test_a_bias_measured_on_other_patients_nearly_vanishes_and_the_limits_keep_their_distance(page):
    bias = solution("ex-bias", page)["bias"]
    before, after = page["agreements"][1], bland_altman(page["measured"][1] - bias, page["area"])
    assert abs(after.bias) < 1.2 < before.bias
    np.testing.assert_allclose(after.high - after.low, before.high - before.low)


def test_in_swollen_legs_the_excess_grows(page, capsys):
    solution("ex-oedema", page)
    dry, wet = (float(line.split()[1]) for line in capsys.readouterr().out.splitlines())
    assert wet > 1.3 * dry > 0
