"""For instructors: every chapter has a plan that fills 45 minutes, and every link leads to something that is there."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
TEACHING = ROOT / "book/teaching"
PAGES = sorted(path for path in TEACHING.glob("*.md") if path.stem != "assignments")
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in PAGES}
PLANS = {
    found[1]: found[0]
    for name, text in TEXTS.items()
    if name.startswith("plans-")
    for found in re.findall(r"(?ms)^(## (?:.+?)\n\n\{ref\}`(sec-[\w-]+)`.*?)(?=^## |\Z)", text)
}


def chapters():
    """The chapters of the book, as the contents list them: those that make claims, as label and path."""
    listed = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    for part in listed["parts"]:
        for each in part["chapters"]:
            text = (ROOT / f"{each['file']}.md").read_text(encoding="utf-8")
            if "teaching/" not in each["file"] and ":class: claims" in text:
                yield re.search(r"^\((sec-[\w-]+)\)=", text, re.MULTILINE)[1], each["file"]


def test_every_chapter_has_one_plan_and_every_plan_a_chapter():
    assert sorted(PLANS) == sorted(label for label, _ in chapters())


@pytest.mark.parametrize("label", PLANS)
def test_a_plan_fills_45_minutes_without_a_gap_and_says_what_helps(label):
    rows = re.findall(r"^\| (\d+)–(\d+) \|", PLANS[label], re.MULTILINE)
    times = [(int(start), int(end)) for start, end in rows]
    assert times[0][0] == 0 and times[-1][1] == 45 and len(times) >= 5
    assert [end for _, end in times[:-1]] == [start for start, _ in times[1:]]
    assert all(start < end for start, end in times)
    assert re.search(r"^\| 0–5 \| \*\*.*[?.]", PLANS[label], re.MULTILINE), "it opens with a question"
    for word in ("**In class.**", "**Late:**", "imits"):
        assert word in PLANS[label]
    assert 100 <= len(re.sub(r"<[^>]+>|[|*{}`]", " ", PLANS[label]).split()) <= 230


@pytest.mark.parametrize("label", PLANS)
def test_a_plan_names_its_slides_and_a_widget(label):
    page = dict(chapters())[label].rsplit("/", 1)[-1]
    assert f'href="../../slides/{page}.html"' in PLANS[label]
    assert re.search(r'href="\.\./\w+/[\w-]+\.html#[\w-]+\?', PLANS[label]), "a link that opens a widget in a state"


@pytest.mark.parametrize("name", TEXTS)
def test_every_reference_has_its_label_in_the_book(name):
    book = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "book").rglob("*.md"))
    labels = {*re.findall(r"^\(([\w-]+)\)=", book, re.MULTILINE), *re.findall(r"^:label: ([\w-]+)", book, re.MULTILINE)}
    asked = set(re.findall(r"\{ref\}`(?:[^`<]*<)?([\w-]+)>?`", TEXTS[name]))
    assert asked - labels == set()


@pytest.mark.parametrize("name", TEXTS)
def test_every_link_to_a_page_has_its_source(name):
    for page in re.findall(r'href="\.\./((?!\.\.)[\w/-]+)\.html', TEXTS[name]):
        assert (ROOT / "book" / f"{page}.md").is_file(), page


def test_the_day_and_the_lessons_are_complete():
    day = re.findall(r"^\| (\d+:\d+)–(\d+:\d+) \|", TEXTS["courses"], re.MULTILINE)
    assert day[0][0] == "9:00" and day[-1][1] == "17:00"
    assert [end for _, end in day[:-1]] == [start for start, _ in day[1:]]
    lessons = re.findall(r"^\| (\d) \|", TEXTS["courses"], re.MULTILINE)
    assert lessons == [str(each) for each in range(1, 9)]
    for row in re.findall(r"^\| \d \|.*$", TEXTS["courses"], re.MULTILINE):
        assert "{ref}`ex-" in row and "#" in row, row


def test_the_marks_of_the_course_add_up_to_one_hundred():
    found = re.search(r"Assignments (\d+) points, the page of lesson 8 (\d+), quizzes (\d+)", TEXTS["courses"]).groups()
    assert sum(map(int, found)) == 100
