"""The quiz in the page: nothing is judged before Check, every choice says why, by mouse, keyboard and address."""

import pytest

from marubatsu import questions
from marubatsu.widgets import Quiz

PAGE, SLUG = "book/layers/training.html", "quiz"
ASKED = questions.load("training")


@pytest.fixture
def quiz(opened):
    return opened(PAGE, SLUG)


def question(quiz, place):
    return quiz.live.locator("fieldset").nth(place)


def check(quiz, place):
    question(quiz, place).get_by_role("button", name="Check", exact=True).click()
    quiz.settle()


def test_arrow_keys_choose_and_do_not_answer(quiz):
    first = question(quiz, 0)
    first.get_by_role("radio").first.focus()
    for _ in range(2):
        quiz.page.keyboard.press("ArrowDown")
    quiz.settle()
    assert first.get_by_role("radio").nth(2).is_checked()
    assert first.get_attribute("data-kind") == "" and not first.locator(".mb-quiz-verdict").inner_text()


def test_a_wrong_choice_says_why_and_shows_the_right_one(quiz):
    question(quiz, 0).get_by_role("radio").nth(1).check()
    check(quiz, 0)
    rows = question(quiz, 0).locator(".mb-quiz-choice")
    assert [row.get_attribute("data-kind") for row in rows.all()] == ["right", "wrong", ""]
    assert ASKED[0].choices[1].why in rows.nth(1).inner_text() and ASKED[0].choices[0].why in rows.nth(0).inner_text()
    assert ASKED[0].why in question(quiz, 0).locator(".mb-quiz-verdict").inner_text()
    described = question(quiz, 0).get_by_role("radio").nth(1).get_attribute("aria-describedby")
    assert "This is not right." in quiz.page.locator(f"#{described}").inner_text()
    assert quiz.spoken().startswith("Not yet.")
    assert quiz.text(".mb-quiz-score") == "0 of 1 checked answers right, 4 questions in all."


def test_after_trying_again_the_right_answer_counts(quiz):
    question(quiz, 0).get_by_role("radio").nth(1).check()
    check(quiz, 0)
    question(quiz, 0).get_by_role("button", name="Try again", exact=True).click()
    quiz.settle()
    assert question(quiz, 0).locator("input:checked").count() == 0
    question(quiz, 0).get_by_role("radio").nth(0).check()
    check(quiz, 0)
    assert question(quiz, 0).get_attribute("data-kind") == "right"


@pytest.mark.parametrize(("typed", "kind"), [("0,9", "right"), ("9/10", "right"), ("0.7", "wrong"), ("−0.9", "wrong")])
def test_a_number_is_checked_with_the_enter_key(quiz, typed, kind):
    field = question(quiz, 1).get_by_label("Your number", exact=True)
    field.focus()
    quiz.page.keyboard.type(typed)
    quiz.page.keyboard.press("Enter")
    quiz.settle()
    assert question(quiz, 1).get_attribute("data-kind") == kind
    assert field.input_value() == typed, "what was typed stays"
    assert ASKED[1].right(typed) == (kind == "right")


@pytest.mark.parametrize(
    ("place", "sentence"), [(0, "Choose an answer first."), (1, "Type a number first, as in 3.5.")]
)
def test_without_an_answer_it_asks_for_one(quiz, place, sentence):
    check(quiz, place)
    assert question(quiz, place).locator(".mb-quiz-verdict").inner_text() == sentence
    assert question(quiz, place).get_attribute("data-kind") == ""
    assert quiz.spoken() == sentence


def test_of_several_choices_all_right_ones_are_needed(quiz):
    boxes = question(quiz, 3).get_by_role("checkbox")
    boxes.nth(1).check()
    check(quiz, 3)
    assert question(quiz, 3).get_attribute("data-kind") == "wrong"
    boxes.nth(0).check()  # changing an answer takes its verdict away
    quiz.settle()
    assert question(quiz, 3).get_attribute("data-kind") == ""
    check(quiz, 3)
    assert question(quiz, 3).get_attribute("data-kind") == "right"


def test_the_address_carries_the_answers_and_what_was_checked(opened):
    quiz = opened(f"{PAGE}#quiz?answers=a%3B0.9%3Bb%3Bd&checked=1110", SLUG)
    shown = [question(quiz, place).get_attribute("data-kind") for place in range(4)]
    judged = Quiz("training", answers="a;0.9;b;d").right()
    assert shown == ["right" if right else "wrong" for right in judged[:3]] + [""]
    assert question(quiz, 3).get_by_role("checkbox").nth(3).is_checked()
    quiz.press("Reset")
    assert quiz.live.locator("input:checked").count() == 0


@pytest.mark.parametrize(
    "state", ["answers=zz;;;;;;;;9&checked=777", "answers=&checked=1111", "answers=%3Cb%3E&checked=x"]
)
def test_nonsense_in_the_address_becomes_an_empty_quiz(opened, state):
    quiz = opened(f"{PAGE}#quiz?{state}", SLUG)
    assert quiz.live.locator("input:checked").count() == 0
    assert [question(quiz, place).get_attribute("data-kind") for place in range(4)] == [""] * 4


def test_both_engines_judge_alike(call):
    entries = Quiz("training").questions
    for given in ("a;0.9;a;ab", "b;1/3;c;abcd", ";;;", "a;0,9;b;ba"):
        ours = Quiz("training", answers=given).right()
        answers = call("quiz_marks", "readAnswers", given, entries)
        theirs = [
            call("quiz_marks", "isRight", entry, answer) if answer else None
            for entry, answer in zip(entries, answers, strict=True)
        ]
        assert theirs == ours


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        *[(f"13{apart}824", True) for apart in ("", ",", ".", " ", "\u202f", "'", "’")],
        *[("13,825", False), ("13.825", False), ("13 825", False)],
        *[("13,824 mm", True), ("13824mm", True), ("13 824 MM", True), ("13825 mm", False)],
    ],
)
def test_thousands_set_apart_and_the_unit_are_understood_in_both_engines(call, typed, right):
    asked = {"kind": "number", "answer": 13824, "tolerance": 0.5, "unit": "mm", "choices": []}
    assert call("quiz_marks", "isNumber", asked, typed) is True
    assert call("quiz_marks", "isRight", asked, typed) is right
    assert questions.Question("?", "number", "!", (), 13824, 0.5, "mm").right(typed) is right


@pytest.mark.parametrize("typed", ["", "half", "mm", "5 cm", "12 34", "1/0"])
def test_what_is_no_number_is_none_in_both_engines(call, typed):
    asked = {"kind": "number", "answer": 5, "tolerance": 0.5, "unit": "mm", "choices": []}
    assert call("quiz_marks", "isNumber", asked, typed) is False
    with pytest.raises(ValueError, match="a number is expected"):
        questions.Question("?", "number", "!", (), 5, 0.5, "mm").right(typed)


def test_a_number_is_typed_with_its_unit_and_kept_in_the_address(opened):
    quiz = opened("book/layers/fully-connected.html", SLUG)
    field = question(quiz, 2).get_by_label("Your number")
    field.focus()
    quiz.page.keyboard.type("8.3 %")
    quiz.page.keyboard.press("Enter")
    quiz.settle()
    assert question(quiz, 2).get_attribute("data-kind") == "right" and field.input_value() == "8.3 %"
    again = opened("book/layers/fully-connected.html#quiz?answers=%3B%3B8.3%20%25%3B%3B&checked=00100", SLUG)
    assert question(again, 2).get_attribute("data-kind") == "right"
