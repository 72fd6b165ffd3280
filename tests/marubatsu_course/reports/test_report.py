"""The table, the page of results and the sheets say what became of each, and nothing of a student becomes a program."""

import csv
from dataclasses import replace

import pytest

from marubatsu_course import assignment, classroom
from marubatsu_course.marking import Answered, Marked
from marubatsu_course.reports import report, sheet, table
from marubatsu_course.walls import sandbox

LAYERS = assignment.load("layers")


def full(name="her", status="marked", **changed):
    """A submission with all points, but for the questions that are given by their number: q4=Answered(…)."""
    answers = [changed.get(f"q{question.number}", Answered(float(question.points), question.points, tests=4))
               for question in LAYERS.questions]  # fmt: skip
    return Marked(f"{name}/a.ipynb", name, "", status, answers)


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "@x", "-2"])
def test_no_name_becomes_a_formula_in_a_spreadsheet(tmp_path, name):
    table.write(tmp_path / "marks.csv", [full(name)], LAYERS)
    row = list(csv.reader((tmp_path / "marks.csv").open(encoding="utf-8-sig")))[1]
    assert (row[0], row[2]) == (f"'{name}", f"'{name}/a.ipynb")


def test_points_have_two_decimals_at_most():
    assert [table.rounded(points) for points in (2, 1.5, 2 / 3, 13.6667)] == ["2", "1.5", "0.67", "13.67"]


def test_the_question_missed_most_stands_first_with_what_was_missed_most():
    lost = [
        full(f"<b>{n}", q4=Answered(1.0, 4, f"Do not flip (it is (n)) (gave {n})", "Do not flip (it is (n))", 3, 4))
        for n in range(3)
    ]
    results = [*lost, full("x", q4=Answered(0.0, 4, "left empty", "Do", 4, 4))]
    first = report.missed(results, LAYERS)[0]
    assert (first.number, first.share, first.lost, first.empty) == (
        4,
        3 / 16,
        4,
        1,
    ) and first.most == "Do not flip (it is (n))"
    page = report.page(results, LAYERS, sandbox.protections())
    assert "4 of 4 lost points, 1 left it empty; most often missed: Do not flip (it is (n))<" in page
    assert "&lt;b&gt;0" in page and "<b>0" not in page


def test_what_is_no_notebook_of_this_assignment_is_shown_but_not_counted():
    others = [full(name, status) for name, status in (("b", "unreadable"), ("c", "another"), ("d", "missing"))]
    empty = [replace(each, questions=[Answered(0.0, q.points, "x") for q in LAYERS.questions]) for each in others]
    page = report.page([full("a"), *empty], LAYERS, {}, aside=[("notes.txt", "It is not a notebook.")])
    assert "1</strong>notebook of" in page and "16.0</strong>points on average" in page and "4</strong>students" in page
    assert 'aria-label="Columns. 16 points: 1"' in page and page.count("<details id=") == 4
    assert "<h2>Not marked</h2>" in page and "notes.txt" in page and "lost points" not in page


def test_a_class_without_a_notebook_still_has_a_page():
    page = report.page([full("b", "unreadable")], LAYERS, {})
    assert "–</strong>points on average" in page and "0</strong>notebooks" in page


def test_the_page_says_the_limits_that_hold_and_those_that_do_not():
    page = report.page([full()], LAYERS, {"time": True, "memory": True, "network": False, "other processes": True})
    for words in ("time: 20 s a cell, 5 s a test, 60 s in all", "memory: 2 GiB",
                  "network: not limited on this computer", "other processes: kept apart"):  # fmt: skip
        assert f"<li>{words}</li>" in page


def test_a_sheet_says_why_points_were_lost_and_what_was_written():
    marked = full("Zoë <i>", q4=Answered(1.0, 4, "Do not flip (gave 6)", "Do not flip", 3, 4, "x = '<script>'"),
                  q5=Answered(2.0, 2, "", "", 4, 4, "y", "on paper"))  # fmt: skip
    text = sheet.page(marked, LAYERS)
    for words in ("Do not flip (gave 6).", "3 of 4 tests gave something else than expected.",
                  "x = &#x27;&lt;script&gt;&#x27;", "1 of 4</span>", "Corrected by hand: on paper.", "Zoë &lt;i&gt;",
                  "<b>13</b> of 16 points"):  # fmt: skip
        assert words in text
    assert "<script" not in text and "<i>" not in text
    assert "<summary>What you handed in</summary>" in text
    page = report.page([marked], LAYERS, {})
    assert "<summary>What was handed in for question 4</summary>" in page and "What you" not in page


def test_the_list_of_what_to_look_at_tells_files_of_one_name_apart():
    results = [replace(full("Ivan <b>", "errors"), submission=f"Ivan/{name}/m.ipynb", number="7") for name in "xy"]
    classroom.ask_which_counts(results)
    page = report.page([*results, full("her", "errors")], LAYERS, {})
    look = page.split("<h2>To look at</h2>")[1].split("</ul>")[0]
    for name in "xy":
        assert f"Ivan &lt;b&gt;</a> <small>7</small> <small>{name}/m.ipynb</small>" in look
    assert "her</a></span>" in look


def test_sheets_have_names_that_every_system_can_hold_and_no_two_the_same():
    results = [full("a/b: c?"), full("Ann"), full("ann"), full("..."), replace(full("Bo"), number="7")]
    assert sheet.names(results) == ["a-b- c-.html", "Ann.html", "ann (2).html", "student.html", "Bo_7.html"]


def test_what_could_not_be_marked_shows_only_what_was_corrected_by_hand():
    answers = [Answered(0.0, q.points, "the file is not a notebook") for q in LAYERS.questions]
    answers[4] = replace(answers[4], points=2, by_hand="seen on paper")
    text = sheet.questions(Marked("a", "a", "", "unreadable", answers), LAYERS)
    assert text.count("<li>") == 1 and "5. ReLU" in text and "Seen on paper" not in text and "seen on paper" in text
