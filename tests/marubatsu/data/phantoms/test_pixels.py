"""What the phantoms show, block by block: whoever moves an organ by a pixel or changes its HU is told here.

The means of 64 or 16 blocks of each picture stand in pixels.toml. They are compared within 0.03 HU, not bit
for bit: processors with and without AVX-512 round exponentials and cosines differently, which moved single pixels of
chests by up to 0.04 HU (measured with NPY_DISABLE_CPU_FEATURES), and means of blocks by far less. A change that is
meant is taken over by running this file as a program and keeping what it prints as pixels.toml; look at the new
pictures first.
"""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from marubatsu.data import phantoms

KEPT = Path(__file__).with_name("pixels.toml")
RNG = np.random.default_rng
PICTURES = {  # name: how to draw it, blocks along each side, how far it may be off
    "chest": (lambda: [phantoms.chest(rng=RNG(seed), size=128, nodules=4).image for seed in (1, 11, 22)], 8, 0.03),
    "chest_volume": (
        lambda: phantoms.chest_volume(rng=RNG(5), slices=3, size=64, step=10, nodules=3, bulge=True).images,
        8,
        0.03,
    ),
    "aortas": (lambda: phantoms.aortas(4, rng=RNG(2)).images, 4, 0.03),
    "thigh": (lambda: [phantoms.thigh(rng=RNG(seed), oedema=0.5 * seed).image for seed in range(3)], 8, 0.03),
    "fat_thigh": (lambda: [phantoms.thigh(rng=RNG(7), fat_mm=35, infiltration=0.55).image], 8, 0.03),
    "blood_flow": (lambda: phantoms.blood_flow(8, rng=RNG(1)).images, 8, 0.00003),
    "nodules": (lambda: phantoms.nodules(24, rng=RNG(1)).images, 4, 0.03),
    "plaques": (lambda: phantoms.plaques(6, rng=RNG(1)).images, 4, 0.03),
    "diffuse": (lambda: phantoms.diffuse(8, rng=RNG(1)).images, 4, 0.03),
    "diameters": (lambda: [phantoms.diameters(8, rng=RNG(1), slices=8)], 8, 0.0005),
    "measured_diameters": (
        lambda: [phantoms.measured_diameters(np.full((8, 8), 26.0), rng=RNG(3))],
        8,
        0.0005,
    ),
}


def blocks(picture, count):
    """The means of count × count blocks of a picture (…, H, W): (count, count)."""
    picture = np.asarray(picture, float).reshape(np.shape(picture)[-2:])
    rows, columns = (side // count for side in picture.shape)
    return picture.reshape(count, rows, count, columns).mean(axis=(1, 3))


def measured(name):
    draw, count, _ = PICTURES[name]
    return [blocks(picture, count) for picture in draw()]


@pytest.mark.parametrize("name", PICTURES)
def test_each_phantom_shows_what_it_showed(name):
    kept = tomllib.loads(KEPT.read_text(encoding="utf-8"))
    np.testing.assert_allclose(measured(name), kept[name], rtol=0, atol=PICTURES[name][2])


def test_every_picture_that_is_kept_is_drawn():
    assert set(tomllib.loads(KEPT.read_text(encoding="utf-8"))) == set(PICTURES)


if __name__ == "__main__":
    print("# The means of blocks of pictures, in the unit of each phantom; written by test_pixels.py.")
    for name, (_, _, within) in PICTURES.items():
        digits = int(np.ceil(-np.log10(within))) + 1
        print(f"\n{name} = [")
        for found in measured(name):
            print("  [")
            for row in found:
                print("    [" + ", ".join(f"{value:.{digits}f}" for value in row) + "],")
            print("  ],")
        print("]")
