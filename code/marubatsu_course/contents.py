"""The order of the book: its parts and pages, as _toc.yml lists them."""

from pathlib import Path

import yaml


def toc_here() -> Path:
    """Return the table of contents of the book that this copy belongs to, or of the folder in which a command runs.

    Raises
    ------
    ValueError
        If there is none.
    """
    places = [Path(__file__).resolve().parents[2], Path.cwd(), *Path.cwd().parents]
    for place in places:
        if (place / "_toc.yml").is_file():
            return place / "_toc.yml"
    raise ValueError(f"contents: there is no _toc.yml in {Path.cwd()}. Run the command in the book's folder.")


def order(toc: Path) -> list[tuple[str, list[str]]]:
    """Return the parts of the book with their pages, as the table of contents lists them."""
    listed = yaml.safe_load(toc.read_text(encoding="utf-8"))
    parts = listed.get("parts", [{"caption": "", "chapters": listed.get("chapters", [])}])
    return [("", [listed["root"]]), *((part.get("caption", ""), _flat(part["chapters"])) for part in parts)]


def _flat(chapters):
    """Return the files of chapters and of the sections under them, in order."""
    return [file for each in chapters for file in (each["file"], *_flat(each.get("sections", ())))]
