"""Where each quiz belongs in the book, how a question is called in a list, and how its words become HTML."""

from textwrap import shorten

from marubatsu.questions import Question, coded, title

PARTS = {
    "What it means that a machine learns": (
        "what-is-learning",
        "texture-or-network",
        "six-tasks",
        "reading-a-programme",
    ),
    "From ○ and × to a network": (
        "images-are-numbers",
        "template-difference",
        "convolution",
        "relu-and-channels",
        "max-pooling",
        "fully-connected",
        "a-network-by-hand",
        "training",
        "real-images",
        "what-it-learned",
    ),
    "Reading AlexNet, and after": ("alexnet", "deeper", "three-dimensions", "transfer-learning"),
    "The six tasks, on images like yours": (
        "classification",
        "regression",
        "detection",
        "segmentation",
        "image-quality",
        "generation",
        "beyond-the-six",
    ),
}
"""The names of the quizzes by part, in the order of the book (`_toc.yml`; a test holds the two equal)."""


def in_order() -> tuple[str, ...]:
    """Return the names of all quizzes in the order of the book."""
    return tuple(name for names in PARTS.values() for name in names)


def by_part(names) -> dict[str, tuple[str, ...]]:
    """Return these names in the order of the book, each under the title of its part.

    Raises
    ------
    ValueError
        If a name belongs to no part.
    """
    if strangers := set(names) - set(in_order()):
        raise ValueError(f"questions: no part of the book holds {', '.join(sorted(strangers))}.")
    found = {part: tuple(name for name in of_part if name in set(names)) for part, of_part in PARTS.items()}
    return {part: chosen for part, chosen in found.items() if chosen}


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
