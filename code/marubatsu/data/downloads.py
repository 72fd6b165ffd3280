"""One file from an address, when a reader asks for it: whole and checked, or not there at all.

No page of the book and no build needs it.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

__all__ = ["fetch"]

PATIENCE = 30  # seconds without a byte after which a server counts as silent
ATTEMPTS = 5  # how often, at most, the rest is asked for when a transfer breaks off
PORTION = 1 << 18  # bytes read at once, at most
ONLY_THE_REST = 206  # HTTP's word for an answer that goes on where the last one stopped


def fetch(address: str, path: str | Path, *, md5: str, progress: bool = False, title: str = "") -> None:
    """Bring one file to this computer.

    It is written beside its place first, compared with its checksum, and then put there in one step. So the file is
    there and right, or it is not there; nothing half-done stays, not even after an interruption from the keyboard.

    Parameters
    ----------
    address : str
        Where it is: ``https://…``. The settings of the computer for a proxy are respected.
    path : str or pathlib.Path
        Where it goes. The folder is made if need be.
    md5 : str
        The checksum that the publisher gives, 32 hexadecimal digits.
    progress : bool
        Whether a bar is shown (needs tqdm).
    title : str
        What stands before the bar; if empty, the name of the file.

    Raises
    ------
    ConnectionError
        If the server cannot be reached, refuses, or stops before the end.
    ValueError
        If what came is not the published file, by its checksum.
    OSError
        If the file cannot be written here.
    ImportError
        If a bar is asked for and tqdm is not installed.
    """
    path = Path(path).absolute()
    bar = _bar(title or path.name) if progress else None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".download-", dir=path.parent) as aside:
            part = Path(aside) / path.name
            with part.open("wb") as file:
                for place, portion, total in _received(address, path):
                    file.seek(place)
                    file.write(portion)
                    if bar is not None:
                        if bar.total != total:
                            bar.reset(total)
                        bar.update(file.tell() - bar.n)
            _check(part, md5, address, path)
            os.replace(part, path)
    except ConnectionError:
        raise
    except OSError as error:
        raise OSError(
            f"downloads: {path.name} cannot be written into the folder {path.parent} ({error.strerror or error}). "
            "Is there room on the disk, and may you write there? Name another folder."
        ) from error
    finally:
        if bar is not None:
            bar.close()


def checksum(path: str | Path) -> str:
    """Return the MD5 checksum of a file, as 32 hexadecimal digits."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def by_hand(address: str, path: str | Path) -> str:
    """Say how the file comes to a computer that this library cannot fetch it to, as in a hospital's own network."""
    return (
        f"By hand: open {address} in a browser, on another computer if need be, and put the file here as "
        f"{Path(path).absolute()}."
    )


def _received(address: str, path: Path) -> Iterator[tuple[int, bytes, int | None]]:
    """Yield what the server sends: the place in the file, the bytes, and how many there are in all, if it says so."""
    done, total = 0, None
    for _ in range(ATTEMPTS):
        before, why = done, None
        asked = {"User-Agent": "marubatsu"} | ({"Range": f"bytes={done}-"} if done else {})
        try:
            with urlopen(Request(address, headers=asked), timeout=PATIENCE) as answer:
                done = done if answer.status == ONLY_THE_REST else 0
                length = answer.headers.get("Content-Length", "")
                total = done + int(length) if length.isdigit() else None
                while portion := answer.read1(PORTION):
                    yield done, portion, total
                    done += len(portion)
        except HTTPError as error:
            raise ConnectionError(
                f"downloads: {_host(address)} answered {error.code} ({error.reason}) when asked for {path.name}. "
                f"Try again later. {by_hand(address, path)}"
            ) from error
        except (HTTPException, OSError) as error:
            why = error
        if why is None and total in (None, done):
            return
        if done <= before:
            break
    if done:
        raise ConnectionError(
            f"downloads: the transfer of {path.name} from {_host(address)} broke off after {done:,} bytes"
            f"{f' of {total:,}' if total else ''}. Nothing of it is kept. Try again. {by_hand(address, path)}"
        ) from why
    reason = getattr(why, "reason", why or "no byte came")
    raise ConnectionError(
        f"downloads: {_host(address)} cannot be reached from this computer ({reason}). Is it connected, and does its "
        f"network allow this address? {by_hand(address, path)}"
    ) from why


def _check(part: Path, md5: str, address: str, path: Path) -> None:
    found = checksum(part)
    if found != md5:
        raise ValueError(
            f"downloads: what {_host(address)} sent is not the published file {path.name}: its MD5 checksum is {found} "
            f"and should be {md5}. It was removed. Something on the way may have answered in place of the server. "
            f"Try again. {by_hand(address, path)}"
        )


def _host(address: str) -> str | None:
    return urlsplit(address).hostname


def _bar(title: str) -> Any:
    try:
        from tqdm.auto import tqdm
    except ImportError:
        raise ImportError('downloads: progress=True needs the package tqdm. Install it: pip install "tqdm".') from None
    return tqdm(desc=title, unit="B", unit_scale=True, unit_divisor=1000)
