"""The library reference: every name that a room offers stands on one of its pages."""

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "book" / "reference").glob("*.md"))}
DIRECTIVE = re.compile(r"^\.\. auto(\w+):: (\S+)\n((?:[ ]+:.*\n?)*)", re.M)
ROOMS = sorted(
    ".".join(path.parent.relative_to(ROOT / "code").parts)
    for path in (ROOT / "code" / "marubatsu").rglob("__init__.py")
    if re.search(r"^__all__", path.read_text(encoding="utf-8"), re.M)
)


def told():
    """Every whole name that the pages tell of; a name of a module that tells of all its members ends in a dot."""
    found = set()
    for text in PAGES.values():
        for kind, name, options in DIRECTIVE.findall(text):
            listed = re.search(r":members:(.*)", options)
            excluded = re.search(r":exclude-members:(.*)", options)
            if kind != "module":
                found.add(name)
            elif listed and listed[1].strip():
                found |= {f"{name}.{member.strip()}" for member in listed[1].split(",")}
            elif listed:
                left_out = {member.strip() for member in excluded[1].split(",")} if excluded else set()
                found |= {f"{name}.{member}" for member in offered(name) if member not in left_out}
    return found


def offered(name):
    """What `:members:` shows: the names in __all__, or those that were written in the module itself."""
    module = import_module(name)
    if hasattr(module, "__all__"):
        return module.__all__
    return [word for word, thing in vars(module).items() if getattr(thing, "__module__", None) == name]


@pytest.mark.parametrize("room", ROOMS)
def test_every_function_and_class_that_a_room_offers_stands_in_the_reference(room):
    module, known, missing = import_module(room), told(), []
    for word in module.__all__:
        thing = getattr(module, word)
        home = getattr(thing, "__module__", None) or ""
        if callable(thing) and home.startswith("marubatsu"):  # names of types and numbers are told where they are used
            places = {room, home, room.rpartition(".")[0]}
            missing += [word] if not known & {f"{place}.{word}" for place in places} else []
    assert missing == [], f"give them a place on one of {', '.join(path.name for path in PAGES)} in book/reference"


def test_the_pages_of_the_reference_are_read():
    assert {"marubatsu.layers.Conv2d", "marubatsu.arithmetic.convolution.conv2d", "marubatsu.answers.Check"} <= told()
    assert "marubatsu.layers.Shape" not in told()
