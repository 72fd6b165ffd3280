"""The first cell of a notebook: silent where the library is there, elsewhere it installs it or says who can help."""

import importlib.util

import pytest

from marubatsu_course.first_cell import EXTRAS, FOR_STUDENTS, first_cell


def test_where_the_library_is_missing_and_nothing_can_be_installed_a_student_is_told_whom_to_ask(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError) as error:
        exec(first_cell(""), {})
    assert str(error.value) == FOR_STUDENTS
    with pytest.raises(ModuleNotFoundError, match=r"Ask us\."):
        exec(first_cell("", "Ask us."), {})


def test_where_the_library_is_there_the_cell_does_nothing():
    names = {}
    exec(first_cell(""), names)
    assert set(names) == {"__builtins__", "importlib"}


def test_with_a_repository_the_cell_installs_from_it_what_the_pages_need():
    *_, last = first_cell("https://example.org/book").splitlines()
    assert last == f'    %pip install --quiet "marubatsu[{EXTRAS}] @ git+https://example.org/book"'
