"""What the page "Faces and digits" says, computed again from the page's own cells."""

import numpy as np
import pytest
from pages import run

from marubatsu.data import collections
from marubatsu.metrics import wilson_interval

PAGE = "layers/real-images"


@pytest.fixture(scope="module")
def page():
    """The names that the page's cells leave behind."""
    return run(PAGE)


def test_brightness_alone_is_right_in_three_of_four_cases_and_the_network_nearly_always(page):
    brightness, template, network = page["wrong"].mean(axis=1)
    assert brightness == pytest.approx(1 / 4, abs=0.03) and template == pytest.approx(1 / 6, abs=0.02)
    assert wilson_interval(int(page["wrong"][2].sum()), 200)[1] < wilson_interval(int(page["wrong"][1].sum()), 200)[0]
    assert network < 0.02


def test_both_methods_err_about_twice_as_often_on_new_hands(page):
    known = [int(each.sum()) for each in page["shuffled"]]
    new = [int(each.sum()) for each in page["by_form"]]
    assert 1.6 <= new[0] / known[0] <= 2.4
    assert 1.4 <= new[1] / known[1] <= 2.6  # 21 to 25 against 13, when weights start one part in a million away


def test_with_twenty_other_shuffles_the_nearest_neighbour_never_makes_more_than_17_errors(page):
    digits, nearest = page["digits"], page["nearest"]
    errors = []
    for seed in range(100, 120):
        order = np.random.default_rng(seed).permutation(1797)
        learning, testing = order[:1000], order[1000:]
        answer = nearest(digits.images[learning], digits.labels[learning], digits.images[testing])
        errors.append(int(np.sum(answer != digits.labels[testing])))
    assert max(errors) == 17, errors


def test_the_digits_begin_again_every_130_images():
    labels = collections.load("digits").labels
    same = {place: np.mean(labels[:-place] == labels[place:]) for place in range(100, 161)}
    assert max(same, key=same.get) == 130 and same[130] > 0.5
    np.testing.assert_allclose([share for place, share in same.items() if abs(place - 130) > 5], 0.1, atol=0.09)


def test_the_intervals_of_the_exercise():
    ends = [round(100 * end, 1) for errors in (3, 8) for end in wilson_interval(errors, 200)]
    assert ends == [0.5, 4.3, 2.0, 7.7]


def test_the_table_of_confusions_holds_every_tested_digit_once(page):
    assert page["table"].sum() == 797 and np.trace(page["table"]) == 797 - int(page["by_form"][1].sum())
