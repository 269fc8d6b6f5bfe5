"""Servers to be measured: Edgewise, and a Streamlit page beside it, each a process of its own on this machine alone.

The peer runs in its own folder: in ours it would be given our settings. What of a ratio is due to one of them, `runner.postScriptGC`
(Streamlit collects garbage after every run, which takes longer than the whole of a bare page), a peer with `ALIKE` shows.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
EMPTY = "import streamlit as st\nst.text('ready')\n"
BUTTON = """import streamlit as st
st.session_state.n = st.session_state.get('n', 0)
if st.button('go'):
    st.session_state.n += 1
st.text(f'count {st.session_state.n}')
"""
QUIET = [
    "--server.headless=true",
    "--server.address=127.0.0.1",
    "--browser.gatherUsageStats=false",
    "--server.fileWatcherType=none",
    "--logger.hideWelcomeMessage=true",
]
ALIKE = ["--runner.postScriptGC=false"]
"""Of our settings the one that counts."""


def edgewise(port: int) -> list[str]:
    """The command that serves the explorer on the first guideline: of several, the library would come first."""
    return [sys.executable, "-m", "edgewise", "explore", "sacroiliac-sclerosis", "--no-browser", "--port", str(port)]


def streamlit(script: Path, port: int, *, alike: bool = False) -> list[str]:
    """The command that serves another page with Streamlit's own settings, or with one of ours."""
    return [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", *QUIET, *(ALIKE if alike else [])]


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def served(command: list[str], port: int, folder: Path = ROOT) -> Iterator[None]:
    """A server that runs in a folder and listens, ended with the block."""
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            yield _until_listening(server, port)
        finally:
            server.terminate()


def _until_listening(server: subprocess.Popen[bytes], port: int) -> None:
    while server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise SystemExit(f"the server ended: {server.args}")
