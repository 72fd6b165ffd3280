"""Words of a page as they stand on a slide: sentences with their markup, the question asked, the answer in words."""

import copy
import re
from html import escape

from bs4 import NavigableString, Tag

ASKS = re.compile(r"guess|predict|work it out|cover the|before you|which|what", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.?!])(?<!Fig\.)(?<!al\.)(?<!Eq\.)\s+(?=[A-Z0-9(“○×]|$)")
NOWHERE = re.compile(r"\b(below|above|run the cell|you run|on this page|read the rest)\b", re.IGNORECASE)
CODE = re.compile(r"<code|\b(in|of) code\b")
TO_THE_CELL = re.compile(r",?\s+(?:then look:|before you run the cell\.)$")
OF_PRINT = re.compile(
    r"^For each \w+:|^Read the|\b(first|second|third|last) (row|column|number)\b|comes with the two ends"
)
OF_PAGE = {  # words that point to a place which a slide does not have
    r"\bOn this page\b": "In this chapter",
    r"\bon this page\b": "in this chapter",
    r"\b([Tt])his page\b": r"\1his chapter",
    r" No code is needed\.": "",
    r" The next cell computes it\.": "",
    r"; the answer is in the text below": "",
    r"\bchosen below\b": "chosen",
    r" in the cell before\b": "",
    r"\bbefore you read on\b": "first",
    r"\b[Ll]ook at the next answer\b": "see the answer",
}
NUMBER = r"-?\d+(?:\.\d*)?"
NUMBERS = re.compile(rf"[\[({{](?:(?:'[^']*': )?{NUMBER}(?:, )?)+[\])}}]|{NUMBER}")  # as Python prints a few
OF_KIND = re.compile(r"\b(which|what|who|where)\b", re.IGNORECASE)  # a question that no number answers
LONG_LEAD, LONG_ANSWER = 330, 300  # letters that a slide takes in large type


def plain(node: Tag) -> str:
    """Return the HTML of a node without identifiers and sections, for any place on a slide."""
    twin = copy.copy(node)
    for each in [twin, *twin.find_all(True)]:
        each.attrs.pop("id", None)
        if each.name == "section":
            each.name = "div"  # to reveal.js a section within a section is a slide below a slide
    return str(twin)


def of_slides(html: str) -> str:
    """Return some HTML of a page in the words of a slide: what points to places of the page goes."""
    for found, instead in OF_PAGE.items():
        html = re.sub(found, instead, html)
    return html


def letters(html: str) -> int:
    """Return how many letters of some HTML are read."""
    return len(re.sub(r"<[^>]+>", "", html))


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


def asks(sentence: str) -> bool:
    """Whether a sentence asks the class for a guess, in bold type as the pages do it."""
    return any(ASKS.search(strong) for strong in re.findall(r"<strong>(.*?)</strong>", sentence, re.DOTALL))


def question(prose: list[Tag]) -> str:
    """Return the question that the last paragraph asks, with all that the slide has room for of what leads to it.

    The sentence before a question always stays: it says what the question is about.
    """
    paragraphs = [each for each in prose if each.name == "p"]
    said = sentences(paragraphs[-1]) if paragraphs else []
    for place, each in enumerate(said):
        if asks(each):
            others = [one for one in said[place + 1 :] if one[-1] != ":" and not NOWHERE.search(one)]
            asked, before = [TO_THE_CELL.sub(".", each), *others], place
            while before and (before == place or _joins(said[before - 1], said[before:place] + asked)):
                before -= 1
            shown = said[before:place] + asked
            return " ".join([*([] if before else _goes_before(prose, shown)), *shown])
    return ""


def _goes_before(prose, shown):
    """What a paragraph speaks of that begins behind printed numbers: the first sentence before them, if it fits."""
    place = max(place for place, each in enumerate(prose) if each.name == "p")
    if not place or not NUMBERS.fullmatch(" ".join(prose[place - 1].get_text().split())):
        return []
    said = [each for earlier in prose[:place] if earlier.name == "p" for each in sentences(earlier)[:1]]
    first = said[-1] if said else ""
    return [first] if first.endswith(".") and not NOWHERE.search(first) and _joins(first, shown) else []


def introduced(prose: list[Tag]) -> str:
    """Return the sentences that lead to a formula: the last one before it, and those that name its letters."""
    said = sentences(prose[-1]) if prose and prose[-1].name == "p" else []
    if not said or NOWHERE.search(said[-1]) or CODE.search(said[-1]):
        return ""
    named = [place for place, each in enumerate(said) if "<math" in each]
    return " ".join(said[min([*named, len(said) - 1]) :])


def explained(paragraph: Tag) -> str:
    """Return the sentences behind a formula that begin their paragraph and name its letters."""
    found = []
    for each in sentences(paragraph):
        if "<math" not in each or asks(each) or each.endswith(":"):
            break
        found.append(each)
    return " ".join(found)


def numbers(output: Tag, asked: str) -> str:
    """Return the few numbers that a program printed, in words, if they can answer what was asked; else nothing."""
    text = " ".join(output.get_text().split())
    if not NUMBERS.fullmatch(text) or OF_KIND.search(asked[asked.rindex("<strong") :]):
        return ""
    found = text.strip("[](){}").replace("'", "").split(", ")
    return "; ".join(each for each in found if "." not in each or "how many" not in asked.lower())


def _joins(sentence, asked):
    """Whether a sentence that leads to a question can stand before it: it has room, and no names of code."""
    return not CODE.search(sentence) and letters(" ".join([sentence, *asked])) <= LONG_LEAD


def answer(paragraph: Tag) -> str:
    """Return the first sentences of a paragraph that say in words what a computation gave: without names of code."""
    found, said = [], sentences(paragraph)
    if not said or said[-1].endswith("?"):
        return ""  # it leads to the next picture
    for each in said:
        leads_on = asks(each) or each[-1] not in ".!)>”" or "<math" in each
        if leads_on or (found and letters(" ".join([*found, each])) > LONG_ANSWER):
            break
        whole = each.count("(") == each.count(")")
        if whole and "<code" not in each and not OF_PRINT.search(each) and letters(each) <= 1.5 * LONG_ANSWER:
            found.append(each)
    return " ".join(found)
