"""A change in the library makes the pages that rest on it new."""

from types import SimpleNamespace

from marubatsu_book.running.fresh import digest_of, forget_outputs, outdate_pages, remember


def test_the_digest_changes_with_any_source_file_and_with_nothing_else(tmp_path):
    (tmp_path / "a.py").write_text("1")
    first = digest_of(tmp_path)
    (tmp_path / "notes.txt").write_text("nothing to do with it")
    assert digest_of(tmp_path) == first
    (tmp_path / "a.py").write_text("2")
    second = digest_of(tmp_path)
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert len({first, second, digest_of(tmp_path)}) == 3


def test_outputs_of_another_library_are_forgotten_and_those_of_this_one_kept(tmp_path):
    cache, env = tmp_path / "cache", SimpleNamespace(found_docs={"b", "a"})
    app = SimpleNamespace(doctreedir=tmp_path, outdir=tmp_path / "html")
    config = SimpleNamespace(nb_execution_cache_path=str(cache))
    cache.mkdir()
    forget_outputs(app, config)
    assert not cache.exists() and outdate_pages(app, env, set(), set(), set()) == ["a", "b"]
    remember(app, None)
    cache.mkdir()
    forget_outputs(app, config)
    assert cache.exists() and outdate_pages(app, env, set(), set(), set()) == []


def test_a_build_that_failed_is_not_remembered(tmp_path):
    app = SimpleNamespace(doctreedir=tmp_path, outdir=tmp_path / "html")
    forget_outputs(app, SimpleNamespace(nb_execution_cache_path=None))
    remember(app, ValueError("a cell failed"))
    assert not (tmp_path / "library.txt").exists()
