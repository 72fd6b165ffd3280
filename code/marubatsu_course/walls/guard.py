"""What Python itself refuses a submission: files outside its folder, the network, other programs and processes."""

import os
import sys
import sysconfig
import tempfile

import marubatsu
import marubatsu_course

LIBRARIES = tuple(os.path.dirname(os.path.abspath(package.__file__)) for package in (marubatsu, marubatsu_course))
KINDS = {  # what may be attempted, the worst first, and how it is told
    "write": "write {}",
    "change": "delete, move or change {}",
    "program": "start the program {}",
    "network": "reach the network at {}",
    "process": "end or copy a process ({})",
    "python": "look inside Python ({})",
    "read": "read {}",
    "look": "list the folder {}",
}
REFUSED = {
    "change": ("os.chmod", "os.chown", "os.link", "os.symlink", "os.truncate"),
    "program": ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn"),
    "network": ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"),
    "process": ("os.fork", "os.forkpty", "os.kill", "os.killpg", "signal.pthread_kill"),
    "python": (
        "ctypes.dlopen", "ctypes.dlsym", "ctypes.cdata", "ctypes.string_at", "ctypes.call_function",
        "gc.get_objects", "gc.get_referrers", "gc.get_referents", "sys.addaudithook", "sys.settrace", "sys.setprofile",
    ),
}  # fmt: skip
LOOKING = ("os.listdir", "os.scandir", "os.chdir")
MOVING = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "shutil.rmtree", *LOOKING)


def in_words(attempts: list[tuple[str, str]]) -> str:
    """Return attempts, each with its kind and target, as words: the first of each kind, the worst kind first."""
    first: dict[str, str] = {}
    for kind, target in attempts:
        first.setdefault(kind, target)
    told = [words.format(first[kind]) for kind, words in KINDS.items() if kind in first]
    more = len(attempts) - len(first)
    return ", ".join([*told, f"and {more} more"] if more else told)


def short(target: str) -> str:
    """Return what an attempt was aimed at in 80 letters at most: the begin and the end, where a path has its name."""
    return target if len(target) <= 80 else f"{target[:40]}…{target[-39:]}"


def _target(event, kind, given):
    """Return what an attempt was aimed at: a command, an address, a path; else the name of the event."""
    if kind in ("process", "python"):
        return event
    parts = [part if isinstance(part, list | tuple) else (part,) for part in given[:2]]
    words = [" ".join(_plain(each) for each in part[:9] if type(each) in (str, bytes, int)) for part in parts]
    return max([*words, ""], key=len) or event


def _plain(word):
    return os.fsdecode(word) if type(word) is bytes else str(word)


def _place(path):
    return os.path.normcase(os.path.realpath(os.fsdecode(path)))


def _by_library():
    """Return a function that says whether an installed library, and not the submission's own line, is at work."""
    paths, getframe = sysconfig.get_paths(), sys._getframe
    installed = tuple(f"{path}{os.sep}" for path in (paths["purelib"], paths["platlib"], *LIBRARIES))
    standard = (__file__, "<frozen", *(f"{paths[name]}{os.sep}" for name in ("stdlib", "platstdlib")))

    def by_library():
        frame = getframe(1)
        while frame is not None:
            file = frame.f_code.co_filename
            if file != __file__ and file.startswith(installed):
                return True
            if not file.startswith(standard):
                return False
            frame = frame.f_back
        return False

    return by_library


def guard(told, forbidden: str) -> None:  # noqa: C901 -- what the hook uses lies in here, out of a submission's reach
    """Refuse what a submission has no business with, from here on.

    Parameters
    ----------
    told : function
        Called with the kind (of `KINDS`) and target of each attempt. What an installed library looks for by itself is
        refused without a word, unless it would write or read the solutions.
    forbidden : str
        The folder with the solutions.
    """
    work, by_library = _place(tempfile.gettempdir()), _by_library()
    installed = {_place(path) for path in (*sysconfig.get_paths().values(), sys.prefix, sys.base_prefix)}
    libraries = map(_place, LIBRARIES)
    readable = tuple(f"{path}{os.sep}" for path in {*installed, *libraries, "/usr/share", "/etc/fonts", "/usr/lib"})
    special = (
        "/dev/null",
        "/dev/urandom",
        "/proc/self/",
        "/proc/meminfo",
        "/proc/cpuinfo",
        "/sys/",
        _place(os.devnull),
    )
    writable, kept = f"{work}{os.sep}", f"{_place(forbidden)}{os.sep}"
    place_of, moving, wanted = _place, frozenset(MOVING), os.O_WRONLY | os.O_RDWR
    refused = {event: kind for kind, events in REFUSED.items() for event in events}

    def secret(path):
        return isinstance(path, str | bytes | os.PathLike) and f"{place_of(path)}{os.sep}".startswith(kept)

    def inside(path, writes):
        if not isinstance(path, str | bytes | os.PathLike):
            return True  # a number of an open file
        place = place_of(path)
        if f"{place}{os.sep}".startswith(writable):
            return True
        return not writes and not secret(path) and place.startswith((*readable, *special))

    def refuse(kind, target, words, always):
        if always or not by_library():
            told(kind, short(target))
        raise PermissionError(f"A submission may not {words}.")

    def hook(event, given):
        if event == "open":
            path, mode, flags = given
            writes = bool(flags & wanted) or (isinstance(mode, str) and any(sign in mode for sign in "wax+"))
            if not inside(path, writes):
                target = os.fsdecode(path)
                refuse("write" if writes else "read", target, f"open {short(target)}", writes or secret(path))
        elif event in moving and given:
            writes = event not in LOOKING
            for path in given[: 2 if event == "os.rename" else 1]:
                path = "." if path is None else path
                if not inside(path, writes):
                    kind = "change" if writes else "look"
                    refuse(kind, os.fsdecode(path), f"do this: {event}", writes or secret(path))
        elif event in refused:
            refuse(refused[event], _target(event, refused[event], given), f"do this: {event}", False)

    sys.addaudithook(hook)
