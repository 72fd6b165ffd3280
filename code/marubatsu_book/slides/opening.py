"""How a lesson opens: with the bold question in the first line of its card among the lesson plans."""

import re
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from marubatsu_book.slides.wording import letters, plain

PLANS = "book/teaching/plans-*.html"
DECK = re.compile(r"slides/([\w-]+\.html)$")
POINTS = re.compile(r"\b(this|these|here is|from it)\b", re.IGNORECASE)  # to a picture
PARTS = re.compile(r"\b[A-Z] to [A-Z]\b")  # of a picture


@dataclass(frozen=True)
class Opening:
    """The question for the class, and what its line tells the lecturer, both as HTML."""

    question: str
    told: str = ""

    def needs_picture(self) -> bool:
        """Whether the question, or what the lecturer is told of it, speaks of a picture that the class has to see."""
        return bool(POINTS.search(self.question) or PARTS.search(self.told))


def openings(site: Path) -> dict[str, Opening]:
    """Return the opening of each deck that a card of the built lesson plans names."""
    found = {}
    for path in sorted(site.glob(PLANS)):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for link in soup.find_all("a", href=DECK):
            first = link.find_next("table").select_one("tbody td strong")
            if first is not None and letters(first.decode_contents()):
                told = "".join(str(each) for each in first.next_siblings).strip()
                found.setdefault(DECK.search(link["href"])[1], Opening(str(first), told))
    return found


def first_picture(article: Tag) -> str:
    """Return the picture that stands before the claims of a page, without its caption; nothing if there is none."""
    image = article.find("img")
    claims = article.select_one(".claims.admonition")
    if image is None or claims is None or image.find_next(class_="claims") is not claims:
        return ""
    return f'<div class="deck-picture">{plain(image)}</div>'
