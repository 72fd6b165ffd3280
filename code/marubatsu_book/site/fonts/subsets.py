"""How the small font files beside this room were made: ``python subsets.py FOLDER``, with fonttools and brotli.

FOLDER is a ``node_modules`` that holds ``@fontsource-variable/source-serif-4`` and ``…/source-sans-3`` (5.3.1) and
``@fontsource/noto-sans-math`` (5.3.0). Nobody who reads or builds the book needs them: the results are in the
repository, under the SIL Open Font License, whose text stands beside each.
"""

import shutil
import sys
from pathlib import Path

# ASCII, the accents of western Europe, dashes, quotes, what stands beside numbers; no page waits for more.
LATIN = [*range(0x20, 0x7F), *map(ord, "\u00a0§©«°±²³·¹»½¿×÷µ–—‘’“”…−•ÄÖÜäöüßÅåÆæØøÉÈÀÇÑÓéèêëàáâãçñíìîïóòôõúùûýœ")]
SYMBOLS = [*map(ord, "○╲╱│─∩∪⌊⌋←↑→↓↔↺≤≥≈≠ΣΔαβγδεθλμπσ√∞⋯✓✗⊛▶▾‹›")]
FEATURES = ("kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "frac", "numr", "dnom")
HERE = Path(__file__).parent
# The file to write: the file to take it from, its letters, the range of weights that the book uses.
SUBSETS = {
    "source-sans-3": ("@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal", LATIN, (400, 700)),
    "symbols": ("@fontsource/noto-sans-math/files/noto-sans-math-latin-400-normal", SYMBOLS, None),
    "source-serif-4": (
        "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal",
        LATIN,
        (400, 600),
    ),
    "source-serif-4-italic": (
        "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic",
        LATIN,
        (400, 400),
    ),
}


def subset(source: Path, target: Path, letters: list[int], weights: tuple[int, int] | None) -> None:
    """Write a font with these letters and weights only, as WOFF2."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(source, recalcTimestamp=False)
    choices = Options(hinting=False, layout_features=list(FEATURES), notdef_outline=True, name_IDs=[0, 1, 2, 13, 14])
    choices.drop_tables += ["MATH", "STAT"]
    worker = Subsetter(choices)
    worker.populate(unicodes=letters)
    worker.subset(font)
    if weights:
        low, high = weights
        font = instantiateVariableFont(font, {"wght": low if low == high else weights})
    font.flavor = "woff2"
    font.save(target)


def main(modules: Path) -> None:
    """Write all subsets, and the licence of each family."""
    for name, (source, letters, weights) in SUBSETS.items():
        subset(modules / f"{source}.woff2", HERE / f"{name}.woff2", letters, weights)
        shutil.copy((modules / source).parents[1] / "LICENSE", HERE / f"{name.removesuffix('-italic')}-OFL.txt")
        print(f"{name}.woff2: {(HERE / name).with_suffix('.woff2').stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
