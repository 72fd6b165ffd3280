"""Cuts a finished page into slides: figures, widgets, tables, formulas and boxes, and of the prose what is marked.

The marks stand in the page's source (``marks.py``); nothing here depends on its language.
"""

from collections.abc import Iterable
from html import escape

from bs4 import Tag

from marubatsu_book.slides.quizzes import one_by_one
from marubatsu_book.slides.slide import Slide, plain, said, seen
from marubatsu_book.slides.tables import fit, is_listing

HEADINGS, LISTS = ["h1", "h2", "h3", "h4"], ["ul", "ol"]
BOXES = ("claims", "seen", "limits")
ANSWERS = ("figure", "table")  # to the question above them, so they wait for a key
HIDDEN = {"tag_hide-input", "tag_remove-input"}


class _Cutter:
    def __init__(self) -> None:
        self.slides: list[Slide] = []
        self.over: list[str] = []  # marked words that wait for the next slide
        self.asks = False  # whether they ask
        self.notes: list[str] = []  # what is said before it

    def slide(self, kind: str, heading: str, *content: str, notes: Iterable[str] = ()) -> None:
        """Make a slide, and put on it what waits for it."""
        shown = [*content]
        if self.asks and kind in ANSWERS:
            shown[-1] = f'<div class="fragment">{shown[-1]}</div>'
        self.slides.append(Slide(kind, heading, " ".join(self.over), shown, [*self.notes, *notes]))
        self.over, self.asks, self.notes = [], False, []

    def end(self, heading: str) -> None:
        """End a part of the page: marked words make a slide of their own; the rest is said at the last slide."""
        if self.over:
            self.slide("question" if self.asks else "words", heading)
        elif self.slides:
            self.slides[-1].notes += self.notes
            self.notes = []

    def section(self, section: Tag) -> None:
        """Cut a section and those within it; the first paragraph of the page is its case."""
        title = section.find(HEADINGS, recursive=False)
        assert title is not None  # Sphinx gives every section its heading
        heading = title.decode_contents().strip()
        for child in section.find_all(True, recursive=False):
            if child is title or (child.name == "span" and not child.get_text().strip()):
                continue
            if child.name == "section":
                self.end(heading)
                self.section(child)
            elif child.name == "p" and title.name == "h1" and not self.slides:
                self.slide("case", heading, plain(seen(child)), notes=said(child))
            else:
                self.block(child, heading)
        self.end(heading)

    def block(self, node: Tag, heading: str) -> None:
        """Cut one block by what it is."""
        kinds = _classes(node)
        if kinds.intersection(BOXES):
            (kind,) = kinds.intersection(BOXES)
            self.box(node, kind, heading)
        elif "exercise" in kinds and "speaker" not in kinds:
            self.exercise(node, heading)
        elif kinds & {"exercise", "solution"} or node.name == "details":
            self.end(heading)
            if self.slides:
                self.slides[-1].notes.append(plain(node).replace("<details", "<details open"))
        elif "cell" in kinds:
            self.cell(node, heading)
        elif "math" in kinds:
            self.slide("formula", heading, str(node))
        elif node.name == "table" or node.find("table"):
            self.table(node, heading)
        elif node.name == "figure":
            self.figure(node, heading)
        elif "slide" in kinds and node.name == "p":
            self.further(node, heading)
        elif "slide" in kinds:
            self.slide("list" if node.name in LISTS else "box", heading, plain(seen(node)), notes=said(node))
        else:
            self.prose(node, heading)

    def prose(self, node: Tag, heading: str) -> None:
        """Prose is for the speaker; of its marked words some go over the next slide, some below the last."""
        for words in node.select(".slide, .question, .below, .answer"):
            if "answer" in words["class"]:
                self.answer(plain(words), heading)
            elif "below" in words["class"]:
                self.slides[-1].content.append(f"<p>{plain(words)}</p>")
            else:
                self.over.append(plain(words))
                self.asks = self.asks or "question" in words["class"]
        self.notes.append(plain(node))

    def answer(self, html: str, heading: str) -> None:
        """An answer stands below its question and waits for a key."""
        if self.asks:
            self.slide("question", heading)
        self.slides[-1].content.append(f'<p class="deck-answer fragment">{html}</p>')

    def further(self, node: Tag, heading: str) -> None:
        """A paragraph that is marked as a whole; the bold words that begin it are the heading."""
        self.end(heading)
        words = seen(node)
        if bold := words.find("strong"):
            heading = escape(bold.extract().get_text().rstrip(".。"))
        self.slide("further", heading, plain(words), notes=said(node))

    def box(self, node: Tag, kind: str, heading: str) -> None:
        """The claims, what was seen, and the limits; the minutes below the claims are for the speaker."""
        self.end(heading)
        title, *parts = seen(node).find_all(True, recursive=False)
        minutes = [each for each in parts if kind == "claims" and each.name not in LISTS]
        content = [plain(each) for each in parts if each not in minutes]
        self.slide(kind, escape(title.get_text().strip()), *content, notes=[*said(node), *map(plain, minutes)])

    def exercise(self, node: Tag, heading: str) -> None:
        """An exercise stands on a slide, unless it is marked for the speaker: it is done at the computer."""
        self.end(heading)
        title, *parts = seen(node).find_all(True, recursive=False)
        self.slide("exercise", escape(title.get_text().strip()), *map(plain, parts), notes=said(node))

    def figure(self, node: Tag, heading: str) -> None:
        """A picture with its caption."""
        shown = seen(node)
        inner = shown if shown.name == "figure" else shown.select_one("figure") or shown
        inner["class"] = " ".join([*inner.get_attribute_list("class"), "deck-picture"])
        self.slide("figure", heading, str(shown), notes=said(node))

    def table(self, node: Tag, heading: str) -> None:
        """A table, on as many slides as it needs."""
        for part in fit(node if node.name == "table" else node.select("table")[0]):
            wide = f'<div class="deck-wide" tabindex="0" role="group" aria-label="Table">{part}</div>'
            self.slide("table", heading, wide)

    def widget(self, widget: Tag, heading: str) -> None:
        """A widget, or each question of a quiz on a slide of its own."""
        widget["data-prevent-swipe"] = ""
        if widget.get("data-module") != "quiz":
            self.slide("widget", heading, str(widget))
            return
        asked = one_by_one(widget)
        for place, (question, answered) in enumerate(asked, 1):
            self.slide("quiz", f"{heading} ({place} of {len(asked)})", question, notes=[answered])

    def cell(self, node: Tag, heading: str) -> None:
        """Pictures, widgets and tables of a cell, each on a slide; code and what else it prints are for the speaker."""
        kinds = _classes(node)
        code = node.select_one(".cell_input .highlight")
        if code is not None and not HIDDEN & kinds:
            self.notes.append(str(code))
        for output in node.select(".cell_output > *"):
            for style in output.select("style"):
                style.decompose()
            widget = output if "marubatsu-widget" in _classes(output) else output.select_one(".marubatsu-widget")
            table = output.find("table")
            if widget:
                self.widget(widget, heading)
            elif output.name == "figure" or output.select_one("img"):
                self.figure(output, heading)
            elif table and not is_listing(table):
                self.table(output, heading)
            elif output.name in ("style", "script"):
                continue
            elif "tag_answer" in kinds:
                self.answer(escape(output.get_text().strip()), heading)
            elif self.asks:
                self.slide("question", heading, notes=[plain(output)])
            else:
                self.notes.append(plain(output))


def _classes(node: Tag) -> set[str]:
    return set(node.get_attribute_list("class"))


def cut(section: Tag) -> list[Slide]:
    """Return the slides of a page's outermost section."""
    cutter = _Cutter()
    cutter.section(section)
    return cutter.slides
