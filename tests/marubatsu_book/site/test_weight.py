"""What every page asks for before its own widgets, fonts included, is light: a ward's network is slow."""

import gzip
import re

SHARED = 110_000  # bytes, gzipped; with a page's widgets it is 125 kB at the median and should stay below 150
ASKED = re.compile(r'<link[^>]*rel="stylesheet"[^>]*href="([^"?]*)|<script[^>]*src="([^"?]*)')


def test_scripts_styles_and_fonts_of_a_page_without_widgets_are_light(site):
    page = site / "book" / "notation.html"
    asked = {address or script for address, script in ASKED.findall(page.read_text(encoding="utf-8"))}
    weights = {each: len(gzip.compress((page.parent / each).read_bytes(), 9)) for each in asked}
    assert any("fonts.css" in each for each in weights)
    assert sum(weights.values()) < SHARED, weights
