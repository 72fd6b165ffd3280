"""The zip of the site is the site."""

import zipfile

from marubatsu_book.site.archive import NAME, write_archive


def test_the_archive_holds_every_page_of_the_site_in_one_folder(site, tmp_path):
    with zipfile.ZipFile(site / NAME) as archive:
        assert archive.testzip() is None
        inside = set(archive.namelist())
    pages = {f"marubatsu-book/{path.relative_to(site).as_posix()}" for path in site.rglob("*.html")}
    assert pages <= inside
    assert "marubatsu-book/READ-ME-FIRST.txt" in inside
    assert f"marubatsu-book/{NAME}" not in inside


def test_the_same_site_gives_the_same_bytes(tmp_path):
    (tmp_path / "index.html").write_text("○ or ×", encoding="utf-8")
    first = write_archive(tmp_path).read_bytes()
    (tmp_path / "index.html").touch()
    assert write_archive(tmp_path).read_bytes() == first
