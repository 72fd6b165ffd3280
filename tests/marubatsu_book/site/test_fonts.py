"""The letters of the book: small, free, in one style sheet that asks for no file."""

import re
from base64 import b64decode

from PIL import ImageFont

from marubatsu_book.site.fonts import FACES, HERE, style_sheet

BOOK_SIGNS = "○╲╱∩∪⌊⌋←→≤≥Σ−×“”–…"


def test_the_style_sheet_holds_every_face_and_asks_for_no_file():
    sheet = style_sheet()
    data = re.findall(r'url\("data:font/woff2;base64,([^"]*)"\)', sheet)
    assert sheet.count("url(") == len(data) == len(FACES)
    assert all(b64decode(each)[:4] == b"wOF2" for each in data)
    assert len(sheet) < 92_000


def test_every_family_comes_with_its_licence():
    for _, file, _, _ in FACES:
        licence = (HERE / f"{file.removesuffix('-italic')}-OFL.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def opened(file):
    return ImageFont.truetype(str(HERE / f"{file}.woff2"), 100)


def writes(file, letters):
    """Which of some letters a font has: what it has not, it draws as the same empty box."""
    font = opened(file)
    box = bytes(font.getmask("\ue000"))
    return {each for each in letters if bytes(font.getmask(each)) != box}


def test_sans_and_symbols_together_write_every_sign_of_the_book():
    assert writes("source-sans-3", BOOK_SIGNS) | writes("symbols", BOOK_SIGNS) == {*BOOK_SIGNS}
    assert writes("source-serif-4", "éüß°µ−") == {*"éüß°µ−"}


def test_figures_of_the_sans_are_as_wide_as_one_another_and_as_the_minus():
    font = opened("source-sans-3")
    assert len({font.getlength(each) for each in "0123456789−"}) == 1
