"""What a widget brings along in a notebook: its own modules and styles, not those of others."""

import re

import pytest
from made_widgets import MADE

from marubatsu.widgets import KernelTuner, NetworkExplorer, PixelReader
from marubatsu.widgets.kit.modules import FOLDER, compose, modules_of, source

OPENING = {KernelTuner, PixelReader}  # who can open a reader's own picture
each_widget = pytest.mark.parametrize("widget", MADE, ids=lambda widget: widget.__name__)


@each_widget
def test_only_who_opens_files_brings_what_reads_them(widget):
    brought = {file for file in modules_of(f"{widget.module}/{widget.module}.js") if file.startswith("files/")}
    assert brought == ({f"files/{word}.js" for word in ("dicom", "opening", "reading")} if widget in OPENING else set())
    assert ("files/dicom.js" in widget._esm) == (widget in OPENING)


@each_widget
def test_a_notebook_keeps_no_more_than_it_must(widget):
    script, style = (len(text.encode()) for text in (widget._esm, widget._css))
    assert script < (92_000 if widget in OPENING else 80_000 if widget is NetworkExplorer else 55_000)
    assert style < 27_000


@each_widget
def test_a_style_sheet_holds_the_kits_rules_and_its_own(widget):
    word = widget.module
    own = (FOLDER / word / f"{word}.css").read_text(encoding="utf-8")
    assert widget._css == source("kit/kit.css") + own
    others = {path.stem for path in FOLDER.glob("*/*.css")} - {word, "kit"}
    assert not re.search("|".join(rf'data-module="{other}"' for other in others), widget._css)


def test_comments_stay_in_the_files():
    script = compose("kernel_tuner/kernel_tuner.js")
    assert "// " in source("kit/view.js") and "/** " in source("kit/view.js")
    assert "An element: make(" in source("kit/view.js") and "An element: make(" not in script
    assert script.count("\\n") > 1000


def test_no_two_modules_have_one_name():
    names = [path.name for path in FOLDER.glob("*/*.js")]
    assert len(names) == len(set(names))


def test_a_room_of_javascript_has_at_most_300_lines_of_120_letters():
    texts = {path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8") for path in FOLDER.glob("*/*.js")}
    assert [name for name, text in texts.items() if text.count("\n") > 300] == []
    long = [name for name, text in texts.items() if max(map(len, text.split("\n"))) > 120]
    assert long == []
