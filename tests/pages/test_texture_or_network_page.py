"""What the page "Texture or network" says, from the page's own cells."""

import re

import numpy as np
import pytest
from pages import run, text_of
from sklearn.metrics import roc_auc_score

PAGE = "machines/texture-or-network"
TEXT = text_of(PAGE)


@pytest.fixture(scope="module")
def page():
    """The names that the page's cells leave behind."""
    return run(PAGE)


def test_the_two_small_images_have_the_same_greys_and_the_contrasts_counted_by_hand(page):
    for image in (page["blocks"], page["mixed"]):
        np.testing.assert_array_equal(np.bincount(image.ravel()), [4, 4, 4, 4])
    for image, wanted in ((page["blocks"], 4 / 12), (page["mixed"], 52 / 12)):
        steps = np.diff(image, axis=1)
        np.testing.assert_allclose((steps**2).mean(), wanted)
    table = page["pairs"][:, :, 0, 0]
    assert table.sum() == 12 and np.trace(table) == 8 and table[0, 1] == table[2, 3] == 2


def test_the_choice_of_the_classical_learner_matters_little(page):
    areas = []
    for learner in page["learners"]:
        score = getattr(learner, "decision_function", None) or (lambda x, m=learner: m.predict_proba(x)[:, 1])
        learner.fit(page["numbers"][:480], page["labels"][:480])
        areas.append(roc_auc_score(page["truth"], score(page["numbers"][page["test"]])))
    assert max(areas) - min(areas) < 0.02 and min(areas) > 0.9


def test_area_is_the_area_of_scikit_learn(page):
    for scores in page["scores"][1920][0]:
        np.testing.assert_allclose(page["area"](page["truth"], scores), roc_auc_score(page["truth"], scores))


def test_with_30_nodules_texture_is_ahead_in_most_draws_by_more_than_chance(page):
    few = np.array(page["areas"][30])
    assert few[:, 0].mean() > few[:, 1].mean() + 0.01
    assert sum(page["interval"](pair)[1] < 0 for pair in page["scores"][30]) >= 2


def test_with_1920_the_network_has_caught_up_and_is_ahead_by_about_a_hundredth(page):
    ((texture, network),) = page["areas"][1920]
    assert 0.004 < network - texture < 0.016


def test_texture_gains_a_hundredth_from_120_on_and_the_network_three(page):
    texture, network = (
        np.array([np.mean(page["areas"][size], axis=0)[k] for size in (30, 120, 480, 1920)]) for k in (0, 1)
    )
    assert abs(texture[3] - texture[1] - 0.01) < 0.004 and abs(network[3] - network[1] - 0.03) < 0.008
    assert (np.diff(network) > np.diff(texture)).all()  # "gains more from further cases"


def test_both_follow_ground_glass_and_density_and_neither_the_margin_or_heterogeneity(page):
    assert (page["read"][:, 2:4] > 0.35).all()
    assert (np.abs(page["read"][:, [0, 1, 4]]) < 0.2).all()


def test_who_knows_the_five_signs_reaches_the_area_that_the_page_names(page):
    signs = page["made"].truth["signs"][page["test"]].sum(axis=1)
    assert "AUC of 0.994" in TEXT and abs(roc_auc_score(page["truth"], signs) - 0.994) < 0.006


def test_no_nodule_that_was_learnt_from_is_in_the_test(page):
    assert page["test"].start == max(page["sizes"]) and len(page["truth"]) == 1000
    seen = [many / size for size, many in zip(page["sizes"], page["looks"], strict=True)]
    assert seen == sorted(seen, reverse=True)  # "the fewer nodules, the more often the network sees each"


def test_the_noisier_scanner_costs_texture_about_a_hundredth_and_the_network_next_to_nothing(page):
    (code,) = re.findall(r"```python\n(noisy = .*?)```", TEXT, re.S)
    before = [
        roc_auc_score(page["truth"], each)
        for each in (page["ask_texture"](slice(480)), page["ask_network"](slice(480), 7680))
    ]
    exec(code, page)
    after = [roc_auc_score(page["truth"], each) for each in page["answers"]]
    assert 0.005 < before[0] - after[0] < 0.015 and abs(before[1] - after[1]) < 0.006


def test_the_stripes_of_the_exercise():
    stripes = np.tile([0, 3, 0, 3], (4, 1))
    assert (np.diff(stripes, axis=1) ** 2).mean() == 9 and (np.diff(stripes, axis=0) ** 2).mean() == 0
