"""The theme's style sheets lose the rules that nothing on the site can use, and no other."""

from types import SimpleNamespace

import pytest

from marubatsu_book.site.styles import keep_selectors, lighten, link_one, purge, unite, words_of


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


def test_one_sheet_takes_the_place_of_all_in_the_order_of_the_cascade(tmp_path):
    for name, style in [("page.css", ".a{c:2}"), ("basic.css", '@charset "UTF-8";.a{c:1}'), ("other.css", ".a{c:3}")]:
        (tmp_path / name).write_text(style)
    address = unite(tmp_path, {"a"})
    assert (tmp_path / "book-all.css").read_text() == ".a{c:1}.a{c:2}"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book-all.css", "other.css"]
    assert address.startswith("book-all.css?v=")


def test_a_page_links_the_one_sheet_first_and_keeps_links_to_others():
    head = (
        '<link href="../_static/styles/theme.css" rel="stylesheet"/>\n'
        '<link rel="stylesheet" type="text/css" href="../_static/page.css?v=1" />\n'
        '<link rel="stylesheet" type="text/css" href="../_static/marubatsu/widgets.css?v=2" />\n'
        '<link rel="icon" href="../_static/favicon.svg"/>\n'
    )
    once = link_one(head, "book-all.css?v=3")
    assert once == (
        '<link rel="stylesheet" href="../_static/book-all.css?v=3"/>\n'
        '<link rel="stylesheet" type="text/css" href="../_static/marubatsu/widgets.css?v=2" />\n'
        '<link rel="icon" href="../_static/favicon.svg"/>\n'
    )
    assert link_one(once, "book-all.css?v=4") == once.replace("v=3", "v=4"), "a page that was not written again"


def test_a_build_without_changes_leaves_the_one_sheet_as_it_is(tmp_path):
    static = tmp_path / "_static"
    static.mkdir()
    (static / "book-all.css").write_text(".a{c:1}")
    (static / "pygments.css").write_text(".b{c:2}")  # copied by a part of Sphinx that always runs
    lighten(SimpleNamespace(outdir=tmp_path, builder=SimpleNamespace(name="html")), None)
    assert (static / "book-all.css").read_text() == ".a{c:1}"
