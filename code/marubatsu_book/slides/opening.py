"""How a lesson opens: with the question that is marked on its card among the lesson plans."""

import re
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from marubatsu_book.slides.slide import plain

PLANS = "book/teaching/plans-*.html"
DECK = re.compile(r"slides/([\w-]+\.html)$")


@dataclass(frozen=True)
class Opening:
    """The question for the class and what its line tells the lecturer, as HTML; whether it is about a picture."""

    question: str
    told: str = ""
    about_picture: bool = False


def openings(site: Path) -> dict[str, Opening]:
    """Return the opening of each deck that a card of the built lesson plans names."""
    found = {}
    for path in sorted(site.glob(PLANS)):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for link in soup.find_all("a", href=DECK):
            asked = link.find_next("table").select_one(".question")
            if asked is not None:
                told = "".join(map(str, asked.next_siblings)).strip()
                opening = Opening(asked.decode_contents(), told, "picture" in asked["class"])
                found.setdefault(DECK.search(link["href"])[1], opening)
    return found


def first_picture(article: Tag) -> str:
    """Return the picture that stands before the claims of a page, without its caption; nothing if there is none."""
    image = article.find("img")
    claims = article.select_one(".claims.admonition")
    if image is None or claims is None or image.find_next(class_="claims") is not claims:
        return ""
    return f'<div class="deck-picture">{plain(image)}</div>'
