"""The question with which the lesson of a chapter opens: bold in the first line of its card among the lesson plans."""

import re
from pathlib import Path

from bs4 import BeautifulSoup

from .wording import letters

PLANS = "book/teaching/plans-*.html"
DECK = re.compile(r"slides/([\w-]+\.html)$")


def openings(site: Path) -> dict[str, str]:
    """Return the opening question of each deck that a card of the built lesson plans names, as HTML."""
    found = {}
    for path in sorted(site.glob(PLANS)):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for link in soup.find_all("a", href=DECK):
            first = link.find_next("table").select_one("tbody td strong")
            if first is not None and letters(first.decode_contents()):
                found.setdefault(DECK.search(link["href"])[1], _asked(first))
    return found


def _asked(strong):
    """The bold question, and what its line says after it."""
    return "".join(str(each) for each in [strong, *strong.next_siblings]).strip()
