"""Corrections by hand: what a spreadsheet saves is read, and a line that cannot be applied is named."""

import pytest

from marubatsu_course import assignment
from marubatsu_course.corrections import Correction, read
from marubatsu_course.submissions import Submission

LAYERS = assignment.load("layers")
HEADS = "submission,question,points,reason\n"
CLASS = [Submission("ann/a.ipynb", "ann", "7", None), Submission("bo/a.ipynb", "bo", "8", None),
         Submission("bo/b.ipynb", "bo", "8", None), Submission("=c.ipynb", "=c", "", None)]  # fmt: skip


def corrected(tmp_path, text, encoding="utf-8"):
    (tmp_path / "corrections.csv").write_bytes(text.encode(encoding))
    return read(tmp_path / "corrections.csv", CLASS, LAYERS)


@pytest.mark.parametrize("name", ["ann/a.ipynb", "ann", "7"])
def test_a_submission_is_found_by_its_file_its_student_or_her_number(tmp_path, name):
    assert corrected(tmp_path, f"{HEADS}{name},5,2,right\n\n,,,\n") == [Correction("ann/a.ipynb", 5, 2.0, "right")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_semicolons_commas_in_numbers_and_the_letters_of_windows_are_read(tmp_path, encoding):
    text = "Submission;Question;Points;Reason\r\nann;5;1,5;für den Weg\r\n"
    assert corrected(tmp_path, text, encoding) == [Correction("ann/a.ipynb", 5, 1.5, "für den Weg")]


def test_a_name_that_the_table_made_harmless_is_found(tmp_path):
    assert corrected(tmp_path, f"{HEADS}'=c.ipynb,1,2,x\n")[0].submission == "=c.ipynb"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{HEADS}ann,5,1.5,right, but as text\n", "right, but as text"),
        (f'{HEADS}ann,5,1.5,"right, but as text"\n', "right, but as text"),
        ("submission,question,points,reason,\nann,5,1.5,right, but as text,\n", "right, but as text"),
        ("submission;question;points;reason\nann;5;1,5;right; but, as text;;\n", "right; but, as text"),
        ("submission;question;points;reason\nann;5;1,5;5; as on paper\n", "5; as on paper"),
    ],
)
def test_a_reason_may_hold_what_separates_the_cells(tmp_path, text, reason):
    assert corrected(tmp_path, text) == [Correction("ann/a.ipynb", 5, 1.5, reason)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HEADS + "ann,5,1,5\n", r"line 2: is it 1,5 points\? Write 1\.5, with a point\."),
        ("", r"line 1: the heads must be submission, question, points, reason\. Delete the file"),
        ("a,b\n", r"line 1: the heads must be"),
        (HEADS + "ann,5,2\n", r"line 2: give all four, submission, question, points, reason\."),
        (HEADS + "ann,5,2, \n", r"line 2: give all four"),
        (HEADS + "\nzoe,5,2,x\n", r"line 3: no submission is called 'zoe'\. Copy the name from the column"),
        (HEADS + "bo,5,2,x\n", r"line 2: 2 submissions are called 'bo'"),
        (HEADS + "ann,9,2,x\n", r"line 2: there is no question '9': 1 to 8\."),
        (HEADS + "ann,5,3,x\n", r"line 2: question 5 has 0 to 2 points, not '3'\."),
        (HEADS + "ann,5,-1,x\n", r"line 2: question 5 has 0 to 2 points"),
        (HEADS + "ann,5,nan,x\n", r"line 2: question 5 has 0 to 2 points"),
        (HEADS + "ann,5,two,x\n", r"line 2: question 5 has 0 to 2 points, not 'two'\."),
        (HEADS + "ann,5,1,5,right\n", r"line 2: is it 1,5 points\? Write 1\.5, with a point\."),
        (HEADS + "ann,5,1,x\n7,5,2,y\n", r"line 3: this question was corrected in a line above\. Keep one\."),
    ],
)
def test_a_line_that_cannot_be_applied_is_named(tmp_path, text, sentence):
    with pytest.raises(ValueError, match=rf"corrections\.csv, {sentence}"):
        corrected(tmp_path, text)
