"""What came in: whose each file is, which are submissions, and what else lies in the folder and is not marked.

A student is known by the folder, from the top, that first holds a file; by the name of the file, where it lies beside
others; or by what Moodle writes before ``_assignsubmission_``: her name and her number.
"""

import json
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from marubatsu_course.assignment import Assignment

SYSTEM = {"thumbs.db", "desktop.ini"}
LARGEST = 50 * 2**20  # bytes of a notebook in a zip file
UNOPENED = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, ValueError, EOFError)
NAMED = re.compile(r"\.ipynb(?:\.\w+)?$", re.IGNORECASE)  # a notebook, or what a mail program made of its name
_MOODLE = re.compile(r"^(.+?)_(\d+)_assignsubmission_")


@dataclass(frozen=True)
class Submission:
    """One file that is marked, or a student who sent none."""

    path: str
    """Where it lies in the folder: the name that it has in every table."""
    student: str
    number: str
    """The number that the learning platform gave; empty where there is none."""
    file: Path | None
    """The file itself; None where a student sent no notebook."""
    member: str = ""
    """Its name in the zip file, where it came in one."""
    missing: str = ""
    """Why there is nothing to mark; empty where there is."""

    def content(self) -> bytes:
        """Return what is in the file; nothing where it is gone or cannot be read."""
        try:
            if self.member:
                with zipfile.ZipFile(self.file) as packed:
                    return packed.read(self.member)
            return self.file.read_bytes() if self.file else b""
        except UNOPENED:
            return b""


@dataclass(frozen=True)
class Notebook:
    """What is read of a notebook: its code cells with their metadata, its headings, and the assignment it names."""

    cells: list[tuple[str, dict]]
    headings: list[str]
    assignment: str


def collect(folder: Path, leave: Path | None = None) -> tuple[list[Submission], list[tuple[str, str]]]:
    """Return what is to be marked in a folder, and what is not.

    Parameters
    ----------
    folder : path
        A learning platform's download as it comes, or files under the names of their senders.
    leave : path, optional
        A folder that is passed over: the results of an earlier marking.

    Returns
    -------
    submissions : list of Submission
        Each notebook, alone in a zip file or not, and each student's folder that holds none.
    aside : list of (str, str)
        Every other file, and what to do with it. What a system or Jupyter adds by itself is passed over.

    Raises
    ------
    ValueError
        If there is no such folder, or nothing in it.
    """
    if not folder.is_dir():
        raise ValueError(f"mark: there is no folder {folder}.")
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and _counts(path, folder, leave)]
    if not paths:
        raise ValueError(f"mark: the folder {folder} holds no submission.")
    holding = {path.parent.relative_to(folder) for path in paths}
    found, aside, senders = [], [], {}
    for path in paths:
        place = path.relative_to(folder)
        student, number = whose(place, holding)
        senders.setdefault((student, number), []).append(place)
        member, reason = _open(path)
        if reason:
            aside.append((place.as_posix(), reason))
        else:
            name = f"{place.as_posix()}/{member}".rstrip("/")
            found.append(Submission(name, student, number, path, member))
    with_one = {(each.student, each.number) for each in found}
    for (student, number), places in senders.items():
        named = any(NAMED.search(place.name) for place in places)
        if (student, number) not in with_one and (number or named or len(places[0].parts) > 1):
            sent = ", ".join(place.name for place in places)
            missing = f"there is no notebook among what came: {sent}"
            found.append(Submission(places[0].as_posix(), student, number, None, missing=missing))
    return sorted(found, key=lambda each: each.path), aside


def _counts(path, folder, leave):
    parts = path.relative_to(folder).parts
    if any(part.startswith((".", "__")) for part in parts) or path.name.lower() in SYSTEM:
        return False
    return leave is None or not path.resolve().is_relative_to(leave.resolve())


def whose(place: Path, holding: set[Path]) -> tuple[str, str]:
    """Return the student's name and number of a file.

    Parameters
    ----------
    place : path
        Where the file lies in the folder of the class.
    holding : set of paths
        The folders that hold files, in the same way.
    """
    for part in place.parts:
        if moodle := _MOODLE.match(part):
            return moodle[1], moodle[2]
    for folder in [*place.parents][-2::-1]:  # from the top, without the class's own
        if folder in holding:
            return folder.as_posix(), ""
    return NAMED.sub("", place.name) if NAMED.search(place.name) else place.stem, ""


def _open(path):
    """Return the name of the one notebook in a zip file (empty for what is a notebook itself), and why not."""
    if path.suffix.lower() == ".ipynb":
        return "", ""
    if path.suffix.lower() != ".zip":
        if _holds_notebook(path):
            return "", ""
        if NAMED.search(path.name):
            return "", "It could not be read as a notebook. If it is one, rename it to end in .ipynb and mark again."
        return "", "It is not a notebook. Look whether it belongs to an answer."
    try:
        with zipfile.ZipFile(path) as packed:
            inside = [each for each in packed.infolist() if _is_notebook(each.filename)]
    except UNOPENED:
        return "", "It could not be opened. Unpack it here and mark again."
    if not inside:
        return "", "No notebook is in it."
    if len(inside) > 1:
        return "", f"{len(inside)} notebooks are in it. Unpack it here and mark again."
    if inside[0].file_size > LARGEST:
        return "", "The notebook in it is too large. Look at it before you unpack it."
    return inside[0].filename, ""


def _holds_notebook(path):
    """Return whether a file of another name is a notebook, as mail programs make m.ipynb.txt of one."""
    try:
        read_notebook(path.read_bytes() if path.stat().st_size <= LARGEST else b"", path.name)
    except (OSError, ValueError):
        return False
    return True


def _is_notebook(name):
    parts = name.replace("\\", "/").split("/")
    return NAMED.search(parts[-1]) and not any(part.startswith((".", "__")) for part in parts)


def read_notebook(content: bytes, name: str) -> Notebook:
    """Return what a submission holds, whatever program saved it.

    Raises
    ------
    ValueError
        If it is no notebook.
    """
    try:
        whole = json.loads(content.decode("utf-8-sig"))
        cells = [(cell["cell_type"], "".join(cell["source"]), cell.get("metadata")) for cell in whole["cells"]]
        code = [
            (source, metadata if isinstance(metadata, dict) else {})
            for kind, source, metadata in cells
            if kind == "code"
        ]
        words = "\n".join(source for kind, source, _ in cells if kind == "markdown")
        metadata = whole.get("metadata")
        own = metadata.get("marubatsu") if isinstance(metadata, dict) else None
        said = str(own.get("assignment", "")) if isinstance(own, dict) else ""
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError(f"{name} is not a notebook: it could not be read as one.") from None
    return Notebook(code, [head.strip() for head in re.findall(r"^#{1,2} (.+)$", words, re.M)], said)


def other(notebook: Notebook, assignment: Assignment) -> str:
    """Return of which other assignment a notebook is; empty where it is of this one, or nothing tells."""
    questions = {head for head in notebook.headings if head.startswith("Question ")}
    wanted = {f"Question {question.number}: {question.title}" for question in assignment.questions}
    shared = {head for head in questions if head.rsplit(" (", 1)[0] in wanted}
    if shared or notebook.assignment == assignment.name:
        return ""
    return notebook.assignment or (notebook.headings[0] if questions else "")
