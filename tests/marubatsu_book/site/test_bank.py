"""The question bank among the files of the site."""

import zipfile
from types import SimpleNamespace

from marubatsu_book.site.archive import NAME
from marubatsu_book.site.bank import FOLDER, write
from marubatsu_course.contents import toc_here
from marubatsu_course.question_bank import files as bank


def test_both_files_are_written_when_a_build_succeeded_and_none_when_it_failed(tmp_path):
    app = SimpleNamespace(
        builder=SimpleNamespace(name="html"),
        outdir=tmp_path,
        srcdir=toc_here().parent,
        config=SimpleNamespace(external_toc_path="_toc.yml"),
    )
    write(app, RuntimeError())
    assert not list(tmp_path.iterdir())
    write(app, None)
    assert {path.name for path in (tmp_path / FOLDER).iterdir()} == {bank.MOODLE, bank.CARTRIDGE}


def test_the_site_and_its_archive_hold_the_bank_of_today(site):
    assert (site / FOLDER / bank.MOODLE).read_text(encoding="utf-8") == bank.moodle()
    with zipfile.ZipFile(site / NAME) as archive:
        assert f"marubatsu-book/{FOLDER}/{bank.CARTRIDGE}" in archive.namelist()
