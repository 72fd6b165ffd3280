"""The pages' own cells, run by the tests: what a page's sentences say is read off what its cells leave behind."""

import re
from pathlib import Path

BOOK = Path(__file__).resolve().parents[2] / "book"
_CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_OPTIONS = re.compile(r"\A(?:---\n.*?\n---\n|(?::[\w-]+:[^\n]*\n)+)", re.DOTALL)


def text_of(page: str) -> str:
    """The source of a page, as "tasks/detection"."""
    return (BOOK / f"{page}.md").read_text(encoding="utf-8")


def cells_of(page: str) -> list[str]:
    """The sources of a page's cells, without their options."""
    return [_OPTIONS.sub("", cell) for cell in _CELL.findall(text_of(page))]


def run(page: str) -> dict:
    """The names that a page's cells leave behind."""
    names: dict = {}
    for cell in cells_of(page):
        exec(cell, names)
    return names


def solutions_of(page: str) -> list[str]:
    """The programs that a page shows without running them: the solutions of its exercises."""
    return re.findall(r"```python\n(.*?)```", text_of(page), re.DOTALL)
