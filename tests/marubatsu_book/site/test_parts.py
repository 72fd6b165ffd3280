"""The menu of the parts, read off the list of pages."""

from marubatsu_book.site.parts import part_of, parts_of

LIST = """
<p class="caption"><span class="caption-text">Layers</span></p>
<ul><li><a class="reference internal" href="layers/numbers.html">Numbers</a></li>
<li><a class="reference internal" href="layers/relu.html">ReLU</a></li></ul>
<p class="caption"><span class="caption-text">Tasks &amp; more</span></p>
<ul class="current nav"><li class="toctree-l1 current"><a class="current reference internal" href="#">Dose</a></li></ul>
"""


def test_each_part_leads_to_its_first_page_and_the_readers_own_is_marked():
    assert part_of(LIST) == "Tasks &amp; more"
    assert parts_of(LIST, part_of(LIST)) == [
        ("Layers", "layers/numbers.html", False),
        ("Tasks &amp; more", "#", True),
    ]


def test_the_cover_stands_in_no_part():
    assert part_of(LIST.replace("current", "")) == ""
