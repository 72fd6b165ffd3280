"""Every page that teaches has its quiz and its exercises: with a hint, a solution, with code and without."""

import io
import re
from contextlib import redirect_stdout

import pytest
from pages import BOOK, run, solutions_of, text_of

from marubatsu import questions
from marubatsu_course.question_bank.contents import in_order, parts

TOC = (BOOK.parent / "_toc.yml").read_text(encoding="utf-8")
LISTED = [page for page in re.findall(r"file: book/(\S+)", TOC) if "/" in page and (BOOK / f"{page}.md").exists()]
PAGES = {page.rpartition("/")[2]: page for page in LISTED if not page.startswith("teaching/")}
EXERCISE = re.compile(
    r":::\{exercise\} (?P<title>[^\n]+)\n:label: (?P<label>ex-\S+)\n(?P<asked>.*?)\n:::\n\n"
    r":::\{dropdown\} Hint\n(?P<hint>.*?)\n:::\n\n"
    r":::\{solution\} (?P=label)\n:class: dropdown\n(?P<solved>.*?)\n:::\n",
    re.DOTALL,
)


def quiz_of(page):
    """The name of the quiz that a page shows, and what stands behind it."""
    return re.findall(r'\nQuiz\("([\w-]+)"\)\n```\n\n(## \w+)\n', text_of(page))


def test_the_quizzes_are_those_of_the_book_in_its_order_under_its_titles():
    captions = dict(re.findall(r"- caption: (.+)\n\s+chapters:\n\s+- file: book/(\w+)/", TOC))
    of_part = {caption: tuple(name for name, page in PAGES.items() if page.startswith(f"{folder}/"))
               for caption, folder in captions.items()}  # fmt: skip
    assert len(parts()) == 4 and {caption: of_part.get(caption) for caption in parts()} == parts()
    assert sorted(in_order()) == questions.names(), "every file of questions belongs to a page of the book"
    for name in in_order():
        assert f"\n# {questions.title(name)}\n" in text_of(PAGES[name])


@pytest.mark.parametrize("page", PAGES.values())
def test_a_page_with_exercises_has_its_own_quiz_before_them_and_no_other_page_has_one(page):
    if ":::{exercise}" in text_of(page):
        assert quiz_of(page) == [(page.rpartition("/")[2], "## Exercises")]
    else:
        assert "Quiz(" not in text_of(page)


@pytest.mark.parametrize("name", in_order())
def test_a_quiz_has_three_to_five_questions_and_its_right_choices_do_not_all_stand_first(name):
    asked = questions.load(name)
    assert 3 <= len(asked) <= 5
    first = [question.choices[0].right for question in asked if question.kind == "one"]
    assert len(first) < 2 or not all(first)


def test_the_right_choice_stands_at_each_place_about_as_often():
    places = [
        [choice.right for choice in question.choices].index(True)
        for name in in_order()
        for question in questions.load(name)
        if question.kind == "one" and len(question.choices) == 3
    ]
    assert all(len(places) / 5 < places.count(place) < len(places) / 2 for place in range(3))


@pytest.mark.parametrize("name", in_order())
def test_each_exercise_has_a_hint_and_a_solution_one_needs_no_code_and_one_is_solved_with_code(name):
    text = text_of(PAGES[name])
    found = list(EXERCISE.finditer(text))
    assert len(found) == text.count(":::{exercise}") >= 2, "an exercise has no hint, or no solution right behind it"
    assert any(re.search(r"no\s+code\s+is\s+needed|without\s+code", each["asked"], re.IGNORECASE) for each in found)
    assert any("```python" in each["solved"] for each in found)


@pytest.mark.parametrize(
    ("page", "place", "said"),
    [
        ("layers/images-are-numbers", 0, "(23509, 43.7)"),
        ("layers/fully-connected", 0, "[(0.05, 0.32), (0.1, 0.5), (0.2, 0.69)]"),
        ("layers/max-pooling", 0, "[-0.005  0.225]"),
        ("architectures/alexnet", 1, "Linear(9216, 4096): 9216 numbers are expected for an image, but shape (12544,)"),
    ],
)
def test_a_solution_gives_what_its_sentences_say(page, place, said):
    names = run(page)
    *lines, last = solutions_of(page)[place].rstrip().split("\n")
    with redirect_stdout(io.StringIO()) as printed:
        if last.startswith(" "):
            exec("\n".join([*lines, last]), names)
        else:
            exec("\n".join(lines), names)
            print(eval(last, names))
    assert said in printed.getvalue()
