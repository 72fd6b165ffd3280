"""The question bank among the files of the site."""

from types import SimpleNamespace

from marubatsu.page import bank


def inliner(errors):
    reporter = SimpleNamespace(error=lambda words, line: errors.append(words) or words)
    env = SimpleNamespace(docname="book/teaching/marking")
    return SimpleNamespace(reporter=reporter, document=SimpleNamespace(settings=SimpleNamespace(env=env)))


def test_the_role_links_to_the_file_at_the_root_of_the_site():
    (link,), problems = bank.role("", "", "moodle", 1, inliner([]))
    assert 'href="../../question-bank/marubatsu-moodle.xml" download' in link.astext() and problems == []


def test_an_unknown_form_fails_the_build_with_a_sentence():
    errors = []
    assert bank.role("", "", "word", 1, inliner(errors))[0] == []
    assert errors == ["'word' is no form of the question bank: moodle, common-cartridge"]


def test_both_files_are_written_when_a_build_succeeded_and_none_when_it_failed(tmp_path):
    app = SimpleNamespace(builder=SimpleNamespace(name="html"), outdir=tmp_path)
    bank.write(app, RuntimeError())
    assert not list(tmp_path.iterdir())
    bank.write(app, None)
    assert {path.name for path in (tmp_path / "question-bank").iterdir()} == set(bank.FILES.values())
