"""The lecturer's page of results and a student's sheet in a real browser: phone, both modes, axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from axe_rules import RULES

from marubatsu_course import assignment, classroom
from marubatsu_course.marking import Answered, Marked
from marubatsu_course.reports import report, sheet
from marubatsu_course.walls import sandbox


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """A class of twelve, some with little, long names of files, one with two files, one with none; and one sheet."""
    found, folder, results = assignment.load("layers"), tmp_path_factory.mktemp("results"), []
    for place in range(12):
        answers = [
            Answered(
                question.points * ((place + number) % 3) / 2,
                question.points,
                "A hint (gave 3)",
                "A hint",
                2,
                4,
                "x = 1  # and a line that is wider than a phone\n" * 9,
            )
            for number, question in enumerate(found.questions)
        ]
        status = {3: "errors", 7: "missing"}.get(place, "marked")
        notes = ["question 4, line 4: IndentationError: unindent does not match"] if status != "marked" else []
        name = "homework_of_mine_final_new_" * place + ".ipynb"
        results.append(
            Marked(f"Student {place}/{name}", f"Student {place} van den Berg", f"10{place}", status, answers, notes)
        )
    results[9].student, results[9].number = results[8].student, results[8].number
    classroom.ask_which_counts(results)
    results[5].notes.append(f"was refused: write /home/{'a-long-name/' * 12}marks.csv, and 50 more")
    html = report.page(results, found, sandbox.protections(), aside=[("Thumbs.zip", "No notebook is in it.")], left=3)
    (folder / "results.html").write_text(html, encoding="utf-8")
    (folder / "sheet.html").write_text(sheet.page(results[4], found), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["results.html", "sheet.html"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_it_fits_the_screen_and_axe_finds_nothing_with_all_of_it_open(browser, pages, name, width, mode):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=mode)
    page = context.new_page()
    page.goto((pages / name).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    violations = Axe().run(page, options=RULES).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"][:160]) for rule in violations] == []
    context.close()


def test_a_student_opens_by_keyboard_and_from_the_list_of_what_to_look_at(browser, pages):
    page = browser.new_page()
    page.goto((pages / "results.html").as_uri())
    summary = page.locator("#s3 > summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("#s3 .notes").is_visible()
    page.get_by_role("link", name="Student 3 van den Berg").click()
    assert page.evaluate("location.hash") == "#s3"
    page.close()


def test_what_was_handed_in_unfolds_under_words_that_say_whose_it_is(browser, pages):
    page = browser.new_page()
    for name, words in {
        "sheet.html": "What you handed in",
        "results.html": "What was handed in for question 3",
    }.items():
        page.goto((pages / name).as_uri())
        page.evaluate("document.querySelectorAll('.students > details').forEach(each => each.open = true)")
        page.get_by_text(words, exact=True).first.click()
        assert page.locator("details.code[open] pre").first.is_visible()
    page.close()
