"""A style sheet keeps the variables that somebody asks for, and no other."""

import pytest

from marubatsu_book.site.variables import drop_unused


@pytest.mark.parametrize(
    ("style", "elsewhere", "expected"),
    [
        ("html{--used:1;--not:2;a:b}p{c:var(--used)}", "", "html{--used:1;a:b}p{c:var(--used)}"),
        ("html{--one:1;--two:var(--one)}p{c:var(--two)}", "", "html{--one:1;--two:var(--one)}p{c:var(--two)}"),
        ("html{--one:1;--two:var(--one)}p{c:d}", "", "html{}p{c:d}"),
        ("html{--one:1}", "p{c:var(--one)}", "html{--one:1}"),
        ('html{--icon:url("data:a;b}c");d:e}', "", "html{d:e}"),
        ("p{--own:1;c:var(--own,2)}", "", "p{--own:1;c:var(--own,2)}"),
    ],
)
def test_a_variable_stays_while_somebody_asks_for_it(style, elsewhere, expected):
    assert drop_unused(style, elsewhere) == expected
