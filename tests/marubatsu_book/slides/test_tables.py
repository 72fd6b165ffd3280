"""Tables on slides: as many parts as they need, and every cell on one of them."""

from bs4 import BeautifulSoup

from marubatsu_book.slides.tables import fit, is_listing


def cell(row, column):
    """The word of a cell."""
    return f"c{row}{column} "


def table(rows, columns, words=1):
    """A table whose cells say where they stand."""
    head = "".join(f"<th>h{column}</th>" for column in range(columns))
    body = "".join(
        f"<tr>{''.join(f'<td>{cell(row, column) * words}</td>' for column in range(columns))}</tr>"
        for row in range(rows)
    )
    return BeautifulSoup(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>", "html.parser").table


def words(parts):
    """The words of each part."""
    return [BeautifulSoup(part, "html.parser").get_text(" ").split() for part in parts]


def test_a_small_table_stays_whole():
    assert words(fit(table(3, 2))) == [["h0", "h1", "c00", "c01", "c10", "c11", "c20", "c21"]]


def test_a_long_table_goes_on_with_its_heading_repeated():
    parts = words(fit(table(6, 2, words=20)))
    assert len(parts) > 1 and all(part[:2] == ["h0", "h1"] for part in parts)
    assert {word for part in parts for word in part} >= {f"c{row}{column}" for row in range(6) for column in range(2)}


def test_a_wide_table_is_turned_two_rows_on_a_slide():
    parts = fit(table(3, 6))
    assert words(parts)[0][:6] == ["h0", "c00", "c10", "h1", "c01", "c11"] and len(parts) == 2
    first = BeautifulSoup(parts[0], "html.parser")
    assert [cell["scope"] for cell in first.select("tr")[1].select("th")] == ["row"]


def test_a_listing_of_more_than_ten_rows_or_four_columns_is_not_read_from_a_slide():
    assert is_listing(table(11, 3)) and is_listing(table(3, 5)) and not is_listing(table(10, 4))
