"""The quiz in Python: answers are judged as the questions say, and paper holds the answers."""

import pytest

from marubatsu.questions import load
from marubatsu.widgets import Quiz


def test_answers_are_judged_one_by_one_and_missing_ones_left_open():
    untouched = [None] * len(load("training"))
    assert untouched and Quiz("training").right() == untouched
    assert Quiz("training", answers="a;0.9;b;").right() == [True, True, False, *untouched[3:]]
    assert Quiz("training", answers="c;1/3;c;ba").right() == [False, False, True, True, *untouched[4:]]


def test_on_paper_stand_the_questions_and_folded_the_answers():
    still = Quiz("training").still()
    asked, answered = still.split("<details>")
    assert "The gradient of a weight is +2." in asked and "It makes the weight smaller." in asked
    assert "<strong>0.9</strong>" in answered and '<strong translate="no">a, b</strong>' in answered


def test_the_state_that_is_shared_holds_the_answers_and_what_was_checked():
    assert set(Quiz.class_traits(sync=True, state=True)) == {"answers", "checked"}


def test_a_page_without_questions_is_refused():
    with pytest.raises(ValueError, match="there are none for 'nowhere'"):
        Quiz("nowhere")
