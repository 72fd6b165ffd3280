"""What a student calls in a notebook: a sentence comes back, never an exception, and it says what to do."""

import numpy as np
import pytest

from marubatsu.answers import Answers, Check
from marubatsu.answers.values import pack

HINT = "Count the places."


def check(code, expected, **names):
    """What the check of one question says of a student's names."""
    return Check(Check.pack({1: [(code, pack(expected), HINT)]}))(1, names)


def test_a_right_answer_is_told_with_its_value_and_without_the_hint():
    found = check("size", 32, size=32.0)
    assert bool(found) is True and repr(found) == "✓ size gives 32.0."


def test_a_wrong_answer_is_told_beside_the_expected_one_with_the_hint():
    found = check("double(3)", 6, double=lambda number: number + 2)
    assert not found and repr(found) == f"✗ double(3) gives 5, but 6 is expected. {HINT}"


def test_the_last_line_of_a_check_is_what_is_asked_and_the_lines_before_prepare_it():
    assert repr(check("a = size + 1\na * 2", 8, size=3)) == "✓ a * 2 gives 8."


@pytest.mark.parametrize("empty", [None, ...])
def test_what_is_still_empty_is_told_apart_from_what_is_wrong(empty):
    assert "size gives nothing yet. Replace the three dots by your answer" in repr(check("size", 3, size=empty))
    assert check("size", None, size=None), "nothing may be the right answer"


def test_an_answer_whose_cell_did_not_run_is_told_apart_from_an_error_in_it():
    check = Check(Check.pack({1: [("walk(np.ones(2))", {"value": 2}, "A hint.")]}))
    names = {}
    assert repr(check(1, names)) == (
        "✗ walk(np.ones(2)) cannot be tried: there is no walk. "
        "Its cell did not run: look at the error above. Or it has another name."
    )
    exec("def walk(x):\n    return step(x)", names)
    assert "cannot be tried: there is no np. " in repr(check(1, names))
    exec("import numpy as np", names)
    assert "stops with NameError: name 'step' is not defined. A hint." in repr(check(1, names))


def test_an_answer_that_cannot_be_marked_is_said():
    assert "the answer is of the kind object, which cannot be marked" in repr(check("it", 3, it=object()))


def test_a_check_shows_itself_in_a_notebook_without_becoming_html_of_the_student():
    check = Check(Check.pack({1: [("word", {"value": "a"}, "hint")]}))
    shown = check(1, {"word": "<script>"})._repr_html_()
    assert "&lt;script&gt;" in shown and "<script>" not in shown and "Not yet." in shown


def test_a_question_that_is_not_there_is_told():
    check = Check(Check.pack({1: [], 2: []}))
    assert repr(check(3)) == "✗ There is no question 3 here: 1 to 2." and not check("1")


def test_one_wrong_of_two_is_not_right_and_the_notebook_shows_words_beside_the_signs():
    both = Answers([(True, "a < b"), (False, "c")])
    assert not both
    html = both._repr_html_()
    assert "Right.</strong> a &lt; b" in html and "Not yet.</strong> c" in html
    assert html.index("Right.") < html.index("Not yet.")


def test_the_names_are_those_of_the_place_where_the_check_is_called():
    scope = {"check": Check(Check.pack({2: [("size", pack(4), HINT)]})), "size": np.float32(4)}
    exec("found = check(2)", scope)
    assert scope["found"]


@pytest.mark.parametrize("packed", ["", "é", "====", "bm9uc2Vuc2U=", Check.pack({1: []})[:-5]])
def test_a_changed_line_of_checks_is_said(packed):
    with pytest.raises(ValueError, match=r"The line of the checks was changed\. Download the notebook again"):
        Check(packed)
