"""Pictures of a page say their size."""

from PIL import Image

from marubatsu_book.site.sizes import size_of, with_sizes


def test_a_picture_without_a_size_gets_that_of_its_file(tmp_path):
    Image.new("L", (30, 20)).save(tmp_path / "a.png")
    assert size_of(tmp_path / "a.png") == (30, 20)
    assert with_sizes('<img alt="A" src="a.png" />', tmp_path) == '<img width="30" height="20" alt="A" src="a.png" />'


def test_other_pictures_stay_as_they_are(tmp_path):
    for tag in (
        '<img alt="A" src="gone.png"/>',
        '<img width="9" src="a.png"/>',
        '<img src="data:image/png;base64,x"/>',
    ):
        assert with_sizes(tag, tmp_path) == tag
