"""What the page "Reading a programme" says, computed again: counts, baselines, intervals, and where each talk leads."""

import math
import re
from collections import Counter

import numpy as np
import pytest
from pages import run, text_of

from marubatsu.metrics import wilson_interval
from marubatsu.widgets.programme_exercise.programme import TALKS, TASKS

PAGE = "machines/reading-a-programme"
TEXT = text_of(PAGE)


@pytest.fixture(scope="module")
def page():
    """The names that the page's cells leave behind."""
    return run(PAGE)


def test_twelve_talks_fall_into_four_of_the_six_tasks_and_three_into_none(page):
    assert page["counts"] == Counter(classification=4, regression=2, segmentation=1, generation=2, **{"else": 3})
    assert sum(page["counts"][task] > 0 for task in TASKS[:6]) == 4
    assert page["counts"]["detection"] == page["counts"]["quality"] == 0  # the two bars that are missing
    assert sum(page["counts"].values()) == 12


def test_the_blind_reader_gets_2_and_the_lazy_one_5(page):
    good = sum(1 + bool(talk.also) for talk in TALKS)
    assert good / len(TASKS) == 2  # exactly, by counting
    np.testing.assert_allclose(page["blind"].mean(), 2, atol=0.05)
    always = {task: sum(task in (talk.task, talk.also) for talk in TALKS) for task in TASKS}
    assert page["lazy"] == always["classification"] == max(always.values()) == 5


def test_nine_of_twelve_is_no_blind_luck_and_its_interval_overlaps_the_lazy_one(page):
    assert page["blind"].max() == 8 and not (page["blind"] >= 9).any() and len(page["blind"]) == 10_000
    chances = [(1 + bool(talk.also)) / len(TASKS) for talk in TALKS]
    spread = [1.0]
    for chance in chances:  # the exact distribution of the sum
        spread = np.convolve(spread, [1 - chance, chance])
    assert math.isclose(sum(spread), 1) and spread[9:].sum() < 1e-3
    (_, _), (_, lazy_high), (nine_low, nine_high) = page["ends"]
    assert lazy_high > nine_low  # "the whiskers of B and C overlap"
    np.testing.assert_allclose(nine_high - nine_low, 0.44, atol=0.01)  # "nearly half of the scale wide"


def test_each_talk_leads_to_the_pages_that_the_widget_names():
    table = TEXT[TEXT.index("| talks |") : TEXT.index("## What the programme holds")]
    leads = {number: set() for number in range(1, 13)}
    for numbers, label in re.findall(r"^\| ([\d, ]+) \|.*\{ref\}`sec-([\w-]+)` \|$", table, re.M):
        for number in numbers.split(","):
            leads[int(number)].add(label)
    assert leads == {number: {page.split("/")[1] for page in talk.pages} for number, talk in enumerate(TALKS, start=1)}


def test_the_published_shares():
    assert round(100 * 31 / 516) == 6 and "31 (6 %)" in TEXT and "Of 516 studies" in TEXT
    assert "70 of 86" in TEXT


def test_an_accuracy_of_95_percent_can_be_had_for_nothing():  # ex-abstract
    assert (400 - 20) / 400 == 0.95


def test_between_two_and_three_programmes_would_prove_it():  # ex-how-many-talks
    def apart(count):
        return wilson_interval(round(0.75 * count), count)[0] > wilson_interval(round(0.42 * count), count)[1]

    assert [apart(count) for count in (12, 24, 36, 48)] == [False, False, True, True]
    assert [count for count in range(12, 37) if apart(count)] == [32, 34, 36]
    assert all(apart(count) for count in range(36, 200))


def test_five_questions_each_lead_to_a_page():
    part = TEXT[TEXT.index("## Five questions") : TEXT.index("## Exercises")]
    questions = re.split(r"^\d\. ", part, flags=re.M)[1:]
    assert len(questions) == 5 and all("{ref}`sec-" in question for question in questions)
