"""What Python itself refuses a submission: files outside its folder, the network, other programs and processes."""

import os
import sys
import sysconfig
import tempfile

REFUSED = (
    "socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname",
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "os.fork", "os.forkpty",
    "os.kill", "os.killpg", "signal.pthread_kill", "pty.spawn",
    "ctypes.dlopen", "ctypes.dlsym", "ctypes.cdata", "ctypes.string_at", "ctypes.call_function",
    "gc.get_objects", "gc.get_referrers", "gc.get_referents", "sys.addaudithook", "sys.settrace", "sys.setprofile",
    "os.chmod", "os.chown", "os.link", "os.symlink", "os.truncate",
)  # fmt: skip
LOOKING = ("os.listdir", "os.scandir", "os.chdir")
MOVING = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "shutil.rmtree", *LOOKING)


def _place(path):
    return os.path.normcase(os.path.realpath(os.fsdecode(path)))


def _by_library():
    """Return a function that says whether an installed library, and not the submission's own line, is at work."""
    library = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    paths, getframe = sysconfig.get_paths(), sys._getframe
    installed = tuple(f"{path}{os.sep}" for path in (paths["purelib"], paths["platlib"], library))
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


def guard(told, forbidden: str) -> None:
    """Refuse what a submission has no business with, from here on.

    Parameters
    ----------
    told : function
        Called with the first words of each attempt. What an installed library looks for by itself is refused without
        a word, unless it would write or read the solutions.
    forbidden : str
        The folder with the solutions.
    """
    work, by_library = _place(tempfile.gettempdir()), _by_library()
    installed = {_place(path) for path in (*sysconfig.get_paths().values(), sys.prefix, sys.base_prefix)}
    library = _place(os.path.dirname(os.path.dirname(__file__)))
    readable = tuple(f"{path}{os.sep}" for path in {*installed, library, "/usr/share", "/etc/fonts", "/usr/lib"})
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
    place_of, refused, moving, wanted = _place, frozenset(REFUSED), frozenset(MOVING), os.O_WRONLY | os.O_RDWR

    def secret(path):
        return isinstance(path, str | bytes | os.PathLike) and f"{place_of(path)}{os.sep}".startswith(kept)

    def inside(path, writes):
        if not isinstance(path, str | bytes | os.PathLike):
            return True  # a number of an open file
        place = place_of(path)
        if f"{place}{os.sep}".startswith(writable):
            return True
        return not writes and not secret(path) and place.startswith((*readable, *special))

    def refuse(words, sentence, always=True):
        if always or not by_library():
            told(words)
        raise PermissionError(sentence)

    def hook(event, given):
        if event == "open":
            path, mode, flags = given
            writes = bool(flags & wanted) or (isinstance(mode, str) and any(sign in mode for sign in "wax+"))
            if not inside(path, writes):
                words = f"open {os.fsdecode(path)[:80]}"
                refuse(words, f"A submission may not {words}.", writes or secret(path))
        elif event in moving and given:
            path, writes = given[0] if given[0] is not None else ".", event not in LOOKING
            if not inside(path, writes):
                refuse(f"{event} {str(path)[:80]}", f"A submission may not do this: {event}.", writes or secret(path))
        elif event in refused:
            refuse(event, f"A submission may not do this: {event}.", False)

    sys.addaudithook(hook)
