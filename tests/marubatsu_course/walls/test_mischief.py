"""A hostile submission costs its own question and nothing else, gains nothing, and what it tried is told."""

import time

import pytest
import simulated
from simulated import marked

from marubatsu_course.walls import guard

pytestmark = pytest.mark.slow  # each submission runs in processes of its own, and many until a clock ends them


@pytest.mark.parametrize("name", simulated.HOSTILE)
def test_mischief_costs_its_own_question_and_nothing_else(layers, tmp_path, name):
    found, _, notebook, solved = layers
    code, status = simulated.HOSTILE[name]
    victim = tmp_path / "results"
    victim.mkdir()
    (victim / "marks.csv").write_text("untouched")
    answer = "# question 1\n" + code.replace("{out}", str(victim))
    result = marked(layers, tmp_path, simulated.submission(notebook, solved | {1: answer}))
    assert result.status == status
    assert result.points == found.points - 2
    assert (victim / "marks.csv").read_text() == "untouched"


@pytest.mark.parametrize("name", ["reads-tests", "writes-marks", "moves", "talks", "starts", "kills", "deletes"])
def test_an_attempt_is_told_to_the_lecturer(layers, tmp_path, name):
    answer = "# question 1\n" + simulated.HOSTILE[name][0].replace("{out}", str(tmp_path))
    result = marked(layers, tmp_path, simulated.submission(layers[2], layers[3] | {1: answer}))
    table = guard.short(f"{tmp_path}/marks.csv")
    aim = {"reads-tests": "read ", "writes-marks": f"write {table}", "talks": "reach the network at 127.0",
           "starts": "start the program id", "kills": "end or copy a process (os.kill)",
           "moves": f"delete, move or change {table}", "deletes": "delete, move or change /"}  # fmt: skip
    assert any(f"was refused: {aim[name]}" in note for note in result.notes), result.notes


def test_a_long_target_keeps_its_begin_and_its_end():
    assert guard.short("/home/her/marks.csv") == "/home/her/marks.csv"
    told = guard.short(f"/home/{'very' * 30}/marks.csv")
    assert len(told) == 80 and told.startswith("/home/very") and told.endswith("very/marks.csv")


def test_the_worst_attempts_are_told_first_however_many_others_there_are(layers, tmp_path):
    cells = [
        "import os, socket, subprocess\nfor place in ['/etc', '/home', '/'] + [f'/{n}' for n in range(99)]:\n"
        "    try:\n        os.scandir(place)\n    except OSError:\n        pass",
        *(f"try:\n    {line}\nexcept OSError:\n    pass" for line in (
            "open('/etc/passwd')", "open('/etc/shadow')", "socket.create_connection(('10.0.0.1', 80))",
            "subprocess.run(['curl', 'http://there'])", f"open('{tmp_path}/marks.csv', 'w')")),
    ]  # fmt: skip
    answer = "# question 1\n" + "\n".join([*cells, layers[3][1]])
    result = marked(layers, tmp_path, simulated.submission(layers[2], layers[3] | {1: answer}))
    assert result.notes == [
        f"was refused: write {guard.short(f'{tmp_path}/marks.csv')}, start the program curl http://there, "
        "reach the network at 10.0.0.1, read /etc/passwd, list the folder /etc, and 50 more"
    ]


@pytest.mark.parametrize("name", simulated.QUIET_CHEATS)
def test_no_trick_with_objects_modules_or_frames_brings_a_point(layers, tmp_path, name):
    found, _, notebook, solved = layers
    answer = "# question 1\n" + simulated.QUIET_CHEATS[name]
    result = marked(layers, tmp_path, simulated.submission(notebook, solved | {1: answer}))
    honest = {"patches-numpy": 0.5}.get(name, 0)  # it answers 0.0, which is right for identical images
    assert result.questions[0].points <= honest and result.points <= found.points - 2 + honest


def test_nothing_that_a_submission_started_lives_on(layers, tmp_path):
    thread = (
        "# question 1\nimport threading, time\n"
        f"threading.Thread(target=lambda: [time.sleep(0.2) for _ in range(200)], name='stay').start()\n{layers[3][1]}"
    )
    begun = time.monotonic()
    result = marked(layers, tmp_path, simulated.submission(layers[2], layers[3] | {1: thread}))
    assert result.points == layers[0].points and time.monotonic() - begun < 39
