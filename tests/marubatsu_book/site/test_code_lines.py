"""A long line of code wraps below its own beginning: each line is an element that knows its indent."""

import re

import pytest

from marubatsu_book.site.code_lines import BLOCK, TAG, in_lines

LOOP = (
    '<span></span><span class="k">for</span> <span class="n">row</span> in rows:\n\n    <span class="n">go</span>()\n'
)
DOCSTRING = (
    'def f():\n<span class="w">    </span><span class="sd">"""One.</span>\n\n<span class="sd">    Two."""</span>\n'
)
OVER_LINES = '<span class="sd">"""One.\n\n    Two."""</span> + 1\n'


def lines_of(html):
    return re.findall(r'<span class="code-line"(?: style="--indent:(\d+)ch")?>(.*?\n)', html)


@pytest.mark.parametrize("code", [LOOP, DOCSTRING, OVER_LINES, "\n", "a\n"])
def test_the_words_of_a_program_stay_as_they_are(code):
    html = in_lines(code)
    assert TAG.sub("", html) == TAG.sub("", code)
    assert html.count("<span") == html.count("</span>")
    assert html.count("code-line") == code.count("\n")


def test_a_line_knows_by_how_much_it_is_indented():
    assert [indent for indent, _ in lines_of(in_lines(LOOP))] == ["", "", "4"]


def test_a_colour_that_runs_over_lines_begins_again_on_each():
    assert [words.startswith('<span class="sd">') for _, words in lines_of(in_lines(OVER_LINES))] == [True] * 3


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ('<div class="highlight-ipython3 notranslate">', True),
        ('<div class="highlight-python notranslate">', True),
        ("<style>.output_html</style>", True),
        ('<div class="highlight-myst-ansi notranslate">', False),
        ('<div class="highlight-console notranslate">', False),
    ],
)
def test_programs_are_parted_and_results_are_not(before, found):
    assert bool(BLOCK.search(f'{before}<div class="highlight"><pre>a\n</pre></div>')) == found
