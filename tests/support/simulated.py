"""A simulated class: submissions made from the student notebook, right, wrong and hostile."""

import copy
import json

from marubatsu_course import assignment, marking
from marubatsu_course.submissions import Submission
from marubatsu_course.walls import sandbox

QUICK = sandbox.Limits(seconds=40, cell_seconds=3, test_seconds=2)

# What a submission does in the answer cell of question 1, and how its marking must end.
HOSTILE = {
    "endless": ("def difference(image, model):\n    while True:\n        pass", "errors"),
    "endless-cell": ("while True:\n    pass", "errors"),
    "stubborn": ("def difference(image, model):\n    while True:\n        try:\n            while True:\n"
                 "                sum(range(99))\n        except BaseException:\n            pass", "errors"),
    "stubborn-cell": ("while True:\n    try:\n        while True: sum(range(99))\n    except BaseException: pass",
                      "errors"),
    "greedy": ("hoard = [0] * 10**12", "errors"),
    "exits": ("import os\nos._exit(0)", "errors"),
    "exits-later": ("import os\ndef difference(image, model):\n    os._exit(0)", "errors"),
    "leaves": ("raise SystemExit(0)", "errors"),
    "kills": ("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)", "errors"),
    "kills-group": ("import os\nos.killpg(0, 9)", "errors"),
    "forks": ("import os\nfor _ in range(50):\n    os.fork()", "errors"),
    "deletes": ("import shutil\nshutil.rmtree('/')", "errors"),
    "reads-tests": ("from pathlib import Path\nimport marubatsu_course as c\n"
                    "print((Path(c.__file__).parent / 'assignments' / 'layers.md').read_text())", "errors"),
    "writes-marks": ("open('{out}/marks.csv', 'w').write('me,16')", "errors"),
    "talks": ("import socket\nsocket.create_connection(('127.0.0.1', 9), timeout=1)", "errors"),
    "moves": ("open('mine.csv', 'w').write('me,16')\nimport os\nos.replace('mine.csv', '{out}/marks.csv')", "errors"),
    "starts": ("import subprocess\nsubprocess.run(['id'])", "errors"),
}  # fmt: skip
QUIET_CHEATS = {  # these run without an error, and gain nothing
    "always-equal": "class Yes:\n    def __eq__(self, other):\n        return True\n"
                    "def difference(image, model):\n    return Yes()",
    "patches-numpy": "import numpy.testing\nnp.allclose = lambda *a, **k: True\n"
                     "np.testing.assert_allclose = lambda *a, **k: None\ndef difference(image, model):\n    return 0.0",
    "patches-json": "import json\njson.dumps = lambda *a, **k: '{\"test\": [0, 0], \"answer\": {\"float\": \"0.0\"}}'\n"
                    "def difference(image, model):\n    return 1.0",
    "patches-builtins": "import builtins\nbuiltins.abs = builtins.isinstance = lambda *a: True\n"
                        "def difference(image, model):\n    return 7.0",
    "frames": "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    frame = error.__traceback__.tb_frame\n"
              "    while frame:\n        found = frame.f_locals.get('send')\n        if found:\n"
              "            found.write('{\"test\": [0, 0], \"answer\": {\"float\": \"0.0\"}}\\n{\"points\": 16}\\n')\n"
              "        frame = frame.f_back\ndef difference(image, model):\n    return 1.0",
}  # fmt: skip


def template(name="layers"):
    """The assignment, what its tests should give, and the student notebook as JSON holds it."""
    found = assignment.load(name)
    wanted = marking.expected(found)
    return found, wanted, json.loads(json.dumps(assignment.student(found, wanted, "import importlib.util")))


def solutions(found):
    """The source of each answer cell, solved."""
    cells = assignment.solved(found).cells
    return {cell.metadata["marubatsu"]["question"]: cell.source for cell in cells if "marubatsu" in cell.metadata}


def submission(notebook, answers, *, drop=(), imports=None, strip=False):
    """A copy of the student notebook with answers (by question), without the cells of `drop`.

    `imports` stands in place of the cell with the imports ("" leaves it out). With `strip` the cells lose their
    metadata, as some programs do that save notebooks.
    """
    made, kept = copy.deepcopy(notebook), []
    for cell in made["cells"]:
        number = cell.get("metadata", {}).get("marubatsu", {}).get("question", 0)
        if number in drop:
            continue
        if imports is not None and cell["source"].startswith("import numpy"):
            if not imports:
                continue
            cell["source"] = imports
        if number in answers:
            cell["source"] = answers[number]
        if strip:
            cell["metadata"] = {}
        kept.append(cell)
    made["cells"] = kept
    return json.dumps(made)


def marked(layers, tmp_path, content, limits=QUICK):
    """What becomes of one submission with this content."""
    path = tmp_path / "handed-in.ipynb"
    path.write_text(content, encoding="utf-8")
    return marking.mark_one(Submission(path.name, "her", "", path), layers[0], layers[1], limits)
