"""What the page "Improving images, or altering them" says, computed again from the page's own cells."""

import numpy as np
import pytest
from pages import run, solutions_of, text_of

PAGE = "tasks/image-quality"


@pytest.fixture(scope="module")
def page():
    """The names that the page's cells leave behind."""
    return run(PAGE)


def test_no_chest_of_the_test_was_learnt_from_or_chosen_on():
    text = text_of(PAGE)
    assert "learnt(low[:8], full[:8])" in text and "low[8:10]" in text and "full[10:]" in text
    assert "range(20)" in text


def test_the_network_leads_the_filter_by_about_two_decibels_and_the_filter_low_dose_by_four(page):
    low, filtered, network = page["psnr"]
    assert 4 <= filtered.mean() - low.mean() <= 5 and 1.5 <= network.mean() - filtered.mean() <= 2.6
    ends = [page["interval"](each) for each in page["psnr"]]
    assert ends[0][1] < ends[1][0] and ends[1][1] < ends[2][0]
    assert page["similar"][0].mean() < page["similar"][1].mean() < page["similar"][2].mean()


def test_the_strength_of_the_filter_lies_within_the_ones_that_were_tried(page):
    assert 60 < page["strength"] < 240


def test_most_of_a_nodule_of_100_hu_is_gone_and_the_denser_one_keeps_more(page):
    shares = page["shares"].mean(axis=2)
    assert (shares[:, 1] < 0.5).all() and (page["bands"][:, 1, 1] < 0.5).all()
    assert (np.diff(shares[1]) > 0).all() and shares.max() < 0.75
    np.testing.assert_allclose(shares[0, :2], shares[1, :2], atol=0.05)  # as little of the faintest as the filter
    assert shares[1, -1] - shares[0, -1] > 0.05  # more of the denser ones
    np.testing.assert_allclose(page["kept"](lambda hu: hu, 100), 1, rtol=1e-4)  # low dose keeps all


def test_psnr_does_not_notice_a_nodule(page):
    places, network = page["rooms"](page["chests"][10], 1, np.random.default_rng(1)), page["network"]
    nodule = 100 * page["disc"](places[0])
    without, with_it = network(page["low"][[10]]), network(page["low"][[10]] + nodule)
    psnr = [page["peak_signal_noise_ratio"](truth, shown[0], data_range=1500)
            for truth, shown in ((page["full"][10], without), (page["full"][10] + nodule, with_it))]  # fmt: skip
    assert abs(psnr[1] - psnr[0]) < 0.05
    assert nodule.size == 25_600 and 6 <= nodule.sum() / 100 <= 10


def test_the_second_network_makes_about_twice_as_many_false_spots(page):
    low, filtered, first, second = page["false_spots"].sum(axis=1)
    assert 1.6 < second / first < 2.4 and low > filtered > second
    assert page["interval"](page["false_spots"][3] - page["false_spots"][2])[0] > 0


def test_the_second_network_keeps_more_and_its_psnr_is_nearly_the_same(page):
    first, second = (page["kept"](page[name], 100).mean() for name in ("network", "second"))
    assert first == pytest.approx(0.4, abs=0.05) and second == pytest.approx(0.5, abs=0.06)
    scores = page["scores"](page["third"], page["peak_signal_noise_ratio"])
    assert abs(scores.mean() - page["psnr"][2].mean()) < 0.5


def test_the_invented_nodule_is_brighter_in_the_second_network_than_in_the_first_and_not_in_the_truth(page):
    at = page["number"], page["row"], page["column"]
    assert page["wrong"][3][at] > page["wrong"][2][at] > 0 and page["wrong"][3][at] > 100
    truth = page["spot_contrast"](page["full"][10 + at[0]], 2 * page["radius"])[at[1:]]
    assert truth < 60


def test_more_photons_bring_the_nodule_back(page):
    solution = solutions_of(PAGE)[0]
    names = dict(page)
    exec(solution, names)
    assert np.mean(names["shares_more"]) > page["shares"][1, 1].mean() + 0.1
