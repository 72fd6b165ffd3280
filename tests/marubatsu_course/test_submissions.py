"""What came in is sorted: whose each file is, what is marked, and what is not and why."""

import json
import zipfile

import pytest

from marubatsu_course.submissions import collect, read_notebook

NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "source": "1"}]})


def lay(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("a picture" if name.endswith(".jpg") else NOTEBOOK)


def who(folder, **options):
    return [(each.student, each.number, each.path) for each in collect(folder, **options)[0]]


def test_moodles_folders_and_files_give_name_and_number(tmp_path):
    lay(tmp_path, "Anna Müller_104_assignsubmission_file_/a.ipynb", "course/Bo_O_105_assignsubmission_file_b.ipynb")
    assert [each[:2] for each in who(tmp_path)] == [("Anna Müller", "104"), ("Bo_O", "105")]


def test_elsewhere_the_student_is_the_first_folder_that_holds_a_file_or_the_file(tmp_path):
    lay(tmp_path, "group/anna/a.ipynb", "group/anna/more/b.ipynb", "cleo.ipynb")
    assert [each[0] for each in who(tmp_path)] == ["cleo", "group/anna", "group/anna"]


def test_what_systems_add_and_earlier_results_are_passed_over(tmp_path):
    lay(tmp_path, "a.ipynb", "Thumbs.db", "desktop.ini", ".x/a.ipynb", "__MACOSX/a.ipynb", "out/layers/x.ipynb",
        "b/.ipynb_checkpoints/b.ipynb")  # fmt: skip
    assert collect(tmp_path, leave=tmp_path / "out")[1] == []
    assert [each[2] for each in who(tmp_path, leave=tmp_path / "out")] == ["a.ipynb"]


def pack(path, *names):
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as packed:
        for name in names:
            packed.writestr(name, NOTEBOOK)


@pytest.mark.parametrize("name", ["m.ipynb.txt", "m.IPYNB.json", "m.txt"])
def test_a_notebook_that_a_mail_program_renamed_is_read_alone_and_in_a_zip_file(tmp_path, name):
    lay(tmp_path, name)
    (found,), aside = collect(tmp_path)
    assert (found.student, found.path, found.content(), aside) == ("m", name, NOTEBOOK.encode(), [])
    if "ipynb" in name.lower():
        pack(tmp_path / "z.zip", name)
        assert [each.student for each in collect(tmp_path)[0]] == ["m", "z"]


def test_the_sender_of_what_is_only_named_like_a_notebook_is_not_forgotten(tmp_path):
    (tmp_path / "m.ipynb.txt").write_text("Dear lecturer")
    (tmp_path / "notes.txt").write_text('{"cells": 3}')
    (found,), aside = collect(tmp_path)
    assert (found.student, found.missing) == ("m", "there is no notebook among what came: m.ipynb.txt")
    assert [name for name, _ in aside] == ["m.ipynb.txt", "notes.txt"]
    rename = ["rename it to end in .ipynb and mark again" in reason for _, reason in aside]
    assert rename == [True, False]


def test_a_zip_file_with_one_notebook_is_opened(tmp_path):
    pack(tmp_path / "emil/a.zip", "work/a.ipynb", "__MACOSX/a.ipynb", "data.csv")
    (found,), aside = collect(tmp_path)
    assert (found.student, found.path, aside) == ("emil", "emil/a.zip/work/a.ipynb", [])
    assert found.content() == NOTEBOOK.encode()


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["a.ipynb", "b.ipynb"], "2 notebooks are in it. Unpack it here and mark again."),
        (["a.txt"], "No notebook is in it."),
        (None, "It could not be opened. Unpack it here and mark again."),
    ],
)
def test_a_zip_file_that_is_not_opened_is_set_aside_with_what_to_do(tmp_path, names, reason):
    if names is None:
        (tmp_path / "a.zip").write_text("no zip")
    else:
        pack(tmp_path / "a.zip", *names)
    assert collect(tmp_path) == ([], [("a.zip", reason)])


def test_a_photograph_is_no_student_but_a_student_who_sent_only_one_keeps_a_row(tmp_path):
    lay(tmp_path, "anna/a.ipynb", "anna/a.jpg", "olga/b.jpg", "Pia_7_assignsubmission_file_c.jpg", "d.jpg")
    found, aside = collect(tmp_path)
    assert [(each.student, each.missing) for each in found] == [
        ("Pia", "there is no notebook among what came: Pia_7_assignsubmission_file_c.jpg"),
        ("anna", ""),
        ("olga", "there is no notebook among what came: b.jpg"),
    ]
    assert len(aside) == 4 and {reason for _, reason in aside} == {
        "It is not a notebook. Look whether it belongs to an answer."}  # fmt: skip


def test_a_file_that_is_gone_when_its_turn_comes_is_empty(tmp_path):
    lay(tmp_path, "a.ipynb")
    pack(tmp_path / "b.zip", "b.ipynb")
    found, _ = collect(tmp_path)
    (tmp_path / "a.ipynb").unlink()
    (tmp_path / "b.zip").write_text("broken meanwhile")
    assert [each.content() for each in found] == [b"", b""]


def test_an_empty_folder_or_none_is_said(tmp_path):
    with pytest.raises(ValueError, match="holds no submission"):
        collect(tmp_path)
    with pytest.raises(ValueError, match="there is no folder"):
        collect(tmp_path / "none")


def test_headings_and_the_name_of_the_assignment_are_read():
    cells = [{"cell_type": "markdown", "source": ["# A title\n", "\n", "## Question 1: X (2 points)"]},
             {"cell_type": "code", "source": "x", "metadata": None}]  # fmt: skip
    read = read_notebook(json.dumps({"cells": cells, "metadata": {"marubatsu": {"assignment": "a"}}}).encode(), "a")
    assert (read.headings, read.assignment) == (["A title", "Question 1: X (2 points)"], "a")
    assert read.cells == [("x", {})]
    assert read_notebook(json.dumps({"cells": [], "metadata": {"marubatsu": 3}}).encode(), "a").assignment == ""
