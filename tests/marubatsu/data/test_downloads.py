"""What is fetched: whole and checked, or not there at all; every way it can fail, against a server on this computer."""

import errno
import hashlib
import os
import re
import socket
import sys
import threading

import numpy as np
import pytest
from file_server import serving

from marubatsu.data import downloads

CONTENT = np.random.default_rng(1).bytes(100_000)
MD5 = hashlib.md5(CONTENT).hexdigest()


@pytest.fixture
def served(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving(CONTENT) as found:
        yield found


def fetch(served, folder, **options):
    downloads.fetch(f"{served.home}/a.npz?download=1", folder / "a.npz", **({"md5": MD5} | options))


def test_the_file_comes_as_it_is_and_alone_into_a_folder_that_is_made(served, tmp_path):
    folder = tmp_path / "new" / "folder"
    fetch(served, folder)
    assert (folder / "a.npz").read_bytes() == CONTENT and os.listdir(folder) == ["a.npz"]
    assert served.ranges == [None], "asked once, for all of it"


def test_it_is_not_at_its_place_before_it_is_whole(served, tmp_path):
    seen = []
    served.on_the_way = lambda: seen.append((tmp_path / "a.npz").exists())
    fetch(served, tmp_path)
    assert seen == [False] and (tmp_path / "a.npz").exists()


def test_others_may_read_it_as_any_file_of_that_folder(served, tmp_path):
    fetch(served, tmp_path)
    (tmp_path / "other").touch()
    assert (tmp_path / "a.npz").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.parametrize("tells_length", [True, False])
def test_a_transfer_that_breaks_off_goes_on_where_it_stopped(served, tmp_path, tells_length):
    served.cuts = [30_000, 50_000]
    served.tells_length = tells_length
    if tells_length:
        fetch(served, tmp_path)
        assert served.ranges == [None, "bytes=30000-", "bytes=80000-"]
        assert (tmp_path / "a.npz").read_bytes() == CONTENT
    else:  # nobody can know that it was not the end, but the checksum
        with pytest.raises(ValueError, match=r"is not the published file a\.npz"):
            fetch(served, tmp_path)
        assert os.listdir(tmp_path) == []


def test_a_server_that_cannot_go_on_is_asked_for_all_again(served, tmp_path):
    served.cuts, served.goes_on = [30_000], False
    fetch(served, tmp_path)
    assert served.ranges == [None, "bytes=30000-"]
    assert (tmp_path / "a.npz").read_bytes() == CONTENT


@pytest.mark.parametrize(("cuts", "goes_on", "bytes_", "questions"), [
    ([1000] * 9, True, "5,000", 5), ([30_000] * 9, False, "30,000", 2), ([1000, 0], True, "1,000", 2),
])  # fmt: skip
def test_what_never_comes_to_an_end_is_given_up_and_nothing_is_kept(served, tmp_path, cuts, goes_on, bytes_, questions):
    served.cuts, served.goes_on = cuts, goes_on
    with pytest.raises(ConnectionError, match=f"a.npz from 127.0.0.1 broke off after {bytes_} bytes of 100,000. Noth"):
        fetch(served, tmp_path)
    assert os.listdir(tmp_path) == [] and len(served.ranges) == questions


def test_a_wrong_checksum_leaves_nothing_and_an_older_file_as_it_was(served, tmp_path):
    served.content = CONTENT[:-1] + b"?"
    wrong = hashlib.md5(served.content).hexdigest()
    sentence = f"what 127.0.0.1 sent is not the published file a.npz: its MD5 checksum is {wrong} and should be {MD5}"
    with pytest.raises(ValueError, match=sentence):
        fetch(served, tmp_path)
    assert os.listdir(tmp_path) == []
    (tmp_path / "a.npz").write_bytes(b"older")
    with pytest.raises(ValueError, match="It was removed"):
        fetch(served, tmp_path)
    assert (tmp_path / "a.npz").read_bytes() == b"older" and os.listdir(tmp_path) == ["a.npz"]


@pytest.mark.parametrize(("status", "reason"), [(404, "Not Found"), (403, "Forbidden"), (503, "Service Unavailable")])
def test_a_refusal_is_said_with_the_way_by_hand(served, tmp_path, status, reason):
    served.status = status
    by_hand = re.escape(f"By hand: open {served.home}/a.npz?download=1 in a browser")
    with pytest.raises(ConnectionError, match=rf"127.0.0.1 answered {status} \({reason}\) when asked for a.*{by_hand}"):
        fetch(served, tmp_path)
    assert os.listdir(tmp_path) == [] and len(served.ranges) == 1


def test_without_a_network_it_says_so_and_where_to_put_the_file(served, tmp_path):
    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        served.home = f"http://127.0.0.1:{taken.getsockname()[1]}"
        sentence = f"127.0.0.1 cannot be reached from this computer.*put the file here as {tmp_path / 'a.npz'}"
        with pytest.raises(ConnectionError, match=sentence):
            fetch(served, tmp_path)
    assert os.listdir(tmp_path) == []


def test_a_server_that_sends_nothing_counts_as_unreached(served, tmp_path):
    served.cuts = [0]
    with pytest.raises(ConnectionError, match=r"cannot be reached from this computer \(no byte came\)"):
        fetch(served, tmp_path)


def test_a_silent_server_is_not_waited_for_for_ever(served, tmp_path, monkeypatch):
    released = threading.Event()
    served.on_the_way = lambda: released.wait(60)
    monkeypatch.setattr(downloads, "PATIENCE", 3)  # a busy machine connects late
    try:
        with pytest.raises(ConnectionError, match=r"the transfer of a\.npz .* broke off after 9.,... bytes"):
            fetch(served, tmp_path)
    finally:
        released.set()
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("where", ["on the way", "at the end"])
def test_an_interruption_leaves_nothing(served, tmp_path, monkeypatch, where):
    def stopped(*_):
        raise KeyboardInterrupt

    if where == "at the end":
        monkeypatch.setattr(downloads, "checksum", stopped)
    else:
        monkeypatch.setattr(downloads, "_received", lambda *_: (each or stopped() for each in [(0, b"some", 9), None]))
    with pytest.raises(KeyboardInterrupt):
        fetch(served, tmp_path)
    assert os.listdir(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_named(served, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    with pytest.raises(
        OSError, match=f"a.npz cannot be written into the folder {tmp_path / 'file'} .*Name another fol"
    ):
        fetch(served, tmp_path / "file")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(downloads.os, "replace", full)
    with pytest.raises(OSError, match=r"\(No space left on device\). Is there room on the disk"):
        fetch(served, tmp_path / "other")
    assert os.listdir(tmp_path / "other") == []


def test_a_bar_comes_when_asked_for_and_counts_each_byte_once(served, tmp_path, monkeypatch, capsys):
    fetch(served, tmp_path)
    assert capsys.readouterr() == ("", "")
    bars, bar = [], downloads._bar
    monkeypatch.setattr(downloads, "_bar", lambda title: bars.append(bar(title)) or bars[-1])
    for cuts, goes_on in [([], True), ([30_000], True), ([30_000], False)]:
        served.cuts, served.goes_on, served.ranges = cuts, goes_on, []
        fetch(served, tmp_path, progress=True, title="Films (CC BY 4.0)")
        assert (bars[-1].n, bars[-1].total) == (len(CONTENT), len(CONTENT))
    said = capsys.readouterr()
    assert said.out == "" and re.search(r"Films \(CC BY 4.0\): 100%.*100k/100k", said.err)


def test_without_tqdm_no_bar_is_promised_and_nothing_is_asked(served, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.raises(ImportError, match=r"downloads: progress=True needs the package tqdm\. Install it"):
        fetch(served, tmp_path, progress=True)
    assert served.ranges == []


def test_the_checksum_is_that_of_the_whole_file(tmp_path):
    (tmp_path / "a").write_bytes(CONTENT)
    assert downloads.checksum(tmp_path / "a") == MD5
