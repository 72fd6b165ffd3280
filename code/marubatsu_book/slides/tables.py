"""Tables of a page in parts that a slide has room for, in type for the last row of seats."""

from copy import copy
from math import ceil

from bs4 import BeautifulSoup, Tag

LINES = 9  # of a slide, the heading of the table among them
LETTERS = 62  # of a line
MANY_ROWS = 10  # of a listing by a program; what a network's table says, its drawing says too
COLUMNS, BESIDE = 4, 2  # a wider table is turned: its rows become columns, so many side by side


def fit(table: Tag) -> list[str]:
    """Return a table as HTML in parts for a slide each: whole if it has room, else by rows, else turned round."""
    head, rows, width = _size(table)
    if width > COLUMNS and head:
        return _turned(head[0], rows)
    parts, used = [[]], 0
    limit = LINES - sum(_lines(row, width) for row in head)
    for row in rows:
        used += _lines(row, width)
        if parts[-1] and used > limit:
            parts.append([])
            used = _lines(row, width)
        parts[-1].append(row)
    return [_table(head, part) for part in parts if part]


def is_listing(table: Tag) -> bool:
    """Whether a table that a program printed is too large to be read from a slide."""
    _, rows, width = _size(table)
    return len(rows) > MANY_ROWS or width > COLUMNS


def _size(table):
    """The rows of the heading, the other rows, and the number of columns."""
    head = table.select("thead tr")
    rows = table.select("tbody tr") or [row for row in table.select("tr") if row not in head]
    return head, rows, max((len(row.find_all(["th", "td"])) for row in rows), default=0)


def _lines(row, width):
    """How many lines a row needs when its columns share the slide by their letters."""
    return max((ceil(len(cell.get_text().strip()) * width / LETTERS) for cell in row.find_all(["th", "td"])), default=1)


def _table(head, rows):
    title = f"<thead>{''.join(map(str, head))}</thead>" if head else ""
    return f'<table class="table">{title}<tbody>{"".join(map(str, rows))}</tbody></table>'


def _turned(head, rows):
    """Return the rows as columns, a few side by side; the names of the columns stand at the left."""
    names, parts = head.find_all(["th", "td"]), []
    cells = [row.find_all(["th", "td"]) for row in rows]
    for start in range(0, len(rows), BESIDE):
        lines = []
        for place, name in enumerate(names):
            tags = ["th", *["th" if place == 0 else "td"] * len(cells[start : start + BESIDE])]
            inner = [name, *(row[place] for row in cells[start : start + BESIDE])]
            scopes = ["row", *["col"] * (len(tags) - 1)]
            made = "".join(
                f"<{tag}{f' scope={chr(34)}{scope}{chr(34)}' if tag == 'th' else ''}>{_inside(each)}</{tag}>"
                for tag, scope, each in zip(tags, scopes, inner, strict=True)
            )
            lines.append(f"<tr>{made}</tr>")
        parts.append(f'<table class="table deck-turned"><tbody>{"".join(lines)}</tbody></table>')
    return parts


def _inside(cell):
    return BeautifulSoup(str(copy(cell)), "html.parser").find(True).decode_contents().strip()
