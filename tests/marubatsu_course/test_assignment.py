"""An assignment is one text: students get no solution and no hidden test, and a fault in the text is named."""

import re

import pytest

from marubatsu_course import assignment
from marubatsu_course.assignment import load, names, question_of, read, solved, student, without_solution

TEXT = """---
file_format: mystnb
kernelspec: {name: python3, display_name: Python 3}
---
# Doubling

## Question 1: Twice (2 points)

Double it.

```{code-cell}
:tags: [answer]
# question 1
def twice(x):
    ### SOLUTION
    return 2 * x
    ### END
```

```{code-cell}
:tags: [visible]
# One and one.
twice(1)
```

```{code-cell}
:tags: [hidden]
# Below zero.
twice(-3)
```
"""
WANTED = {1: [{"value": 2}, {"value": -6}]}


def sources(notebook):
    return "\n".join(cell.source for cell in notebook.cells)


def test_students_get_three_points_where_the_solution_was():
    notebook = student(read(TEXT, "x"), WANTED, "first")
    text = sources(notebook)
    assert "def twice(x):\n    ..." in text and "2 * x" not in text and "SOLUTION" not in text
    assert notebook.cells[0].source == "first"


def test_students_get_the_visible_tests_and_no_trace_of_the_hidden_ones():
    cells = student(read(TEXT, "x"), WANTED, "first").cells
    names = {}
    exec(cells[1].source, names)
    assert names["check"].tests == {1: [["twice(1)", {"value": 2}, "One and one."]]}
    assert "twice(-3)" not in sources(student(read(TEXT, "x"), WANTED, "first"))


def test_the_lecturers_versions_hold_the_solution_and_one_of_them_all_tests():
    found = read(TEXT, "x")
    with_tests, without = sources(solved(found, WANTED)), sources(solved(found))
    assert "return 2 * x" in with_tests and "twice(-3)" in with_tests and "SOLUTION" not in with_tests
    assert "return 2 * x" in without and "twice(-3)" not in without


def test_the_check_cell_of_a_student_runs_and_tells_right_from_wrong():
    first, under = (cell.source for cell in student(read(TEXT, "x"), WANTED, "").cells if "heck(" in cell.source)
    assert under == "check(1)"
    for body, passed, said in [
        ("2 * x", True, "✓ twice(1) gives 2."),
        ("3 * x", False, "✗ twice(1) gives 3, but 2 is expected. One and one."),
        ("...", False, "✗ twice(1) gives nothing yet"),
        ("x / 0", False, "✗ twice(1) stops with ZeroDivisionError: division by zero. One and one."),
        ("print", False, "✗ twice(1): the answer is of the kind builtin_function_or_method, which cannot be marked"),
    ]:
        names = {}
        exec(f"def twice(x):\n    return {body}", names)
        exec(first, names)
        result = eval(under, names)
        assert bool(result) is passed and repr(result).startswith(said)


def test_the_given_cells_are_those_that_are_neither_answer_nor_test():
    text = TEXT.replace("## Question 1", "```{code-cell}\nimport math\n```\n\n## Question 1")
    assert (read(text, "x").given, read(TEXT, "x").given) == (["import math"], [])


@pytest.mark.parametrize(
    ("source", "metadata", "number"),
    [
        ("x = 1", {"marubatsu": {"question": 3}}, 3),
        ("# question 2\nx = 1", {}, 2),
        ("\n# question 2 of mine", {}, 2),
        ("x = 1", {}, 0),
        ("# question two", {}, 0),
        ("x", {"marubatsu": "nonsense"}, 0),
    ],
)
def test_an_answer_is_known_by_what_it_carries_or_by_its_first_line(source, metadata, number):
    assert question_of(source, metadata) == number


def test_only_the_solution_is_taken_away():
    assert without_solution("a\n  ### SOLUTION\n  b\n  c\n  ### END\nd") == "a\n  ...\nd"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("# Doubling", "Doubling", "the text needs a title"),
        ("(2 points)", "(two points)", "write '## Question 1: Its name (2 points)', not '## Question 1: Twice"),
        ("uestion 1", "uestion 2", "questions must be numbered 1, 2, 3"),
        ("# question 1\n", "", "the answer of question 1 must begin with '# question 1'"),
        ("# One and one.\n", "", "question 1: a test must begin with a comment, its hint"),
        ("[hidden]", "[visible]", "question 1: a visible and a hidden test are needed"),
        ("    ### SOLUTION\n", "", "question 1: one answer cell with a solution is needed"),
        ("## Question 1: Twice (2 points)", "", "a cell with the tag answer stands before the first question"),
    ],
)
def test_a_fault_in_the_text_is_named(old, new, sentence):
    with pytest.raises(ValueError, match=rf"assignment x.*{re.escape(sentence)}"):
        read(TEXT.replace(old, new), "x")


def test_an_unknown_assignment_is_said():
    with pytest.raises(ValueError, match=r"nowhere was not found\. The book's are: .*layers"):
        load("nowhere")


def test_a_lecturers_own_text_can_be_read_from_its_path(tmp_path):
    (tmp_path / "mine.md").write_text(TEXT, encoding="utf-8")
    assert load(tmp_path / "mine.md").points == 2 and load(str(tmp_path / "mine.md")).name == "mine"


@pytest.mark.parametrize("name", names())
def test_no_line_of_a_solution_is_in_the_students_notebook(name):
    found = load(name)
    wanted = {question.number: [{"value": 0}] * len(question.tests) for question in found.questions}
    given = {line.strip() for line in sources(student(found, wanted, "")).split("\n")}
    secrets = [
        (kind, secret)
        for kind, text, _ in found.cells
        for secret in assignment._SOLUTION.findall(text) and re.findall(r"### SOLUTION\n(.*?)\s*### END", text, re.S)
    ]
    assert len(secrets) == len(found.questions)
    for kind, secret in secrets:
        kept = {line.strip() for line in secret.split("\n") if len(line.strip()) > 12}
        assert kind == "answer" and not kept & given
