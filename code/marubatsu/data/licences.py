"""Every real image of the book, where it comes from and who allows its use: the one list behind all credits.

The images are files of installed packages, so nothing is downloaded. What is written here was read in the
packages' own notes: the docstrings of `skimage.data` and `pydicom/data/test_files/README.txt`.
"""

from dataclasses import dataclass

_PYDICOM = "https://github.com/pydicom/pydicom/blob/main/src/pydicom/data/test_files/README.txt"
_SKIMAGE = "https://scikit-image.org/docs/stable/api/skimage.data.html#skimage.data."
_MIT = "MIT, as part of pydicom"


@dataclass(frozen=True)
class Record:
    """What is known about one image apart from its pixels."""

    name: str
    """The word by which the library calls it."""
    title: str
    """What is to be seen."""
    package: str
    """The installed package whose file it is, by its import name."""
    path: str
    """The file inside that package."""
    unit: str
    """What a pixel's number means: "grey value", "red, green, blue", "HU", "signal" or "1 inside, 0 outside"."""
    spacing: tuple[float, float] | None
    """Millimetres from row to row and from column to column; None if the file does not say."""
    window: tuple[float, float] | None
    """Window level and width, in the unit of the pixels, in which the image is first shown."""
    source: str
    """Address at which the package says where the image comes from."""
    licence: str
    """The terms of use, in the words of the package."""
    credit: str
    """Who made or gave the image."""
    note: str
    """What a careful reader should know about it."""


RECORDS = (
    Record(
        name="cat",
        title="Chelsea, a cat",
        package="skimage",
        path="data/chelsea.png",
        unit="red, green, blue",
        spacing=None,
        window=None,
        source=_SKIMAGE + "chelsea",
        licence="CC0 1.0",
        credit="Stéfan van der Walt",
        note="A colour photograph of 300 rows and 451 columns.",
    ),
    Record(
        name="coins",
        title="Greek coins from Pompeii",
        package="skimage",
        path="data/coins.png",
        unit="grey value",
        spacing=None,
        window=None,
        source=_SKIMAGE + "coins",
        licence="No known copyright restrictions",
        credit="Brooklyn Museum Collection",
        note="A grey photograph: many rings on one picture.",
    ),
    Record(
        name="retina",
        title="Fundus photograph of a normal left eye",
        package="skimage",
        path="data/retina.jpg",
        unit="red, green, blue",
        spacing=None,
        window=None,
        source=_SKIMAGE + "retina",
        licence="CC0 1.0",
        credit="Mikael Häggström, Medical gallery 2014, doi:10.15347/wjm/2014.008",
        note="A colour photograph of 1411 rows and 1411 columns, stored as JPEG with loss.",
    ),
    Record(
        name="microaneurysms",
        title="Microaneurysms, detail of a fundus photograph",
        package="skimage",
        path="data/microaneurysms.png",
        unit="grey value",
        spacing=None,
        window=None,
        source=_SKIMAGE + "microaneurysms",
        licence="CC0 1.0",
        credit="High-Resolution Fundus Image Database (Budai et al. 2013, doi:10.1155/2013/154860)",
        note="The green channel only, cut out of image 07_dr of the database.",
    ),
    Record(
        name="tissue",
        title="Colonic glands, immunohistochemistry with haematoxylin",
        package="skimage",
        path="data/ihc.png",
        unit="red, green, blue",
        spacing=None,
        window=None,
        source=_SKIMAGE + "immunohistochemistry",
        licence="No known copyright restrictions",
        credit="Center for Microscopy and Molecular Imaging (CMMI)",
        note="FHL2 protein stained brown with DAB, nuclei blue.",
    ),
    Record(
        name="head",
        title="CT of the head at the level of the skull base",
        package="pydicom",
        path="data/test_files/J2K_pixelrep_mismatch.dcm",
        unit="HU",
        spacing=(0.431, 0.431),
        window=(40.0, 100.0),
        source=_PYDICOM,
        licence=_MIT,
        credit="pydicom contributors (given with pydicom issue 1149)",
        note="Slice of 5 mm. Outside the round field of view the scanner wrote −2000, not a measured value.",
    ),
    Record(
        name="spine",
        title="CT of a vertebra, cut out of a contrast-enhanced scan",
        package="pydicom",
        path="data/test_files/CT_small.dcm",
        unit="HU",
        spacing=(0.661468, 0.661468),
        window=(40.0, 400.0),
        source=_PYDICOM,
        licence=_MIT,
        credit="NEMA, DICOM Working Group 4 sample images (CT1), made small by pydicom contributors",
        note="Slice of 5 mm, 128 rows and 128 columns; the window is the book's choice, the file names none.",
    ),
    Record(
        name="liver",
        title="Contrast-enhanced T1-weighted MR of the upper abdomen",
        package="pydicom",
        path="data/test_files/examples_overlay.dcm",
        unit="signal",
        spacing=(0.72314049586777, 0.72314049586777),
        window=(450.0, 790.0),
        source=_PYDICOM,
        licence="BSD-3-Clause, as part of GDCM",
        credit="GDCM, Mathieu Malaterre and CREATIS (MR-SIEMENS-DICOM-WithOverlays), cropped for pydicom",
        note="Resampled by the scanner; MR signal has no unit, so its numbers mean nothing elsewhere.",
    ),
    Record(
        name="liver-mask",
        title="The outline of a liver on one CT slice, as a mask",
        package="pydicom",
        path="data/test_files/liver_1frame.dcm",
        unit="1 inside, 0 outside",
        spacing=(0.810547, 0.810547),
        window=(0.5, 1.0),
        source=_PYDICOM,
        licence=_MIT,
        credit="Andrey Fedorov (dcmqi); outline by the University of Iowa (QIN), half by hand in 3D Slicer",
        note="A DICOM segmentation of 512 rows and 512 columns, one bit a pixel. The CT is not part of the package.",
    ),
)
