"""A JupyterLab on this computer over a folder, with no settings of the person at this computer."""

import contextlib
import os
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

OWN = ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR")
OWN += ("JUPYTERLAB_WORKSPACES_DIR",)


@contextlib.contextmanager
def jupyterlab(python: Path, folder: Path):
    """The address of a JupyterLab of an environment, given by its Python; it ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: os.environ[name] for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS") if name in os.environ}
    env = kept | {"PATH": f"{python.parent}:{os.environ['PATH']}", "LANG": "C.UTF-8"}
    env |= {name: str(folder / f".{name.lower()}") for name in OWN}
    command = [python, "-m", "jupyterlab", "--no-browser", f"--port={port}", "--ip=127.0.0.1", "--allow-root"]
    command += ["--IdentityProvider.token=", f"--ServerApp.root_dir={folder}", "--LabApp.news_url="]
    command += ["--LabApp.expose_app_in_browser=True"]
    home, log = f"http://127.0.0.1:{port}", folder / ".log.txt"
    with log.open("w") as words, subprocess.Popen(command, env=env, cwd=folder, stdout=words, stderr=words) as running:
        try:
            for _ in range(240):
                try:
                    urllib.request.urlopen(f"{home}/api", timeout=2).read()
                    break
                except OSError:
                    assert running.poll() is None, log.read_text()[-2000:]
                    time.sleep(0.25)
            yield home
        finally:
            running.terminate()
