"""The quiz of a page on slides: one question each, large enough for the last row."""

import json
from copy import copy

from bs4 import Tag

from marubatsu_book.site.static_widgets import as_script

STATE = "script[type='application/json']"


def one_by_one(quiz: Tag) -> list[tuple[str, str]]:
    """Return for each question of a quiz the widget that asks it alone, and its answer for the speaker, as HTML."""
    stored = json.loads(quiz.select_one(STATE).string)
    questions = stored["state"]["questions"]
    return [_only(quiz, stored, place) for place in range(len(questions))]


def _only(quiz, stored, place):
    twin = copy(quiz)
    twin["id"] = quiz["id"] if place == 0 else f"{quiz['id']}-{place + 1}"
    state = stored["state"] | {"questions": [stored["state"]["questions"][place]]}
    twin.select_one(STATE).string = as_script(stored | {"state": state})
    answer = ""
    for listed in twin.select(".marubatsu-quiz > ol, .marubatsu-quiz > details > ol"):
        for other, point in enumerate(listed.find_all("li", recursive=False)):
            if other != place:
                point.decompose()
            elif listed.parent.name == "details":
                answer = f"<p>{point.decode_contents()}</p>"
    return str(twin), answer
