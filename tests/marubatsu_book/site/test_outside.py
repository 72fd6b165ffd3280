"""What a search engine, a message and a phone show of a page."""

import numpy as np
import pytest
from PIL import Image

from marubatsu_book.site.outside import LENGTH, description, metatags, touch_icon


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>A</h1><p>Your <em>CT</em>\nconsole &amp; more.</p><p>Second.</p>", "Your CT console & more."),
        ("<p>Size <math><mi>k</mi><annotation>k_0</annotation></math>.</p>", "Size k."),
        ("<h1>No words</h1>", ""),
    ],
)
def test_a_page_is_described_by_its_first_paragraph_in_plain_words(body, expected):
    assert description(body) == expected


def test_a_long_description_ends_with_a_whole_word():
    words = description(f"<p>{'radiology, ' * 40}</p>")
    assert len(words) <= LENGTH + 2
    assert words.endswith("radiology …")


def test_words_cannot_leave_their_element():
    tags = metatags('A "kernel"', 'is <b> & "c"', "_static")
    assert 'content="A &quot;kernel&quot;"' in tags
    assert tags.count('content="is &lt;b&gt; &amp; &quot;c&quot;"') == 2
    assert 'href="_static/touch-icon.png"' in tags


def test_the_touch_icon_is_the_sign_of_the_book(tmp_path):
    touch_icon(tmp_path / "icon.png")
    picture = np.array(Image.open(tmp_path / "icon.png").convert("RGB")).astype(int)
    assert picture.shape == (180, 180, 3)
    assert picture[90, 90].tolist() == [0xC0, 0x56, 0x21], "the middle of the cross"
    assert picture[90, 41].tolist() == [0x2B, 0x6C, 0xB0], "the left edge of the circle"
    assert picture[0, 0].tolist() == [0xFB, 0xFA, 0xF7]
    assert np.abs(picture - picture[::-1]).mean() < 2, "the sign is the same upside down"
