"""Every line of code that a page shows fits its column, so that nobody scrolls sideways to read it.

The numbers hold for a window of 1280 pixels with a bar for scrolling: a browser counted them.
"""

import re

import pytest
from pages import BOOK, text_of

IN_A_CELL = 75  # characters: in a cell, and in a block that stands in the text
FOLDED = 73  # in a cell that opens on demand
IN_A_BOX = 68  # in a solution, a hint or another box

PAGES = sorted(path.relative_to(BOOK).with_suffix("").as_posix() for path in BOOK.rglob("*.md"))
CODE = re.compile(r"^```(?:\{code-cell\}|python|console|sh|bibtex)[^\n]*\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
OPTIONS = re.compile(r"\A(?:---\n.*?\n---\n|(?::[\w-]+:[^\n]*\n)+)", re.DOTALL)


def too_wide(text):
    """The lines of code of a page that its columns have no room for."""
    found = []
    for block in CODE.finditer(text):
        before = text[: block.start()]
        in_a_box = len(re.findall(r"^:::\{", before, re.MULTILINE)) > len(re.findall(r"^:::$", before, re.MULTILINE))
        options = "".join(OPTIONS.findall(block["body"]))
        room = IN_A_BOX if in_a_box else FOLDED if "hide-input" in options else IN_A_CELL
        if "remove-input" not in options:
            found += [line for line in OPTIONS.sub("", block["body"]).split("\n") if len(line) > room]
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_line_of_code_fits_its_column(page):
    assert too_wide(text_of(page)) == []


@pytest.mark.parametrize(
    ("before", "after", "room"),
    [
        ("```{code-cell}\n", "\n```\n", IN_A_CELL),
        ("```{code-cell}\n:tags: [hide-input]\n", "\n```\n", FOLDED),
        (f"```{{code-cell}}\n---\ntags: [hide-input]\nalt: {'words ' * 30}\n---\n", "\n```\n", FOLDED),
        (":::{solution} ex-one\n:class: dropdown\n\n```python\n", "\n```\n:::\n", IN_A_BOX),
        (":::{dropdown} Hint\nWords.\n:::\n\n```console\n", "\n```\n", IN_A_CELL),
    ],
)
def test_a_line_that_is_too_wide_is_recognised(before, after, room):
    line = "x" * room
    assert too_wide(f"{before}{line}{after}") == [] and too_wide(f"{before}{line}x{after}") == [line + "x"]
