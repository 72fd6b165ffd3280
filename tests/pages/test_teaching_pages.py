"""For instructors: every chapter has a plan that fills 45 minutes, and every link leads to something that is there."""

import re
from pathlib import Path

import numpy as np
import pytest
import yaml

from marubatsu.layers import Linear, ReLU
from marubatsu.network import Chain
from marubatsu.notation import output_size
from marubatsu_course.assignment import load

ROOT = Path(__file__).resolve().parents[2]
TEACHING = ROOT / "book/teaching"
PAGES = sorted(path for path in TEACHING.glob("*.md") if path.stem != "assignments")
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in PAGES}
PLANS = {
    found[1]: found[0]
    for name, text in TEXTS.items()
    if name.startswith("plans-")
    for found in re.findall(r"(?ms)^(## (?:.+?)\n\n\{ref\}`(sec-[\w-]+)`.*?)(?=^## |\Z)", text)
}


TIMES = r"^\| (\d+)–(\d+) \|"
TABLES = [line.strip("| ").split(" | ") for line in re.findall(r"^\| \d \|.*$", TEXTS["courses"], re.MULTILINE)]
LESSONS = {cells[0]: cells[1:] for cells in TABLES if len(cells) == 6}
ROWS = {cells[0]: cells[1:] for cells in TABLES if len(cells) == 3}


def labels_of(text):
    return re.findall(r"\{ref\}`(sec-[\w-]+)`", text)


def rows_of(text):
    """The rows of cards that a text names, as label, first and last minute."""
    for label, times in re.findall(r"\{ref\}`(sec-[\w-]+)` ((?:\d+–\d+(?:, )?)+)", text):
        for start, end in re.findall(r"(\d+)–(\d+)", times):
            yield label, int(start), int(end)


def minutes_of(rows):
    """What rows take: one after the other, and of those at the same time the longest."""
    total = 0
    for part in rows.split("; "):
        lengths = [end - start for _, start, end in rows_of(part)]
        if part == "each third reports for three minutes":
            lengths = [3, 3, 3]
        total += max(lengths) if "at the same time" in part else sum(lengths)
    return total


def reading_minutes():
    """The minutes that each chapter claims for itself, by its label."""
    texts = {label: (ROOT / f"{page}.md").read_text(encoding="utf-8") for label, page in chapters()}
    return {
        label: int(re.search(r":class: claims\n.*?^\*(\d+) minutes\.", text, re.DOTALL | re.MULTILINE)[1])
        for label, text in texts.items()
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
    rows = re.findall(TIMES, PLANS[label], re.MULTILINE)
    times = [(int(start), int(end)) for start, end in rows]
    assert times[0][0] == 0 and times[-1][1] == 45 and len(times) >= 5
    assert [end for _, end in times[:-1]] == [start for start, _ in times[1:]]
    assert all(start < end for start, end in times)
    assert re.search(r"^\| 0–5 \| \[\*\*[^\]]*[?.]\*\*\]\{\.question\b", PLANS[label], re.MULTILINE), (
        "it opens with a question"
    )
    for word in ("**Bring:**", "**In class.**", "**Late:**"):
        assert word in PLANS[label]
    assert 100 <= len(re.sub(r"<[^>]+>|[|*{}`]", " ", PLANS[label]).split()) <= 265


@pytest.mark.parametrize("label", PLANS)
def test_the_last_four_minutes_of_a_plan_are_the_limits_and_no_quiz_is_in_its_45(label):
    start, end, words = re.findall(r"^\| (\d+)–(\d+) \| (.*) \|$", PLANS[label], re.MULTILINE)[-1]
    assert int(end) - int(start) >= 4 and re.search("[Ll]imits", words)
    assert "quiz" not in PLANS[label].casefold()


def test_all_pages_say_the_same_of_the_last_minutes_and_the_quiz():
    for name in ("for-instructors", "lesson-plans", "courses"):
        text = " ".join(TEXTS[name].split())
        assert re.search("last four (minutes )?(are|belong to) the limits", text), name
        assert "quiz is homework" in text and "opens the next lesson" in text, name
        assert "last five" not in text


@pytest.mark.parametrize("name", ["for-instructors", "lesson-plans"])
def test_that_the_plans_are_untried_is_said_beside_them(name):
    assert "have not yet been tried on many classes" in TEXTS[name]


@pytest.mark.parametrize("label", PLANS)
def test_what_a_plan_uses_in_the_room_is_among_what_to_bring(label):
    (bring,) = re.findall(r"^\*\*Bring:\*\* (.+)$", PLANS[label], re.MULTILINE)
    things = ["squared paper", "pencil", "printed", "shoe", "pin ", "leaflet", "real abstract", "slip"]
    rows = "\n".join(re.findall(r"^\| \d.*$", PLANS[label], re.MULTILINE))
    for thing in things:
        if thing in rows:
            assert thing.removeprefix("real ").strip() in bring, thing


def test_four_people_in_a_row_say_the_numbers_of_the_network():
    tiny = Chain(Linear(1, 1, bias=False), ReLU(), Linear(1, 1, bias=False))
    tiny[0].weight.value[:], tiny[2].weight.value[:] = 3.0, 0.5
    steps = [float(each.item()) for each in tiny.outputs(np.array([[2.0]]))]
    output = tiny.forward(np.array([[2.0]]), training=True).item()
    loss, slope = (output - 1) ** 2, 2 * (output - 1)
    tiny.backward(np.array([[slope]]))
    last, first = tiny[2].weight.gradient.item(), tiny[0].weight.gradient.item()
    assert steps == [6, 6, 3] and (loss, slope, last, slope * 0.5, first) == (4, 4, 24, 2, 4)
    for words in (
        "becomes 6, 6, 3, and a loss of 4",
        "asks for **4**",
        "4 · 6 = **24**",
        "4 · 0.5 = **2**",
        "2 · 2 = **4**",
    ):
        assert words in PLANS["sec-training"]


def test_from_227_three_poolings_lead_down_to_6():
    size = output_size(227, 11, stride=4)
    assert size == 55 and "227 → 55" in PLANS["sec-alexnet"]
    for _ in range(3):
        size = output_size(size, 3, stride=2)
    assert size == 6 and "three times pooling by 3 with stride 2, down to 6" in PLANS["sec-alexnet"]


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
    assert set(re.findall(r"\{numref\}`(fig-[\w-]+)`", TEXTS[name])) <= set(re.findall(r" name: (fig-[\w-]+)", book))


def test_every_link_to_a_page_has_its_source():
    linked = {name: re.findall(r'href="\.\./((?!\.\.)[\w/-]+)\.html', text) for name, text in TEXTS.items()}
    assert {name for name, pages in linked.items() if pages} >= {
        "courses",
        *(n for n in TEXTS if n.startswith("plans-")),
    }
    gone = {name: [p for p in pages if not (ROOT / "book" / f"{p}.md").is_file()] for name, pages in linked.items()}
    assert not any(gone.values()), gone


def test_the_day_and_the_lessons_are_complete():
    day = re.findall(r"^\| (\d+:\d+)–(\d+:\d+) \|", TEXTS["courses"], re.MULTILINE)
    assert day[0][0] == "9:00" and day[-1][1] == "17:00"
    assert [end for _, end in day[:-1]] == [start for start, _ in day[1:]]
    assert list(LESSONS) == list(ROWS) == [str(each) for each in range(1, 9)]
    for goal, pages, link, exercise, handed_in in LESSONS.values():
        assert goal and pages and "#" in link and "{ref}`ex-" in exercise and handed_in


def test_the_minutes_of_reading_are_those_that_the_pages_claim():
    claimed = reading_minutes()
    for lesson, (_, cell, *_) in LESSONS.items():
        pages, minutes = cell.removesuffix(" minutes").split("; ")
        found = [claimed[label] for label in labels_of(pages)]
        if "one for each third" in pages:
            assert minutes == f"at most {max(found)}"
        else:
            assert minutes == str(sum(found)), lesson
    assert f"{{ref}}`sec-network-by-hand`, {claimed['sec-network-by-hand']} minutes" in TEXTS["courses"]
    assert f"{min(claimed.values())} to {max(claimed.values())} minutes of reading" in TEXTS["for-instructors"]
    assert f"{{ref}}`sec-images-are-numbers`, {claimed['sec-images-are-numbers']} minutes" in TEXTS["courses"]


@pytest.mark.parametrize("lesson", ROWS)
def test_the_rows_of_the_cards_fill_a_lesson_and_end_with_the_limits(lesson):
    rows, left = ROWS[lesson]
    assert {label for label, _, _ in rows_of(rows)} <= set(labels_of(LESSONS[lesson][1]))
    for label, start, end in rows_of(rows):
        times = [(int(first), int(last)) for first, last in re.findall(TIMES, PLANS[label], re.MULTILINE)]
        assert start in dict(times) and end in dict(times).values(), (label, start, end)
    assert minutes_of(rows) + int(left) == 45 and rows.endswith("–45")


def test_the_marks_of_the_course_add_up_to_one_hundred():
    found = re.search(
        r"Assignments (\d+) points \((.*?)\), the page of lesson 8 (\d+), quizzes (\d+)", TEXTS["courses"]
    )
    assignments, how, page, quizzes = found.groups()
    assert int(assignments) + int(page) + int(quizzes) == 100
    handed_in = [name for *_, cell in LESSONS.values() for name in re.findall(r"assignment: (\w+)", cell)]
    points = sum(load(name).points for name in handed_in)
    assert how == f"the {points} of *layers*, *architectures* and *tasks*, times {int(assignments) / points:g}"
    assert handed_in == re.findall(r"\*(\w+)\*", how)
