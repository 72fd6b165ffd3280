"""The theme's style sheets lose the rules that nothing on the site can use, and no other."""

import pytest

from marubatsu.page.styles import keep_selectors, purge, words_of


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (".used{a:b} .unused{a:b}", ".used{a:b}"),
        (".used .unused{a:b}", ""),
        (".unused,.used{a:b}", ".used{a:b}"),
        ("p>a[href]:hover{a:b}", "p>a[href]:hover{a:b}"),
        ("#used.used{a:b}#gone{a:b}", "#used.used{a:b}"),
        ("p:not(.unused){a:b}", "p:not(.unused){a:b}"),
        ("@media (min-width:1px){.used{a:b}.unused{a:b}}", "@media (min-width:1px){.used{a:b}}"),
        ("@media print{.unused{a:b}}", ""),
        ("@keyframes turn{to{a:b}}", "@keyframes turn{to{a:b}}"),
        ('@font-face{font-family:"Font Awesome 6 Free";src:url(x)}', ""),
        ('.used{font-family:"FontAwesome"}', ""),
        ("/*! MIT */.used{a:b}/* a note */", "/*! MIT */.used{a:b}"),
        ('.used{content:"}"}', '.used{content:"}"}'),
    ],
)
def test_a_rule_stays_when_all_its_names_are_used(style, expected):
    assert purge(style, {"used"}) == expected


def test_a_comma_inside_brackets_does_not_part_selectors():
    assert keep_selectors(":is(.a,.b) .used,.c", {"used"}) == ":is(.a,.b) .used"


def test_names_are_found_in_pages_and_in_scripts():
    assert words_of(['<p class="one two-2">', 'add("three")']) >= {"one", "two-2", "three"}


def test_a_broken_style_sheet_stops_the_build_with_its_place():
    with pytest.raises(ValueError, match="cannot be read"):
        purge(".used{a:b} .used", {"used"})
