"""The order of the book: read off its table of contents, and found from wherever a command runs."""

import pytest

from marubatsu_course import contents


def test_parts_and_pages_come_in_the_order_in_which_they_are_listed(tmp_path):
    toc = tmp_path / "_toc.yml"
    toc.write_text(
        "root: book/index\nparts:\n  - caption: One\n    chapters:\n      - file: book/b\n"
        "        sections: [{file: book/b-more}]\n      - file: book/a\n"
    )
    assert contents.order(toc) == [("", ["book/index"]), ("One", ["book/b", "book/b-more", "book/a"])]


def test_a_copy_of_the_book_finds_its_own_table_of_contents():
    assert contents.order(contents.toc_here())[0] == ("", ["book/index"])


def test_a_command_far_from_any_book_says_where_to_run_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(contents, "__file__", str(tmp_path / "a" / "b" / "contents.py"))
    with pytest.raises(ValueError, match=r"there is no _toc\.yml in .*\. Run the command in the book's folder\."):
        contents.toc_here()
