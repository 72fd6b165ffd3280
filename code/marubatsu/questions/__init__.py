"""The questions of each page, a folder a language and a file a page, read and checked: what quiz and bank ask."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
KINDS = ("one", "many", "number")
LETTERS = "abcdefgh"


@dataclass(frozen=True)
class Choice:
    """One answer to choose."""

    text: str
    right: bool
    why: str
    """What a reader is told who chose it."""


@dataclass(frozen=True)
class Question:
    """One question of a page.

    `kind` is "one" (exactly one choice is right), "many" (any number of them) or "number" (to be typed).
    """

    text: str
    kind: str
    why: str
    """What every reader is told after the check."""
    choices: tuple[Choice, ...] = ()
    answer: float = 0.0
    tolerance: float = 0.0
    unit: str = ""

    def right(self, given: str) -> bool:
        """Return whether an answer is right: letters of the choices in any order ("b", "ac"), or a number as text.

        Raises
        ------
        ValueError
            If the text is no answer to this kind of question.
        """
        if self.kind == "number":
            return any(abs(number - self.answer) <= self.tolerance for number in _readings(given, self.unit))
        known = LETTERS[: len(self.choices)]
        if not set(given) <= set(known):
            raise ValueError(f"Question: letters from {known[0]} to {known[-1]} are expected, but {given!r} came.")
        return set(given) == {letter for letter, choice in zip(known, self.choices, strict=True) if choice.right}


def coded(text: str) -> str:
    """Return words of a question as HTML; what stands between backticks is code."""
    parts = escape(text, quote=False).split("`")
    return "".join(f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(parts))


def names(language: str = "en") -> list[str]:
    """Return the pages that have questions, by the last word of their address."""
    return sorted(path.stem for path in _folder(language).glob("*.toml"))


def _folder(language: str) -> Path:
    known = sorted(path.name for path in FOLDER.iterdir() if any(path.glob("*.toml")))
    if language not in known:
        raise ValueError(f"questions: language must be one of {', '.join(known)}, but {language!r} came.")
    return FOLDER / language


def load(name: str, language: str = "en") -> tuple[Question, ...]:
    """Read the questions of a page.

    Parameters
    ----------
    name : str
        The last word of the page's address, as "training".
    language : str
        The language of the questions: one of the folders beside this file.

    Raises
    ------
    ValueError
        If there are no questions of that name or in that language, or their file breaks a rule;
        the sentence says which.
    """
    if name not in names(language):
        raise ValueError(f"questions: there are none for {name!r}. There are some for: {', '.join(names(language))}.")
    return read(_text(name, language), name)


def _text(name: str, language: str) -> str:
    return (_folder(language) / f"{name}.toml").read_text(encoding="utf-8")


def title(name: str, language: str = "en") -> str:
    """Return the title of the page to which the questions of a name belong."""
    load(name, language)
    return tomllib.loads(_text(name, language))["title"]


def read(text: str, name: str) -> tuple[Question, ...]:
    """Return the questions that a TOML text holds, each checked; `name` is what errors call it."""
    try:
        entries = tomllib.loads(text).get("question", [])
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"questions {name}: the file is not TOML: {error}.") from None
    if not entries:
        raise ValueError(f"questions {name}: no [[question]] was found.")
    return tuple(_question(entry, f"questions {name}, question {place}") for place, entry in enumerate(entries, 1))


def _readings(text: str, unit: str) -> list[float]:
    """Return what a typed number may mean, the question's own unit left off.

    Spaces and apostrophes may stand between thousands; 1,168 and 1.168 are a thousand for some readers and little more
    than one for others.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if unit and plain.lower().endswith(unit.lower()):
        plain = plain[: -len(unit)].rstrip()
    plain = re.sub(r"(\d)[ '’](?=\d{3}(?!\d))", r"\1", plain)
    grouped = [re.sub("[,.]", "", plain)] if re.fullmatch(r"[1-9]\d{0,2}[,.]\d{3}", plain) else []
    return [_number(each) for each in (plain or text, *grouped)]


def _number(text: str) -> float:
    """Return the number that was typed: 0.5, −2, 1/9, also 0,5 and full-width digits."""
    plain = unicodedata.normalize("NFKC", text).strip().replace("−", "-").replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(/(\d+\.?\d*|\.\d+))?", plain) or re.search(r"/[0.]*$", plain):
        raise ValueError(f"Question: a number is expected, as in 3.5, but {text!r} came.")
    above, _, below = plain.partition("/")
    return float(above) / float(below or 1)


def _question(entry: dict[str, Any], where: str) -> Question:
    entry = dict(entry)
    if unknown := set(entry) - {"text", "kind", "why", "choice", "answer", "tolerance", "unit"}:
        raise ValueError(f"{where}: {', '.join(sorted(unknown))} is not known.")
    for word in ("text", "why"):
        if not str(entry.get(word, "")).strip():
            raise ValueError(f"{where}: {word} is missing.")
    kind = entry.get("kind")
    if kind not in KINDS:
        raise ValueError(f"{where}: kind must be one of {', '.join(KINDS)}, but {kind!r} came.")
    text, why = (" ".join(entry[word].split()) for word in ("text", "why"))
    if kind == "number":
        numbers: list[Any] = [entry.get(word) for word in ("answer", "tolerance")]
        if any(isinstance(number, bool) or not isinstance(number, int | float) for number in numbers):
            raise ValueError(f"{where}: a number needs answer and tolerance, but {numbers} came.")
        answer, tolerance = map(float, numbers)
        return Question(text, kind, why, answer=answer, tolerance=tolerance, unit=entry.get("unit", ""))
    choices = tuple(_choice(each, where) for each in entry.get("choice", ()))
    right = sum(choice.right for choice in choices)
    if not 2 <= len(choices) <= len(LETTERS):
        raise ValueError(f"{where}: from 2 to {len(LETTERS)} choices are needed, but {len(choices)} came.")
    if kind == "one" and right != 1:
        raise ValueError(f"{where}: exactly one choice must be right, but {right} are.")
    if kind == "many" and right == 0:
        raise ValueError(f"{where}: at least one choice must be right.")
    return Question(text, kind, why, choices=choices)


def _choice(entry: dict[str, Any], where: str) -> Choice:
    if set(entry) - {"right"} != {"text", "why"} or not isinstance(entry.get("right", False), bool):
        raise ValueError(f"{where}: a choice has text, why, and right = true where it is; {sorted(entry)} came.")
    text, why = (" ".join(entry[word].split()) for word in ("text", "why"))
    return Choice(text, entry.get("right", False), why)
