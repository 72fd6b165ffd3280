"""Cuts a finished page into slides: what is to be seen by all, and what the speaker says."""

import re
from copy import copy
from dataclasses import dataclass, field
from html import escape

from bs4 import BeautifulSoup, Tag

from marubatsu_book.slides.quizzes import one_by_one
from marubatsu_book.slides.tables import fit, is_listing
from marubatsu_book.slides.wording import (
    CODE,
    NOWHERE,
    answer,
    explained,
    introduced,
    letters,
    numbers,
    of_slides,
    plain,
    question,
    sentences,
)

LONG_LIST = 420  # letters; a longer list is for the speaker
LONG_CAPTION, SHORT_CAPTION = 340, 170  # letters; of a longer caption the first sentences stand on the slide
ALIVE = ("widget", "quiz")
FURTHER = "<strong>One step further.</strong> "


@dataclass
class Slide:
    """One slide: its kind (a word for the style sheet), heading, a sentence over the picture, content, notes."""

    kind: str
    heading: str
    lead: str
    content: list[str]
    notes: list[str] = field(default_factory=list)

    def html(self) -> str:
        """Return the slide as reveal.js reads it."""
        heading = "" if self.kind == "cover" else f"<h2>{of_slides(self.heading)}</h2>"
        lead = f'<p class="deck-lead">{of_slides(self.lead)}</p>' if self.lead else ""
        shown = "".join(self.content) if self.kind in ALIVE else of_slides("".join(self.content))
        notes = f'<aside class="notes">{"".join(self.notes)}</aside>' if self.notes else ""
        words = escape(re.sub(r"<[^>]+>", "", self.heading).strip(), quote=True)
        return (
            f'<section class="deck-slide deck-{self.kind}" aria-label="{words}">{heading}{lead}'
            f"{shown}{notes}</section>\n"
        )


def of_code(exercise: Tag) -> bool:
    """Whether an exercise is done by writing code: it or its solution shows some."""
    shown = [exercise]
    for each in exercise.find_next_siblings(True):
        if "exercise" in each.get("class", []):
            break
        shown.append(each)
    return bool(exercise.find("code")) or any(
        each.select_one(".highlight") for each in shown if {"exercise", "solution"} & set(each.get("class", []))
    )


def without_code(node: Tag) -> str:
    """Return the HTML of a list without the points that name code, if others are left."""
    twin = BeautifulSoup(plain(node), "html.parser")
    points = twin.find_all("li")
    named = [each for each in points if each.find("code")]
    for each in named if len(named) < len(points) else []:
        each.decompose()
    return str(twin)


def picture(figure: Tag) -> tuple[str, str]:
    """Return a figure for a slide, and its whole caption for the speaker where the slide has only its beginning."""
    inner = figure if figure.name == "figure" else figure.select_one("figure") or figure
    inner["class"] = [*inner.get("class", []), "deck-picture"]
    words = inner.select_one("figcaption .caption-text") or inner.select_one("figcaption p")
    if words is None or letters(words.decode_contents()) <= LONG_CAPTION:
        return str(figure), ""
    whole = f"<p>{words.decode_contents()}</p>"
    first, *others = sentences(words)
    while others and letters(f"{first} {others[0]}") <= SHORT_CAPTION:
        first += f" {others.pop(0)}"
    words.clear()
    words.append(BeautifulSoup(first, "html.parser"))
    return str(figure), whole


class _Cutter:
    def __init__(self):
        self.slides: list[Slide] = []
        self.prose: list[Tag] = []  # what the speaker says before the next slide
        self.open: Slide | None = None  # a question whose answer the next paragraph gives
        self.printed = ""  # its answer as the program prints it
        self.formula: Slide | None = None  # whose letters the next paragraph may explain

    def slide(self, kind, heading, content, over=None):
        self.settle()
        over = question(self.prose) if over is None else over
        if over and kind in ("table", "figure") and content:
            content = [*content[:-1], f'<div class="fragment">{content[-1]}</div>']  # the answer waits for a key
        self.slides.append(Slide(kind, heading, over, content, [plain(each) for each in self.prose]))
        self.prose, self.formula = [], None

    def settle(self, words=""):
        """Answer the question that is open: in the words that the page has for it, or with the numbers printed."""
        asked, self.open = self.open, None
        if asked is not None and (words or self.printed):
            asked.content.append(f'<p class="deck-answer fragment">{words or self.printed}</p>')

    def speak(self, heading):
        """End a section: what is left to say belongs to its last slide, or makes one if it needs no code."""
        self.settle()
        first = next((sentences(each)[0] for each in self.prose if each.name == "p"), "")
        if not self.slides or (self.slides[-1].heading != heading and first and not CODE.search(first)):
            if self.prose:
                self.slide("words", heading, [], first)
        else:
            self.slides[-1].notes += [plain(each) for each in self.prose]
        self.prose, self.formula = [], None

    def section(self, section: Tag):
        title = section.find(["h1", "h2", "h3", "h4"], recursive=False)
        heading = title.decode_contents().strip() if title else ""
        top = bool(title) and title.name == "h1"
        for child in section.find_all(True, recursive=False):
            if child is title or (child.name == "span" and not child.get_text().strip()):
                continue
            if child.name == "section":
                self.speak(heading)
                self.section(child)
            else:
                self.block(child, heading, top and not self.slides)
        self.speak(heading)

    def block(self, node: Tag, heading: str, opening: bool):
        kinds = set(node.get("class", []))
        strong = node.find("strong") if node.name == "p" else None
        if opening and node.name == "p":
            self.slide("case", heading, [plain(node)], "")
        elif strong and strong.get_text().startswith("One step further"):
            self.speak(heading)
            self.slide("further", "One step further", [plain(node).replace(FURTHER, "")], "")
        elif {"claims", "seen", "limits"} & kinds:
            self.speak(heading)
            self.admonition(node, ({"claims", "seen", "limits"} & kinds).pop())
        elif "exercise" in kinds:
            self.speak(heading)
            self.exercise(node)
        elif "solution" in kinds or node.name == "details":
            if self.slides:
                self.slides[-1].notes.append(plain(node).replace("<details", "<details open"))
        elif "cell" in kinds:
            self.cell(node, heading)
        elif "math" in kinds or node.name == "math":
            self.slide("formula", heading, [str(node)], introduced(self.prose))
            self.formula = self.slides[-1]
        elif node.name == "table" or node.select_one("table"):
            self.table(node if node.name == "table" else node.select_one("table"), heading)
        elif node.name == "figure":
            self.figure(node, heading)
        elif node.name in ("ul", "ol") and len(node.get_text()) <= LONG_LIST and not NOWHERE.search(node.get_text()):
            self.slide("list", heading, [plain(node)])
        elif "admonition" in kinds and not NOWHERE.search(node.get_text()):
            self.slide("box", heading, [str(node)])
        else:
            self.said(node)

    def said(self, node: Tag):
        """Prose is for the speaker; the paragraph after a computed answer says it in words, so it answers there."""
        if self.open is not None and node.name == "p":
            self.settle(answer(node))
        if self.formula is not None and node.name == "p":
            words, of, self.formula = explained(node), self.formula, None
            of.content += [f"<p>{words}</p>"] if words else []
        self.prose.append(node)

    def figure(self, node: Tag, heading: str):
        """A picture with its caption; the rest of a long one is for the speaker."""
        shown, caption = picture(node)
        self.slide("figure", heading, [shown])
        self.slides[-1].notes += [caption] if caption else []

    def quiz(self, widget: Tag, heading: str):
        """Each question of the quiz on a slide of its own."""
        asked = one_by_one(widget)
        for place, (shown, answered) in enumerate(asked, 1):
            self.slide("quiz", f"{heading} ({place} of {len(asked)})", [shown])
            self.slides[-1].notes.append(answered)

    def exercise(self, node: Tag):
        """An exercise with pencil or in words stands on a slide; one of code is done at the page."""
        if of_code(node):
            if self.slides:
                self.slides[-1].notes.append(plain(node))
            return
        name = node.select_one(".admonition-title").get_text().strip()
        self.slide("exercise", escape(name), [plain(each) for each in node.find_all(True, recursive=False)[1:]], "")

    def admonition(self, node: Tag, kind: str):
        """The claims, what was seen, and the limits, each on a slide of its own; minutes are for the speaker."""
        title = node.select_one(".admonition-title").get_text().strip()
        seen = [
            each for each in node.find_all(True, recursive=False) if "admonition-title" not in each.get("class", [])
        ]
        said = [each for each in seen if each.name == "p" and each.find("em", recursive=False) and kind == "claims"]
        shown = [without_code(each) if kind == "seen" else plain(each) for each in seen if each not in said]
        said += seen if kind == "seen" else []
        self.slides.append(Slide(kind, escape(title), "", shown, [plain(each) for each in said]))

    def table(self, table: Tag, heading: str):
        """A table, on as many slides as it needs."""
        for part in fit(table):
            wide = f'<div class="deck-wide" tabindex="0" role="group" aria-label="Table">{part}</div>'
            self.slide("table", heading, [wide])

    def cell(self, node: Tag, heading: str):
        """Pictures, widgets and tables of a cell, each on a slide; code and bare numbers are for the speaker."""
        code = node.select_one(".cell_input .highlight")
        if code is not None and not {"tag_hide-input", "tag_remove-input"} & set(node.get("class", [])):
            self.prose.append(copy(code))
        for output in [each for each in node.select(".cell_output > *") if each.name not in ("style", "script")]:
            for style in output.select("style"):
                style.decompose()
            widget = output if "marubatsu-widget" in output.get("class", []) else output.select_one(".marubatsu-widget")
            if widget:
                widget["data-prevent-swipe"] = ""
                if widget.get("data-module") == "quiz":
                    self.quiz(widget, heading)
                else:
                    self.slide("widget", heading, [str(widget)])
            elif output.name == "figure" or output.select_one("img"):
                self.figure(output, heading)
            elif output.select_one("table") and not is_listing(output.select_one("table")):
                self.table(output.select_one("table"), heading)
            else:
                self.result(output, heading)

    def result(self, output: Tag, heading: str):
        """Numbers as Python prints them: a question about them is asked, and the page's next sentence answers it."""
        if asked := question(self.prose):
            self.slide("question", heading, [], asked)
            self.slides[-1].notes.append(plain(output))
            self.open, self.printed = self.slides[-1], numbers(output, asked)
        else:
            self.prose.append(copy(output))


def cut(section: Tag) -> list[Slide]:
    """Return the slides of a page's outermost section."""
    cutter = _Cutter()
    cutter.section(section)
    return cutter.slides
