"""Programs, hints and solutions of a page are one kind of fold, which opens without a script."""

from marubatsu_book.site.folds import fold

CODE = '<div class="highlight-ipython3 notranslate"><div class="highlight"><pre>1 + 1\n</pre></div>\n</div>\n'
INPUT = f'<div class="cell_input docutils container">\n{CODE}</div>\n'
OUTPUT = '<div class="cell_output docutils container">\n2</div>\n'
SHOWN = f'<div class="cell docutils container">\n{INPUT}{OUTPUT}</div>\n'
HIDDEN = (
    '<div class="cell tag_hide-input docutils container">\n<details class="admonition hide above-input">\n'
    '<summary aria-label="Toggle hidden content">\n<p>Show code cell source</p>\n</summary>\n'
    f"{INPUT}</details>\n{OUTPUT}</div>\n"
)
HINT = (
    '<details class="sd-sphinx-override sd-dropdown sd-card sd-mb-3">\n'
    '<summary class="sd-summary-title sd-card-header">\n'
    '<span class="sd-summary-text">Hint</span><span class="sd-summary-state-marker"><svg></svg></span></summary>'
    '<div class="sd-summary-content sd-card-body docutils">\n<p class="sd-card-text">Count.</p>\n</div>\n</details>'
)
SOLUTION = (
    '<div class="solution dropdown admonition" id="page-solution-1">\n\n'
    '<p class="admonition-title">Solution to<a class="reference internal" href="#ex"> Exercise 3 (Count)</a></p>\n'
    '<section id="solution-content">\n<p>Two.</p>\n</section>\n</div>'
)


def test_every_program_is_folded_in_the_same_way_and_its_result_is_not():
    shown, hidden = fold(SHOWN), fold(HIDDEN)
    for page in (shown, hidden):
        assert page.count('<details class="program"><summary>') == page.count("</details>") == 1
        assert page.index("<details") < page.index(CODE) < page.index("</details>") < page.index(OUTPUT)
    assert hidden == shown.replace('"cell docutils', '"cell tag_hide-input docutils')


def test_each_program_of_a_page_has_a_fold_of_its_own():
    page = fold(SHOWN + HIDDEN + SHOWN)
    assert page.count("<details") == page.count("</details>") == 3


def test_a_hint_and_a_solution_fold_alike():
    assert fold(HINT) == (
        '<details class="fold hint"><summary>Hint</summary><div class="fold-inside">\n<p>Count.</p>\n</div>\n</details>'
    )
    assert fold(SOLUTION) == (
        '<details class="fold solution" id="page-solution-1"><summary>Solution to Exercise 3 (Count)</summary>'
        '<div class="fold-inside">\n<p>Two.</p>\n</div></details>'
    )


def test_no_name_stands_twice_where_a_page_has_two_exercises():
    exercise = '<div class="exercise admonition"><section id="exercise-content"><p>How many?</p></section></div>'
    assert " id=" not in fold(exercise * 2)
