"""How much memory the explorer takes on a library on disk, at work.

    uv run python benchmarks/library_memory.py [--sizes 10 1000] [--large]

The explorer's own server is started on a database, and a session, as a browser would be, looks at the Library page, opens `OPENED`
guidelines one after the other, and goes back to the Library page. Told is the most that was resident at any time, as the operating system
counts it, files of the database that lie mapped in memory included; beside it, in the same run, a bare Streamlit page. Promised are 500 MB
at 10,000.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from made_libraries import OPENED, database, identifier
from measuring import LARGE, Row, arguments, tell
from rerun import Session
from serving import BUTTON, ROOT, edgewise, free_port, served, streamlit
from websockets.asyncio.client import connect

_PROMISED = 500.0  # MB


async def _session(port: int, query: str = "") -> Session:
    url = f"ws://127.0.0.1:{port}/_stcore/stream"
    made = Session(await connect(url, subprotocols=["streamlit"], max_size=None), query=query)  # type: ignore[list-item]
    await made.rerun()
    return made


async def _work(port: int, size: int) -> None:
    """The Library page, guidelines, the Library page."""
    for query in ("page=library", *(f"g={identifier(number)}" for number in range(min(size, OPENED))), "page=library"):
        session = await _session(port, query)
        await session.socket.close()


async def _look(port: int, _: int) -> None:
    session = await _session(port)
    await session.socket.close()


def _most_resident(command: list[str], port: int, folder: Path, work: Callable[[int, int], Awaitable[None]], size: int) -> float:
    """Megabytes that a server and its children ever had, at the end of some work."""
    with served(command, port, folder):
        asyncio.run(work(port, size))  # type: ignore[arg-type]
        return sum(_peak(pid) for pid in _below(os.getpid())[1:])


def _below(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "--ppid", str(pid), "-o", "pid=,comm="], capture_output=True, text=True, check=False).stdout.split("\n")
    children = [int(line.split()[0]) for line in listed if line.strip() and " ps" not in line]
    return [pid, *(one for child in children for one in _below(child))]


def _peak(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def main() -> None:
    options = arguments(__doc__, 1)
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as cache:
        bare = Path(name, "bare.py")
        bare.write_text(BUTTON, encoding="utf-8")
        port = free_port()
        peer = _most_resident(streamlit(bare, port), port, Path(name), _look, 0)
        os.environ["EDGEWISE_CACHE"] = cache
        os.environ.pop("EDGEWISE_GUIDELINE", None)
        for size in options.sizes:
            os.environ["EDGEWISE_LIBRARY"] = database(size).url
            port = free_port()
            ours = _most_resident(edgewise(port), port, ROOT, _work, size)
            row = Row(
                "memory of the explorer, database",
                size,
                ours,
                peer,
                "MB",
                "a bare Streamlit page",
                _PROMISED / peer if size >= LARGE else 0.0,
            )
            tell([row], options)


if __name__ == "__main__":
    main()
