"""The question bank: all quizzes of the book as files that course systems import."""

from collections.abc import Iterable
from pathlib import Path

from marubatsu_course.question_bank.cartridge import common_cartridge
from marubatsu_course.question_bank.moodle_xml import moodle

__all__ = ["CARTRIDGE", "MOODLE", "common_cartridge", "moodle", "write"]

MOODLE, CARTRIDGE = "marubatsu-moodle.xml", "marubatsu-common-cartridge.imscc"


def write(folder: Path, names: Iterable[str] | None = None, *, toc: Path | None = None) -> list[Path]:
    """Write both files into a folder, which is made if it is missing, and return their paths.

    Raises
    ------
    ValueError
        If there are no questions of a name.
    """
    text = moodle(names, toc=toc)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MOODLE).write_text(text, encoding="utf-8")
    return [folder / MOODLE, common_cartridge(names, folder / CARTRIDGE, toc=toc)]
