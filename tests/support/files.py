"""Files that a reader might open by mistake or on purpose, each with a word of the sentence that must come."""

import struct
import zlib

from pydicom.data import get_testdata_file


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def hostile(folder):
    """Write the files; return their paths by the sentence that each should get."""
    huge = struct.pack(">2I5B", 10000, 10000, 8, 0, 0, 0, 0)  # 100 megapixels, black, small as a file
    lines = zlib.compress(bytes(10001) * 10000, 9)
    with open(get_testdata_file("CT_small.dcm", download=False), "rb") as file:
        ct = file.read()
    with open(get_testdata_file("JPEG2000.dcm", download=False), "rb") as file:
        compressed = file.read()
    signature = b"\x89PNG\r\n\x1a\n"
    contents = {
        "text.png": (b"this is no picture, whatever its name says\n" * 20, "not a PNG, JPEG or DICOM file"),
        "empty.png": (b"", "This file is empty"),
        "huge.png": (signature + chunk(b"IHDR", huge) + chunk(b"IDAT", lines) + chunk(b"IEND", b""), "100 million"),
        "broken.png": (signature + chunk(b"IHDR", struct.pack(">2I5B", 9, 9, 8, 0, 0, 0, 0)) + b"\0" * 99, "damaged"),
        "truncated.dcm": (ct[: len(ct) // 2], "ends too early or is damaged"),
        "compressed.dcm": (compressed, "is compressed"),
        "page.jpg": (b"<!doctype html><script>alert(1)</script>", "not a PNG, JPEG or DICOM file"),
    }
    paths = {}
    for name, (content, sentence) in contents.items():
        (folder / name).write_bytes(content)
        paths[sentence + f" ({name})"] = (folder / name, sentence)
    return paths.values()
