"""What the page "Beyond the six" says, computed again from the page's own cells."""

import re

import numpy as np
import pytest
from pages import run, solutions_of

from marubatsu.metrics import bootstrap_interval

PAGE = "tasks/beyond-the-six"


@pytest.fixture(scope="module")
def page():
    """The names that the page's cells leave behind."""
    return run(PAGE)


@pytest.fixture(scope="module")
def solutions():
    """The two solutions with code."""
    return solutions_of(PAGE)


def test_density_is_enough_for_ground_glass_and_the_autoencoder_better_for_honeycombing(page):
    table = page["table"].reshape(3, 2, 3)  # disease; density, autoencoder; area, low, high
    assert table[0, 0, 0] > 0.99
    assert table[1, 1, 1] > table[1, 0, 2]  # the intervals do not touch
    assert table[2].max() < 0.9 and table[2, 1, 0] > table[2, 0, 0] and table[2, 1, 1] < table[2, 0, 2]


def test_the_histogram_is_better_than_the_network_and_pixels_are_of_little_use(page):
    pixels, grey, inside = (each.mean() for each in page["found"])
    assert pixels < 0.6 < 0.9 < inside < grey
    two = [each[page["truth"] == 2].mean() for each in page["found"]]
    assert two[0] < 0.1 < 0.9 < two[2]  # honeycombs are never alike pixel by pixel


def test_the_lung_as_a_whole_finds_the_disease_and_only_its_zones_find_where(page):
    whole, zoned = (each.mean() for each in page["in_3d"])
    assert 0.35 < whole < 0.7 < 0.85 < zoned
    lungs, zones = page["lungs"], page["zones"]
    disease = page["precision"](zones.mean(axis=1), lungs // 2, 100).mean()
    above = page["precision"](zones.mean(axis=1), lungs % 2, 100).mean()
    assert disease > 0.85 and above < 0.65  # "the whole guesses between above and below"
    known, asked = (set(np.ravel(part)) for part in (page["drawn"][:100], page["drawn"][100:]))
    assert not known & asked and max(known) < 600 <= min(asked)


def test_the_network_knows_new_patients_again_and_pixels_hardly_do(page):
    pixels, network = page["same_patient"](page["pixels"]), page["same_patient"](page["network"])
    assert pixels[0] < 0.65 and network[0] > 0.9 and network[1][0] > pixels[1][1]
    assert len(page["volumes"]) == 20 and len(page["others"]) == 40
    assert page["pixels"].size - 20 == 380


def test_neighbouring_words_matter_more_than_the_classifier(page):
    single, single_network, three, three_network = np.array(page["right"]) / 300
    assert single == pytest.approx(0.7, abs=0.03) and single_network == pytest.approx(0.7, abs=0.03)
    assert min(three, three_network) - max(single, single_network) > abs(three - three_network)
    low, high = bootstrap_interval(np.mean, page["lead"], rng=np.random.default_rng(1))
    assert 0 < low < three - three_network < high  # "ahead of this training of the network"


def test_errors_of_logistic_regression_lie_where_an_adjective_stands_and_two_in_three_are_missed_embolisms(page):
    has, said = page["has"][300:], page["sorted_reports"][2]
    adjective = re.compile(r"(sided|bilateral|minimal|extensive) pulmonary embolism")
    texts = [text.lower() for text in page["texts"][300:]]
    far = np.array([bool(adjective.search(text)) for text in texts])
    wrong = said != has
    assert wrong.sum() == 41 and far[wrong].all() and far.sum() == 247
    alarms = [text for text, each in zip(texts, wrong & (has == 0), strict=True) if each]
    apart = re.compile(r"\bno (\w+-sided|bilateral|minimal|extensive) pulmonary embolism")
    assert len(alarms) == 13 and sum(bool(apart.search(text)) for text in alarms) == 12
    assert (wrong & (has == 1)).sum() == 28
    assert round(100 * (said[has == 1] == 1).mean()) == 82


def test_no_stands_in_nearly_every_report(page):
    shares = np.mean([bool(re.search(r"\b(no|neither)\b", text.lower())) for text in page["texts"]])
    assert shares > 0.8


def test_the_memory_errs_a_little_less_than_the_filter_and_both_far_less_than_what_was_measured(page):
    raw, median, memory = page["away"]
    assert memory.mean() < median.mean() < raw.mean() / 2
    low, high = bootstrap_interval(np.mean, median - memory, rng=np.random.default_rng(1))
    assert -0.05 < low < 0.1 < high  # "the lower end of the last interval lies near zero"
    assert page["window"] == 9
    # a leak is a sudden step upwards; the truth never jumps like that
    assert np.diff(page["rough"]).max() > 2 * np.diff(page["smooth"]).max()


def test_the_largest_diameters_of_the_exercise(page, solutions, capsys):
    exec(solutions[0], page)
    rows = [[float(each) for each in re.findall(r"\d+\.?\d*", line)] for line in capsys.readouterr().out.splitlines()]
    assert rows[0][0] == pytest.approx(7, abs=0.5)
    assert all(1 <= row[0] <= 2 for row in rows[1:])
    assert rows[1][1] < rows[2][2] and rows[2][1] < rows[1][2]  # their intervals overlap


def test_what_was_learnt_on_embolism_helps_little_for_pneumothorax(page, solutions, capsys):
    exec(solutions[1], page)
    score = float(capsys.readouterr().out)
    assert score == pytest.approx(2 / 3, abs=0.04) and score < page["right"][2] / 300 - 0.1


def test_the_alarms_of_the_exercise():
    assert 10_000 * 0.01 == 100 and 300 * 0.01 == 3
    assert round(10_000 / 300) == 33  # days, about a month, for one true alarm
