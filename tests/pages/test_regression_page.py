"""What the page "A number in millimetres" says, computed again from the page's own cells."""

import numpy as np
import pytest
from pages import run, solutions_of, text_of

from marubatsu.data import phantoms
from marubatsu.metrics import bland_altman, bootstrap_interval

PAGE = "tasks/regression"
TEXT = text_of(PAGE)


@pytest.fixture(scope="module")
def page():
    """The names that the page's cells leave behind."""
    return run(PAGE)


@pytest.fixture(scope="module")
def answers(page):
    """What the solutions of the exercises give, in order; they may not change the names of the page."""
    found = []
    for code in solutions_of(PAGE):
        lines = code.strip().splitlines()
        names = dict(page)
        exec("\n".join(lines[:-1]), names)
        found.append(np.asarray(eval(lines[-1], names)))
    return found


def error(page, name):
    return np.abs(page[name] - page["truth"])


def test_the_second_network_is_off_by_less_than_2_mm_and_the_rule_by_3_2_and_their_intervals_do_not_meet(page):
    assert error(page, "second").mean() < 2
    assert error(page, "rule").mean() == pytest.approx(3.2, abs=0.15)
    assert (error(page, "rule").round() >= 16).sum() == 2 and error(page, "rule").max().round() == 17
    ends = [
        bootstrap_interval(np.mean, error(page, each), rng=np.random.default_rng(4))
        for each in ("second", "rule", "first")
    ]
    assert ends[0][1] < ends[1][0] and ends[1][1] < ends[2][0]


def test_the_network_beats_a_reader_who_always_says_the_mean(page):
    mean = np.concatenate([page["usual_mm"], page["many_mm"]]).mean()
    assert error(page, "second").mean() < np.abs(page["truth"] - mean).mean() / 4


def test_trained_on_usual_patients_it_measures_every_aneurysm_below_37_mm(page):
    assert page["usual_mm"].max() < 40
    assert page["first"][page["wide"]].max() < 37 and "was measured below 37 mm" in TEXT
    off = np.mean((page["first"] - page["truth"])[page["wide"]])
    assert off == pytest.approx(-20, abs=1.5)
    assert abs(np.mean((page["second"] - page["truth"])[page["wide"]])) < 1


def test_a_correlation_of_0_93_hides_limits_from_minus_9_to_7_mm(page):
    assert np.corrcoef(page["rule"], page["truth"])[0, 1] == pytest.approx(0.93, abs=0.01)
    limits = bland_altman(page["rule"], page["truth"])
    assert (round(limits.low), round(limits.high)) == (-9, 7)


def test_the_limits_of_the_second_network_are_about_4_4_mm_and_of_a_growth_about_6(page):
    found = page["limits"]
    assert (found.high - found.low) / 2 == pytest.approx(4.4, abs=0.25)
    assert 1.96 * np.sqrt(2) * found.deviation == pytest.approx(6, abs=0.4)
    assert found.bias_interval[0] < 0 < found.bias_interval[1]


def test_of_the_worst_four_some_lie_at_the_end_of_what_was_trained(page):
    worst = page["truth"][page["worst"]]
    assert (worst > 54).sum() >= 1 and page["many_mm"].max() < 56


def test_18_fits_ended_at_the_largest_value_allowed_far_above_the_training(page):
    assert np.max(phantoms.RANGES[2]) == 80e-3
    assert (page["fitted"][:, 2] > 0.199).sum() == 18


def test_the_network_has_half_the_error_of_d_star_and_less_than_half_its_slope(page):
    squares, network = page["share"].mean(axis=0)[2]
    assert network / squares == pytest.approx(0.4, abs=0.1)
    slope = np.polyfit(page["true"][:, 2], page["answered"][:, 2], 1)[0]
    assert slope == pytest.approx(0.4, abs=0.05)
    assert np.all(page["share"].mean(axis=0)[:, 1] < page["share"].mean(axis=0)[:, 0])


def test_saying_the_middle_of_a_range_errs_by_a_quarter_of_it():
    _, drawn = phantoms.diffusion(20_000, rng=np.random.default_rng(1))
    low, high = np.transpose(phantoms.RANGES)
    np.testing.assert_allclose((np.abs(drawn - (low + high) / 2) / (high - low)).mean(axis=0), 0.25, atol=0.005)


def test_a_cyst_is_read_as_2_5_with_a_tenth_of_blood_every_time(page):
    read, fitted = page["read"](page["cyst"]), np.array([page["fit"](voxel) for voxel in page["cyst"]])
    np.testing.assert_allclose(read[:, 0].mean() * 1e3, 2.5, atol=0.07)
    assert read[:, 0].std() < 0.1e-3
    np.testing.assert_allclose(read[:, 1].mean(), 0.1, atol=0.03)
    assert fitted[:, 0].std() / read[:, 0].std() > 4  # "several times as much"
    assert abs(fitted[:, 0].mean() - read[:, 0].mean()) < 0.1e-3
    assert np.max(phantoms.RANGES[0]) == 2.5e-3


def test_at_full_dose_the_rule_wins(answers):
    np.testing.assert_allclose(answers[0], [0.8, 1.4], atol=0.08)


def test_with_little_noise_the_means_tell_only_d_star_apart_and_by_the_median_least_squares_wins(page, answers):
    squares, network = answers[1]
    np.testing.assert_allclose([squares[0], network[0]], 0.043, atol=0.006)
    clean, true = phantoms.diffusion(200, rng=np.random.default_rng(6), snr=60)
    off = [np.abs(each - true) for each in (np.array([page["fit"](v) for v in clean]), page["read"](clean))]
    low, high = np.transpose(
        [bootstrap_interval(np.mean, each, rng=np.random.default_rng(1)) for each in (off[0] - off[1]).T]
    )
    assert (low[:2] < 0).all() and (high[:2] > 0).all() and low[2] > 0
    assert np.all(np.median(off[0], axis=0) < np.median(off[1], axis=0))
