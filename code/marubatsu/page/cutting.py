"""Cuts a finished page into slides: what is to be seen by all, and what the speaker says."""

import ast
import copy
import re
from dataclasses import dataclass, field
from html import escape

from bs4 import NavigableString, Tag

ASKS = re.compile(r"guess|predict|work it out|cover the|before you|which|what", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.?!])\s+")
LONG_LIST = 420  # letters; a longer list is for the speaker
SHORT_CODE = 5  # lines
SHORT_SENTENCE = 160  # letters
WIDE = 2.2  # a picture that is so much wider than high has its caption below it, others beside it


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
        heading = "" if self.kind == "cover" else f"<h2>{self.heading}</h2>"
        lead = f'<p class="deck-lead">{self.lead}</p>' if self.lead else ""
        notes = f'<aside class="notes">{"".join(self.notes)}</aside>' if self.notes else ""
        words = escape(re.sub(r"<[^>]+>", "", self.heading).strip(), quote=True)
        return (
            f'<section class="deck-slide deck-{self.kind}" aria-label="{words}">{heading}{lead}'
            f"{''.join(self.content)}{notes}</section>\n"
        )


def plain(node: Tag) -> str:
    """Return the HTML of a node without identifiers and sections, for any place on a slide."""
    twin = copy.copy(node)
    for each in [twin, *twin.find_all(True)]:
        each.attrs.pop("id", None)
        if each.name == "section":
            each.name = "div"  # to reveal.js a section within a section is a slide below a slide
    return str(twin)


def sentences(paragraph: Tag) -> list[str]:
    """Return the sentences of a paragraph, each with its markup."""
    found = [""]
    for child in paragraph.children:
        if isinstance(child, NavigableString):
            first, *others = SENTENCE.split(str(child))
            found[-1] += escape(first, quote=False)
            found += [escape(each, quote=False) for each in others]
        else:
            found[-1] += plain(child)
    return [each.strip() for each in found if each.strip()]


def lead(prose: list[Tag]) -> str:
    """Return what stands over the next picture: the question that is asked before it, else the last sentence."""
    paragraphs = [each for each in prose if each.name == "p"]
    if not paragraphs:
        return ""
    said = sentences(paragraphs[-1])
    for place, each in enumerate(said):
        if asks(each):
            before = place and len(said[place - 1]) < SHORT_SENTENCE  # what the question is about
            return " ".join(said[place - 1 if before else place :])
    return said[-1] if said[-1][-1] in ".?!:>)" else f"{said[-1]} …"


def asks(sentence: str) -> bool:
    """Whether a sentence asks the class for a guess, in bold type as the pages do it."""
    return any(ASKS.search(strong) for strong in re.findall(r"<strong>(.*?)</strong>", sentence, re.DOTALL))


def asked_of(code: Tag) -> list[str]:
    """Return what of a cell's code stands over its output: all of it when it is short, else its last statement."""
    lines, text = code.find("pre").decode_contents().strip("\n").split("\n"), code.get_text().strip("\n")
    first = 1 if len(lines) <= SHORT_CODE else ast.parse(text).body[-1].lineno
    shown = "\n".join(lines[first - 1 :])
    return [f'<div class="highlight"><pre>{shown}</pre></div>'] if len(lines) - first < SHORT_CODE else []


def picture(figure: Tag) -> str:
    """Return a figure with a class that says where its caption goes."""
    image = figure.select_one("img")
    inner = figure if figure.name == "figure" else figure.select_one("figure") or figure
    if image is not None:
        width, height = (float(image.get(side, 0) or 0) for side in ("width", "height"))
        inner["class"] = [*inner.get("class", []), "deck-wide-picture" if width > WIDE * height else "deck-picture"]
    return str(figure)


class _Cutter:
    def __init__(self):
        self.slides: list[Slide] = []
        self.prose: list[Tag] = []  # what the speaker says before the next slide

    def slide(self, kind, heading, content, over=None):
        over = lead(self.prose) if over is None else over
        if kind in ("figure", "widget", "quiz") and not asks(over):
            over = ""  # its caption or its title says what to look at
        if asks(over) and kind in ("output", "figure"):
            content = [*content[:-1], f'<div class="fragment">{content[-1]}</div>']  # the answer waits for a key
        self.slides.append(Slide(kind, heading, over, content, [plain(each) for each in self.prose]))
        self.prose = []

    def speak(self, heading):
        """End a section: what is left to say belongs to its last slide, or makes one."""
        if self.prose and (not self.slides or self.slides[-1].heading != heading):
            first = next((sentences(each)[0] for each in self.prose if each.name == "p"), "")
            self.slide("words", heading, [], first)
        elif self.prose:
            self.slides[-1].notes += [plain(each) for each in self.prose]
        self.prose = []

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
            self.slide("further", "One step further", [plain(node)], "")
        elif {"claims", "seen", "limits"} & kinds:
            self.speak(heading)
            self.admonition(node, ({"claims", "seen", "limits"} & kinds).pop())
        elif "exercise" in kinds:
            self.speak(heading)
            name = node.select_one(".admonition-title").get_text().strip()
            content = [plain(each) for each in node.find_all(True, recursive=False)[1:]]
            self.slide("exercise", escape(name), content, "")
        elif "solution" in kinds or node.name == "details":
            if self.slides:
                self.slides[-1].notes.append(plain(node).replace("<details", "<details open"))
        elif "cell" in kinds:
            self.cell(node, heading)
        elif "math" in kinds or node.name == "math":
            self.slide("formula", heading, [str(node)])
        elif node.name == "table" or node.select_one("table"):
            self.slide(
                "table", heading, [f'<div class="deck-wide" tabindex="0" role="group" aria-label="Table">{node}</div>']
            )
        elif node.name == "figure":
            self.slide("figure", heading, [picture(node)])
        elif node.name in ("ul", "ol") and len(node.get_text()) <= LONG_LIST:
            self.slide("list", heading, [plain(node)])
        elif "admonition" in kinds:
            self.slide("box", heading, [str(node)])
        else:
            self.prose.append(node)

    def admonition(self, node: Tag, kind: str):
        """The claims, what was seen, and the limits, each on a slide of its own; minutes are for the speaker."""
        title = node.select_one(".admonition-title").get_text().strip()
        seen = [
            each for each in node.find_all(True, recursive=False) if "admonition-title" not in each.get("class", [])
        ]
        said = [each for each in seen if each.name == "p" and each.find("em", recursive=False) and kind == "claims"]
        shown = [plain(each) for each in seen if each not in said]
        self.slides.append(Slide(kind, escape(title), "", shown, [plain(each) for each in said]))

    def cell(self, node: Tag, heading: str):
        """The outputs of a cell, each on a slide; short code stands over its output, other code is for the speaker."""
        code = node.select_one(".cell_input .highlight")
        hidden = "tag_hide-input" in node.get("class", []) or "tag_remove-input" in node.get("class", [])
        outputs = [each for each in node.select(".cell_output > *") if each.name not in ("style", "script")]
        for output in outputs:
            for style in output.select("style"):
                style.decompose()
            widget = output if "marubatsu-widget" in output.get("class", []) else output.select_one(".marubatsu-widget")
            if widget:
                widget["data-prevent-swipe"] = ""
                self.slide("quiz" if widget.get("data-module") == "quiz" else "widget", heading, [str(widget)])
            elif output.name == "figure" or output.select_one("img"):
                self.slide("figure", heading, [picture(output)])
            elif output.select_one(".highlight") and "text_html" in output.get("class", []):
                self.slide("listing", heading, [f"<details><summary>Code</summary>{output}</details>"])
            else:
                shown = f'<div class="deck-wide" tabindex="0" role="group" aria-label="Output">{output}</div>'
                self.slide("output", heading, [*([] if hidden or code is None else asked_of(code)), shown])
        if code is not None and not outputs and not hidden:
            self.prose.insert(0, code)


def cut(section: Tag) -> list[Slide]:
    """Return the slides of a page's outermost section."""
    cutter = _Cutter()
    cutter.section(section)
    return cutter.slides
