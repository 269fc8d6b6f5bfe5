"""A real PostgreSQL for the ledger's tests, and a guideline small enough to know by heart."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

from edgewise.graph.model import Citation, Guideline, Marker, Place, Reference, Statement

LOUD = "NO POSTGRESQL: install Debian's postgresql; the ledger was NOT tested on it"


class Server:
    """A PostgreSQL of our own on a socket in a folder of its own, run by somebody who is not root: it refuses root."""

    def __init__(self, binaries: Path) -> None:
        self.binaries, self.number = binaries, count(1)
        self.folder = Path(tempfile.mkdtemp(prefix="edgewise-pg-", dir="/tmp"))  # a socket's path must be short
        self.account = next((one for one in map(_account, ("postgres", "nobody")) if one), None) if os.geteuid() == 0 else None
        if self.account:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()

    def _run(self, program: str, *arguments: str) -> None:
        who: dict[str, Any] = {}
        if self.account:
            who = {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
        command = [str(self.binaries / program), *arguments]
        log, server_log = self.folder.with_suffix(".log"), self.folder / "server.log"
        with log.open("a") as out:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd="/", timeout=120, check=False, **who)
        assert done.returncode == 0, log.read_text() + (server_log.read_text() if server_log.exists() else "")

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c max_connections=30"
        self._run(
            "pg_ctl", "-D", str(self.folder / "data"), "-w", "-t", "90", "-l", str(self.folder / "server.log"), "-o", options, "start"
        )

    def kill(self) -> None:
        """As a power cut: nothing is tidied up, neither files nor memory."""
        lock = self.folder / "data" / "postmaster.pid"
        main = int(lock.read_text().split()[0])
        os.kill(main, signal.SIGSTOP)  # no more children from here on
        kin = [int(pid) for pid in subprocess.run(["pgrep", "-P", str(main)], capture_output=True, text=True, check=False).stdout.split()]
        for pid in (main, *kin):
            with suppress(ProcessLookupError):  # a backend whose client has just left
                os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while any(Path(f"/proc/{pid}").exists() and _state(pid) != "Z" for pid in (main, *kin)) and time.monotonic() < deadline:
            time.sleep(0.05)
        for left in (lock, *self.folder.glob(".s.PGSQL.*.lock")):
            left.unlink()  # after a power cut its number is nobody's; here it may still be a zombie's

    def stop(self) -> None:
        try:
            self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.with_suffix(".log").unlink(missing_ok=True)

    def connect(self, database: str = "postgres") -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self.folder), user="tester", dbname=database, autocommit=True)

    def database(self) -> str:
        """The URL of a new database."""
        name = f"ledger_{next(self.number)}"
        with self.connect() as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://tester@/{name}?host={quote(str(self.folder), safe='')}"


def _account(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def _binaries() -> Path | None:
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb") if path.with_name("pg_ctl").exists()]
    return max(found, key=lambda path: float(path.parent.name), default=None)


def _installed() -> Path | None:
    """Debian's package, if it may be installed here; set EDGEWISE_TESTS_INSTALL=no to be left alone."""
    if os.geteuid() == 0 and shutil.which("apt-get") and os.environ.get("EDGEWISE_TESTS_INSTALL") != "no":
        command = ["apt-get", "install", "-y", "--no-install-recommends", "postgresql"]
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False)
    return _binaries()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    binaries = _binaries() or _installed()
    if binaries is None:
        if os.environ.get("CI") == "true":
            pytest.fail(LOUD)
        pytest.skip(LOUD)
    server = Server(binaries)
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a ledger that does not exist yet, in either kind of database."""
    if request.param == "sqlite":
        return str(tmp_path / "signed.db")
    return request.getfixturevalue("postgresql").database()


@pytest.fixture
def elsewhere(where: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """A second address of the same kind."""
    return request.getfixturevalue("postgresql").database() if "://" in where else str(tmp_path / "second.db")


@pytest.fixture(scope="session")
def make() -> Callable[..., Guideline]:
    """Makes a guideline with citations a/citations/1 (to a reference), a/citations/2 (to nothing) and b/citations/1."""

    def made(text: str = "Rest.", printed: str = "1", title: str = "On rest", sentence: str = "0") -> Guideline:
        place = Place("summary")
        citations = (Citation("a/citations/1", "m1"), Citation("a/citations/2", "m7"))
        return Guideline(
            "g", "urn:edgewise:g", "", "", "", "", "", "", "", "",
            statements={
                "a": Statement("a", "recommendation", text, place, "sha256:" + sentence * 64, citations),
                "b": Statement("b", "evidence", "Rest helps.", place, "sha256:" + "f" * 64, (Citation("b/citations/1", "m2"),)),
            },
            markers={"m1": Marker("m1", printed, "r1"), "m2": Marker("m2", "2", "r2"), "m7": Marker("m7", "7")},
            references={"r1": Reference("r1", 1, title, 2020), "r2": Reference("r2", 2, "Another", 2021)},
        )  # fmt: skip

    return made
