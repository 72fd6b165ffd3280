"""The programme exercise: sorted by mouse and by key, told why at once, kept in the address, led to the right page."""

import re

import pytest

from marubatsu.widgets import ProgrammeExercise
from marubatsu.widgets.kit.base import texts_in
from marubatsu.widgets.programme_exercise import programme
from marubatsu.widgets.programme_exercise.programme import TALKS, TASKS

PAGE, SLUG = "book/machines/reading-a-programme.html", "programme-exercise"
WORDS = texts_in("programme_exercise")["en"]
NONE = [0] * len(TALKS)
RIGHT = [TASKS.index(talk.task) + 1 for talk in TALKS]
GIVEN = [{"task": talk.task, "also": talk.also} for talk in TALKS]


def choose(widget, task):
    widget.live.locator(f".mb-talk-option[data-task={task}]").click()
    widget.settle()


def notice(widget):
    box = widget.live.locator(".mb-talk-notice")
    return (" ".join(box.inner_text().split()), box.get_attribute("data-kind")) if box.is_visible() else ("", "")


def board(widget):
    lines = widget.live.locator(".mb-talk-line").all()
    return {line.locator("dt").inner_text(): line.locator(".mb-talk-chip").all_inner_texts() for line in lines}


def test_it_opens_with_the_first_talk_and_no_answer(opened):
    widget = opened(PAGE, SLUG)
    assert widget.text(".mb-talk-title") == WORDS["talks"]["1"]["title"]
    assert widget.text(".mb-talk-card [lang=ja]") == TALKS[0].japanese
    assert notice(widget) == ("", "") and widget.text(".mb-talk-score") == WORDS["start"]
    assert widget.live.locator("[aria-pressed=true]").count() == 0


def test_every_right_answer_by_mouse_gives_its_reason_and_its_pages(opened):
    widget = opened(PAGE, SLUG)
    for number, talk in enumerate(TALKS, start=1):
        told = WORDS["talks"][str(number)]
        assert widget.text(".mb-talk-title") == told["title"]
        choose(widget, talk.task)
        text, kind = notice(widget)
        assert kind == "good" and told["why"] in text
        links = widget.live.locator(".mb-talk-notice a").all()
        assert [link.inner_text() for link in links] == [WORDS["pages"][page] for page in talk.pages]
        assert [re.search(r"book/(.+)\.html$", link.get_attribute("href"))[1] for link in links] == list(talk.pages)
        if number < len(TALKS):
            widget.press("Next talk")
    assert widget.text(".mb-talk-score") == "All 12 sorted. At the first try right: 12 of 12."
    assert not widget.live.get_by_role("button", name="Next talk").is_visible()
    expected = {WORDS["tasks"][task]["title"]: [] for task in TASKS}
    for number, talk in enumerate(TALKS, start=1):
        expected[WORDS["tasks"][talk.task]["title"]].append(str(number))
    assert board(widget) == expected


def test_a_wrong_answer_says_why_not_and_the_first_answer_stays_counted(opened):
    widget = opened(f"{PAGE}#{SLUG}?talk=12", SLUG)
    choose(widget, "segmentation")
    text, kind = notice(widget)
    assert kind == "bad" and WORDS["talks"]["12"]["near"]["segmentation"] in text
    assert widget.live.locator(".mb-talk-notice a").count() == 0
    choose(widget, "detection")
    assert WORDS["tasks"]["detection"]["not"] in notice(widget)[0]
    choose(widget, "regression")
    assert notice(widget)[1] == "good"
    assert widget.text(".mb-talk-score") == "At the first try right: 0 of 1."
    state = {name: [int(each) for each in widget.state(name).split(",")] for name in ("answers", "first")}
    assert (state["answers"][11], state["first"][11]) == (2, 4)
    assert ProgrammeExercise(**state).score() == (0, 1)


def test_both_answers_to_a_talk_of_which_the_slide_says_unknown_are_right(opened):
    widget = opened(f"{PAGE}#{SLUG}?talk=7", SLUG)
    choose(widget, "classification")
    text, kind = notice(widget)
    assert kind == "good" and WORDS["talks"]["7"]["also"] in text
    choose(widget, "else")
    text, kind = notice(widget)
    assert kind == "good" and WORDS["talks"]["7"]["why"] in text
    assert board(widget)["Something else"] == ["7"]


def test_all_of_it_by_keyboard_and_spoken(opened):
    widget = opened(PAGE, SLUG)
    widget.live.get_by_role("button", name="Talk 4", exact=True).focus()
    widget.page.keyboard.press("Enter")
    widget.settle()
    assert widget.text(".mb-talk-title") == WORDS["talks"]["4"]["title"]
    for _ in range(9):  # over the other eight talks, to the first task
        widget.page.keyboard.press("Tab")
    focused = widget.page.evaluate("document.activeElement.dataset.task")
    assert focused == "classification"
    widget.page.keyboard.press("Space")
    widget.settle()
    assert notice(widget)[1] == "good"
    spoken = widget.spoken()
    assert spoken.startswith("Right: Classification. Each brain") and spoken.endswith("first try right: 1 of 1.")
    assert widget.page.evaluate("document.activeElement.dataset.task") == "classification"  # focus has not jumped
    mark = widget.live.get_by_role("button", name="Talk 4: Right", exact=True)
    assert mark.get_attribute("aria-current") == "true"


def test_the_state_lies_in_the_address_and_comes_back(opened):
    widget = opened(PAGE, SLUG)
    choose(widget, "detection")
    choose(widget, "classification")
    widget.press("Next talk")
    choose(widget, "classification")
    widget.settle_address()
    again = opened(widget.page.url.split("/html/", 1)[1], SLUG)
    assert again.text(".mb-talk-title") == WORDS["talks"]["2"]["title"] and notice(again)[1] == "good"
    assert again.text(".mb-talk-score") == "At the first try right: 1 of 2."
    again.press("Reset")
    assert again.text(".mb-talk-title") == WORDS["talks"]["1"]["title"]
    assert again.text(".mb-talk-score") == WORDS["start"] and notice(again) == ("", "")


@pytest.mark.parametrize(
    ("fragment", "talk", "score"),
    [
        ("talk=99", 12, WORDS["start"]),
        ("talk=-4&answers=9,9,9,9,9,9,9,9,9,9,9,9", 1, WORDS["start"]),
        ("answers=1,-2", 1, "At the first try right: 1 of 1."),
        ("answers=1;2&first=x&talk=2.4", 2, WORDS["start"]),
        ("first=1,1,1,1,1,1,1,1,1,1,1,1", 1, WORDS["start"]),
        ("answers=1,1,1,1,1,1,1,1,1,1,1,1,1,1,1", 1, "At the first try right: 5 of 12."),
        ("answers=&first=", 1, WORDS["start"]),
    ],
)
def test_an_address_of_nonsense_leaves_a_working_widget(opened, fragment, talk, score):
    widget = opened(f"{PAGE}#{SLUG}?{fragment}", SLUG)
    assert widget.text(".mb-talk-title") == WORDS["talks"][str(talk)]["title"]
    assert widget.text(".mb-talk-score") == score
    choose(widget, TALKS[talk - 1].task)
    assert notice(widget)[1] == "good"


def test_the_python_line_makes_the_same_exercise(opened):
    widget = opened(f"{PAGE}#{SLUG}?talk=5", SLUG)
    choose(widget, "quality")
    choose(widget, "generation")
    made = eval(widget.copied("Copy as Python"), {"ProgrammeExercise": ProgrammeExercise})
    assert (made.talk, made.answers[4], made.first[4], made.score()) == (5, 6, 5, (0, 1))


def test_verdict_score_and_the_next_talk_are_those_of_python(call):
    tasks = list(TASKS)
    for talk, given in zip(TALKS, GIVEN, strict=True):
        for answer in range(len(TASKS) + 1):
            assert call("programme_exercise", "verdict", given, answer, tasks) == programme.verdict(talk, answer)
    for answers in (NONE, RIGHT, [1] * 12, [7] * 12, [1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4]):
        assert call("programme_exercise", "score", answers, GIVEN, tasks) == list(programme.score(answers))
    assert call("programme_exercise", "next", 12, NONE, GIVEN, tasks) == 1
    assert call("programme_exercise", "next", 3, RIGHT, GIVEN, tasks) == 0
    assert call("programme_exercise", "next", 3, [*RIGHT[:2], 1, *RIGHT[3:]], GIVEN, tasks) == 3


@pytest.mark.parametrize("width", [360, 1280])
def test_feedback_comes_into_sight_on_a_phone_too(browser, site, width):
    from reader import Widget

    context = browser.new_context(viewport={"width": width, "height": 640}, offline=True, has_touch=True)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{PAGE}")
    widget = Widget(page, SLUG)
    option = widget.live.locator(".mb-talk-option[data-task=classification]")
    option.scroll_into_view_if_needed()
    option.tap()
    widget.settle()
    box = widget.live.locator(".mb-talk-notice").bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= 640
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_without_scripts_the_programme_and_its_answers_stay(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{PAGE}")
    still = page.locator(f"figure#{SLUG} .marubatsu-still")
    assert still.locator("table").count() == 2 and still.locator("tbody tr").count() == 24
    text = " ".join(still.inner_text().split())
    assert all(told["title"] in text and told["why"] in text for told in WORDS["talks"].values())
    context.close()
