"""What the page "Transfer learning" says, from the page's own cells."""

import numpy as np
import pytest
from pages import run

from marubatsu.data import collections
from marubatsu.layers import Linear
from marubatsu.network import Chain

PAGE = "architectures/transfer-learning"


@pytest.fixture(scope="module")
def page():
    """The names that the page's cells leave behind."""
    return run(PAGE)


def test_both_ways_with_the_old_body_err_less_than_training_from_scratch(page):
    scratch, frozen, tuned = page["means"]
    assert (frozen < scratch - 0.05).all() and (tuned < scratch - 0.05).all()


def test_frozen_and_tuned_begin_together_and_stay_within_each_others_bands(page):
    _, frozen, tuned = page["means"]
    assert abs(frozen[0] - tuned[0]) < 0.03
    for ours, theirs in zip(page["ends"][1], page["ends"][2], strict=True):
        assert ours[0] < theirs[1] and theirs[0] < ours[1]


def test_scratch_with_30_images_is_no_further_than_tuned_with_10(page):  # but for what 248 images cannot tell
    assert page["means"][0][2] > page["means"][2][1] - 0.03


def test_the_images_are_the_first_1000_and_the_last_497_of_the_file(page):
    assert max(page["many"].max(), page["few"].max()) < 1000 <= 1300 <= page["test"].min()
    assert 1797 - 1300 == 497
    body = page["body"]
    learnt = sum(part.value.size for part in body.parameters().values()) + 165
    assert learnt == pytest.approx(10_000, rel=0.05)


def test_without_noise_and_in_the_middle_pretraining_gains_nothing(page):
    digits, learn, body, many, few, test = (page[w] for w in ("digits", "learn", "fresh_body", "many", "few", "test"))
    rng = np.random.default_rng(1)
    first = Chain(body=body(rng), head=Linear(32, 5, rng=rng))
    old = learn(first, digits.images[many], digits.labels[many], rng, epochs=12, batch_size=32)
    errors = np.zeros((3, 2))
    for draw in range(3):
        mixed = np.random.default_rng(100 + draw).permutation(few)
        chosen = np.concatenate([mixed[digits.labels[mixed] == digit][:10] for digit in range(5, 10)])
        for way, part in enumerate((body(np.random.default_rng(draw)), page["copy"].deepcopy(old.named["body"]))):
            chance = np.random.default_rng(draw)
            network = Chain(body=part, head=Linear(32, 5, rng=chance))
            learn(network, digits.images[chosen], digits.labels[chosen] - 5, chance)
            errors[draw, way] = np.mean(network(digits.images[test]).argmax(axis=1) != digits.labels[test] - 5)
    scratch, tuned = errors.mean(axis=0)
    assert scratch < 0.25 and tuned > scratch - 0.03, errors


def test_the_rates_were_chosen_on_images_that_appear_nowhere_else(page):
    shown = collections.scatter(page["digits"].images[1000:1300], side=16, noise=0.4, rng=np.random.default_rng(50))
    inside = page["digits"].labels[1000:1300] >= 5
    known, right = shown[inside], page["digits"].labels[1000:1300][inside] - 5
    mixed = np.random.default_rng(100).permutation(page["few"])
    chosen = np.concatenate([mixed[page["digits"].labels[mixed] == digit][:10] for digit in range(5, 10)])
    images, labels = page["look"](chosen, 0), page["digits"].labels[chosen] - 5
    missed = {}
    for rate in (0.001, 0.003, 0.01):
        counts = []
        for seed in range(3):
            rng = np.random.default_rng(seed)
            network = Chain(body=page["copy"].deepcopy(page["body"]), head=Linear(32, 5, rng=rng))
            page["learn"](network, images, labels, rng, rate=rate)
            counts.append(np.mean(network(known).argmax(axis=1) != right))
        missed[rate] = np.mean(counts)
    assert min(missed, key=missed.get) == 0.003, missed
