"""One slide as HTML for reveal.js: what is seen by all, and what the speaker says."""

from copy import copy
from dataclasses import dataclass, field
from html import escape

from bs4 import BeautifulSoup, Tag


@dataclass
class Slide:
    """One slide: its kind (a word for the style sheet), heading, words over the picture, content, notes."""

    kind: str
    heading: str
    lead: str
    content: list[str]
    notes: list[str] = field(default_factory=list)

    def html(self) -> str:
        """Return the slide as reveal.js reads it."""
        heading = "" if self.kind == "cover" else f"<h2>{self.heading}</h2>"
        lead = f'<p class="deck-lead">{self.lead}</p>' if self.lead else ""
        notes = f'<aside class="notes">{"".join(self.notes)}</aside>' if self.notes else ""
        words = escape(BeautifulSoup(self.heading, "html.parser").get_text().strip(), quote=True)
        return (
            f'<section class="deck-slide deck-{self.kind}" aria-label="{words}">{heading}{lead}'
            f"{''.join(self.content)}{notes}</section>\n"
        )


def plain(node: Tag) -> str:
    """Return the HTML of a node without identifiers and sections, for any place on a slide."""
    twin = copy(node)
    for each in [twin, *twin.find_all(True)]:
        each.attrs.pop("id", None)
        if each.name == "section":
            each.name = "div"  # to reveal.js a section within a section is a slide below a slide
    return str(twin)


def seen(node: Tag) -> Tag:
    """Return a copy of a node without the words that are marked for the speaker; a point of which none is left goes."""
    twin = copy(node)
    for words in twin.select(".speaker"):
        while words.parent is not None and words.parent.get_text().strip() == words.get_text().strip():
            words = words.parent
        words.decompose()
    return twin


def said(node: Tag) -> list[str]:
    """Return the words of a node that are marked for the speaker."""
    return [f"<p>{plain(words)}</p>" for words in node.select(".speaker")]
