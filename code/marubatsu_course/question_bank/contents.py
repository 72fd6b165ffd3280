"""Where each quiz belongs in the book, how a question is called in a list, and how its words become HTML."""

from collections.abc import Iterable
from pathlib import Path
from textwrap import shorten

from marubatsu.questions import Question, coded, names, title
from marubatsu_course.contents import order, toc_here


def parts(toc: Path | None = None) -> dict[str, tuple[str, ...]]:
    """Return the names of all quizzes by part, in the order of the book.

    Parameters
    ----------
    toc : Path, optional
        The book's ``_toc.yml``; left out, the one that `toc_here` finds.

    Raises
    ------
    ValueError
        If there is no table of contents.
    """
    there = set(names())
    found = {
        caption: tuple(word for page in pages if (word := page.rpartition("/")[2]) in there)
        for caption, pages in order(toc or toc_here())
    }
    return {caption: words for caption, words in found.items() if words}


def in_order(toc: Path | None = None) -> tuple[str, ...]:
    """Return the names of all quizzes in the order of the book."""
    return tuple(name for of_part in parts(toc).values() for name in of_part)


def by_part(chosen: Iterable[str] | None = None, toc: Path | None = None) -> dict[str, tuple[str, ...]]:
    """Return these names, or all, in the order of the book, each under the title of its part.

    Raises
    ------
    ValueError
        If a name belongs to no part.
    """
    known = parts(toc)
    if chosen is None:
        return known
    wanted, there = set(chosen), in_order(toc)
    if strangers := wanted - set(there):
        asked = ", ".join(sorted(strangers))
        raise ValueError(f"questions: no part of the book holds {asked}. There are quizzes for: {', '.join(there)}.")
    found = {part: tuple(name for name in of_part if name in wanted) for part, of_part in known.items()}
    return {part: kept for part, kept in found.items() if kept}


def called(name: str, place: int, question: Question) -> str:
    """Return what a question is called in a list of questions: its page, its place there and its first words.

    Examples
    --------
    >>> called("convolution", 2, Question("An image has `64` rows. How many has the output?", "number", "Counted."))
    'Convolution 2: An image has 64 rows. How many has the output?'
    """
    return f"{title(name)} {place}: {shorten(question.text.replace('`', ''), 60, placeholder=' …')}"


def html(text: str) -> str:
    """Return a paragraph of HTML; what stands between backticks is code."""
    return f"<p>{coded(text)}</p>"
