"""The programme of twelve talks: its tasks are those of the lecture, its pages exist, its still holds every answer."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from traitlets import TraitError

from marubatsu.widgets import ProgrammeExercise
from marubatsu.widgets.kit.base import texts_in
from marubatsu.widgets.programme_exercise.programme import TALKS, TASKS, score, verdict

BOOK = Path(__file__).resolve().parents[4] / "book"
WORDS = texts_in("programme_exercise")["en"]
RIGHT = [TASKS.index(talk.task) + 1 for talk in TALKS]


def test_the_tasks_are_those_of_the_lecture():
    assert [talk.task for talk in TALKS] == [
        "classification",  # 1 texture of lung nodules
        "classification",  # 2 liver masses
        "else",  # 3 anomaly detection
        "classification",  # 4 patterns of reduced blood flow
        "generation",  # 5 Progressive GAN
        "generation",  # 6 GAN, nodules
        "else",  # 7 unknown on the slide: identity check
        "classification",  # 8 text classification
        "else",  # 9 retrieval
        "regression",  # 10 parameters of diffusion
        "segmentation",  # 11 muscles of the thigh
        "regression",  # 12 diameter of the aorta
    ]
    assert {number: talk.also for number, talk in enumerate(TALKS, start=1) if talk.also} == {
        7: "classification",
        8: "else",
    }


def test_every_talk_has_its_words_and_its_second_answer_a_reason_of_its_own():
    assert sorted(map(int, WORDS["talks"])) == list(range(1, 13)) and set(WORDS["tasks"]) == set(TASKS)
    for number, talk in enumerate(TALKS, start=1):
        told = WORDS["talks"][str(number)]
        assert told["title"] and told["method"] and told["why"].endswith(".")
        assert ("also" in told) == bool(talk.also)
        # A hint about a near miss never stands beside a right answer, and belongs to a task that exists.
        assert set(told.get("near", {})) <= set(TASKS) - {talk.task, talk.also}


def test_the_lectures_wording_of_method_and_doubt_is_kept():
    said = " ".join(told["method"] for told in WORDS["talks"].values())
    for word in ("texture", "transfer learning", "Progressive GAN", "GAN", "U-Net", "bidirectional LSTM", "regression"):
        assert word in said
    assert "details unknown" in WORDS["talks"]["7"]["method"]
    assert "synthetic data alone" in WORDS["talks"]["10"]["title"]
    assert "not legible" in WORDS["talks"]["3"]["method"]


def test_every_page_that_a_talk_leads_to_has_a_title():
    pages = {page for talk in TALKS for page in talk.pages}
    assert pages == set(WORDS["pages"]) and all(talk.pages for talk in TALKS)
    for page in pages:
        source = BOOK / f"{page}.md"
        if source.exists():
            heading = re.search(r"^# (.+)$", source.read_text(encoding="utf-8"), re.M)[1]
            assert WORDS["pages"][page] == heading


def test_an_answer_is_right_also_right_wrong_or_none():
    assert [verdict(TALKS[6], answer) for answer in range(8)] == ["", "also", *["wrong"] * 5, "right"]
    assert score([0] * 12) == (0, 0) and score(RIGHT) == (12, 12)
    assert score([1] * 12) == (5, 12)  # 1, 2, 4 and 8, and 7 where it is as good
    assert score([3] * 12) == (0, 12)


def test_the_first_answers_count_and_a_later_one_mends_nothing():
    exercise = ProgrammeExercise(answers=[1, 1, *[0] * 10], first=[1, 2, *[0] * 10])
    assert exercise.score() == (1, 2)
    assert ProgrammeExercise(answers=[1, 1, *[0] * 10]).score() == (2, 2)
    assert ProgrammeExercise().score() == (0, 0)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"talk": 0}, "ProgrammeExercise: talk must be a whole number from 1 to 12, but 0 came"),
        ({"talk": 13}, "ProgrammeExercise: talk must be a whole number from 1 to 12, but 13 came"),
        ({"answers": [1, 2]}, r"answers must be 12 whole numbers from 0 \(no answer\) to 7, but \[1, 2\] came"),
        ({"first": [8] + [0] * 11}, "first must be 12 whole numbers"),
        ({"answers": [-1] + [0] * 11}, "answers must be 12 whole numbers"),
    ],
)
def test_what_is_no_state_is_refused_in_a_sentence(state, sentence):
    with pytest.raises(TraitError, match=sentence):
        ProgrammeExercise(**state)


def test_the_still_holds_the_programme_and_below_it_every_answer_with_its_reason():
    still = ProgrammeExercise().still()
    programme, solution = re.findall(r"<table.*?</table>", still, re.S)
    for number, talk in enumerate(TALKS, start=1):
        told = WORDS["talks"][str(number)]
        assert f"<strong>{told['title']}</strong>" in programme and talk.japanese in programme
        assert told["why"] in solution
    assert 'lang="ja"' in programme and not any(told["why"] in programme for told in WORDS["talks"].values())
    rows = Counter(re.findall(r'<th scope="row">\d+</th><td>([^<]*)</td>', solution))
    assert rows["Classification"] == 3 and rows["Classification or Something else"] == 1 and rows["Regression"] == 2


def test_the_state_goes_to_the_page_whole():
    html = ProgrammeExercise(talk=4).html()
    state = json.loads(re.search(r'<script type="application/json">(.*)</script>', html, re.S)[1])
    assert set(state["names"]) == {"answers", "first", "talk"}
    assert state["state"]["talk"] == 4 and state["state"]["answers"] == [0] * 12
    assert len(state["state"]["talks"]) == 12 and state["state"]["tasks"] == list(TASKS)
