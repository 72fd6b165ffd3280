"""The gate before the tests: a list of known errors only becomes shorter, and missing node is said, never passed by."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OLD, NEW = "code/a.py: Wrong  [old]", "code/b.js: TS2339: No such field"
SEEN = {OLD: "code/a.py:3: error: Wrong  [old]", NEW: "code/b.js(7,2): error TS2339: No such field"}


def shrink(tmp_path, known, found, *options):
    """What became of a list of known errors, beside a checker that finds these."""
    listed = tmp_path / "known.txt"
    listed.write_text("".join(f"{each}\n" for each in known), encoding="utf-8")
    checker = [sys.executable, "-c", f"print({chr(10).join(SEEN[each] for each in found)!r}); raise SystemExit(1)"]
    command = [sys.executable, ROOT / ".ci" / "shrinking.py", *options, listed, *checker]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return run.returncode, run.stdout, listed.read_text(encoding="utf-8").splitlines()


def test_known_errors_pass_whatever_their_line(tmp_path):
    code, said, _ = shrink(tmp_path, [OLD, NEW], [OLD, NEW])
    assert code == 0 and "0 new, 2 known" in said


@pytest.mark.parametrize("known", [[OLD], [OLD, NEW]])
def test_a_new_error_fails_and_says_where(tmp_path, known):
    code, said, listed = shrink(tmp_path, known, [OLD, NEW, NEW])
    assert code == 1 and "code/b.js:7" in said and listed == known


def test_an_error_that_is_gone_must_leave_the_list(tmp_path):
    code, said, _ = shrink(tmp_path, [OLD, NEW], [OLD])
    assert code == 1 and f"no longer found: {NEW}" in said and "make shorten" in said
    code, _, listed = shrink(tmp_path, [OLD, NEW], [OLD], "--shorten")
    assert code == 0 and listed == [OLD]


def test_shortening_adds_nothing(tmp_path):
    code, _, listed = shrink(tmp_path, [OLD], [NEW], "--shorten")
    assert code == 1 and listed == []


def test_a_checker_that_breaks_down_is_no_success(tmp_path):
    command = [
        sys.executable,
        ROOT / ".ci" / "shrinking.py",
        tmp_path / "known.txt",
        sys.executable,
        "-c",
        "raise OSError",
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1 and "could not do its work" in run.stdout


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_without_node_a_sentence_says_what_was_not_checked_and_ci_fails(tmp_path, ci, code):
    for tool in ("bash", "dirname", "env"):
        (tmp_path / tool).symlink_to(shutil.which(tool))
    run = subprocess.run(
        ["bash", ROOT / ".ci" / "check", "scripts"],
        env=os.environ | {"PATH": str(tmp_path), "CI": ci},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "node is not installed" in run.stdout and run.returncode == code
    assert ("CI needs it" in run.stdout) == bool(ci)


def test_only_the_course_and_the_book_have_known_errors_of_types():
    listed = (ROOT / ".ci" / "known-types.txt").read_text(encoding="utf-8").splitlines()
    assert [each for each in listed if each.startswith("code/marubatsu/")] == []
