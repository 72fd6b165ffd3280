"""Questions of pages: each file is checked, right and wrong answers are told apart, and a fault has its sentence."""

import pytest

from marubatsu import questions
from marubatsu.questions import load, names, read

ONE = """
[[question]]
kind = "one"
text = "Which?"
why = "Because."
choice = [{ text = "A", right = true, why = "yes" }, { text = "B", why = "no" }, { text = "C", why = "no" }]
"""
MANY = ONE.replace('"one"', '"many"').replace('"C", why', '"C", right = true, why')
NUMBER = '[[question]]\nkind = "number"\ntext = "How many?"\nanswer = 0.5\ntolerance = 0.01\nwhy = "Counted."\n'


@pytest.mark.parametrize("name", names())
def test_every_file_of_questions_can_be_read_and_tells_right_from_wrong(name):
    for question in load(name):
        if question.kind == "number":
            assert question.right(str(question.answer)) and not question.right(
                str(question.answer + 3 * question.tolerance + 1)
            )
        else:
            letters = questions.LETTERS[: len(question.choices)]
            right = "".join(letter for letter, choice in zip(letters, question.choices, strict=True) if choice.right)
            wrong = "".join(sorted(set(letters) - set(right)))
            assert question.right(right) and question.right(right[::-1]) and not question.right(wrong)
            assert not question.right("")


def test_neither_length_nor_place_gives_the_right_choice_away():
    longest, places, again = [], [], []
    for name in names():
        last = None
        for question in (each for each in load(name) if each.kind == "one"):
            place = next(index for index, choice in enumerate(question.choices) if choice.right)
            lengths = [len(choice.text) for choice in question.choices]
            longest.append(max(lengths) == lengths[place])
            places.append(place)
            again += [] if last is None else [place == last]
            last = place
    assert sum(longest) / len(longest) < 0.4  # of three choices, chance says a third
    assert min(places.count(place) for place in range(3)) / len(places) > 0.25
    assert 0.15 < sum(again) / len(again) < 0.5


@pytest.mark.parametrize("given", ["0.5", "0,5", "1/2", ".5", "０.５", " 0.509 ", "+0.491"])
def test_numbers_are_understood_as_readers_type_them(given):
    assert read(NUMBER, "x")[0].right(given)


@pytest.mark.parametrize("given", ["−0.5", "0.52", "1/3", "5"])
def test_a_number_beyond_the_tolerance_is_wrong(given):
    assert not read(NUMBER, "x")[0].right(given)


@pytest.mark.parametrize("given", ["0.5 mm", "0,5mm", "1/2 MM", "0.5\u202fmm"])
def test_a_number_with_the_unit_of_its_question_is_understood(given):
    assert read(NUMBER + 'unit = "mm"\n', "x")[0].right(given)


@pytest.mark.parametrize("given", ["mm", "0.5 cm", "0.5 mm mm"])
def test_another_unit_or_a_unit_alone_is_no_number(given):
    with pytest.raises(ValueError, match=r"a number is expected, as in 3\.5, but"):
        read(NUMBER + 'unit = "mm"\n', "x")[0].right(given)


@pytest.mark.parametrize("given", ["61440", "61 440", "61\u202f440", "61'440", "61’440", "61,440", "61.440"])
def test_thousands_may_be_set_apart_in_any_usual_way(given):
    asked = read(NUMBER.replace("0.5", "61440"), "x")[0]
    assert asked.right(given) and not asked.right(given.replace("61", "62"))


@pytest.mark.parametrize("given", ["half", "", "1/0", "0.5 mm", "1 2", "12 34", "61'44"])
def test_what_is_no_number_is_said(given):
    with pytest.raises(ValueError, match=r"a number is expected, as in 3\.5, but"):
        read(NUMBER, "x")[0].right(given)


def test_of_several_right_choices_all_must_be_chosen_and_no_other():
    question = read(MANY, "x")[0]
    assert question.right("ac") and not question.right("a") and not question.right("abc")
    with pytest.raises(ValueError, match="letters from a to c are expected, but 'd' came"):
        question.right("d")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no \\[\\[question\\]\\] was found"),
        ("[[question]", "the file is not TOML"),
        (
            ONE.replace('kind = "one"', 'kind = "two"'),
            "question 1: kind must be one of one, many, number, but 'two' came",
        ),
        (ONE.replace('why = "Because."', ""), "question 1: why is missing"),
        (ONE + "colour = 3", "question 1: colour is not known"),
        (ONE.replace("right = true, ", ""), "exactly one choice must be right, but 0 are"),
        (MANY.replace("right = true, ", ""), "at least one choice must be right"),
        (ONE.replace('text = "B", ', ""), "a choice has text, why, and right = true"),
        (NUMBER.replace("tolerance = 0.01", ""), "a number needs answer and tolerance"),
        (
            NUMBER.replace('"number"', '"one"').replace("answer = 0.5\ntolerance = 0.01", ""),
            "from 2 to 8 choices are needed",
        ),
    ],
)
def test_a_fault_in_a_file_is_named_with_its_place(text, sentence):
    with pytest.raises(ValueError, match=f"questions x.*{sentence}"):
        read(text, "x")


def test_a_page_without_questions_is_said():
    with pytest.raises(ValueError, match=r"there are none for 'nowhere'\. There are some for: .*training"):
        load("nowhere")


def test_a_comma_is_read_as_a_decimal_sign_or_between_thousands_whichever_is_right():
    thousand = read(NUMBER.replace("0.5", "13824"), "x")[0]
    assert thousand.right("13,824") and thousand.right("13824") and not thousand.right("13,825")
    one = read(NUMBER.replace("0.5", "1.168"), "x")[0]
    assert one.right("1,168") and not read(NUMBER.replace("0.5", "125"), "x")[0].right("0,125")
