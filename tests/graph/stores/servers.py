"""SPARQL servers on this machine, each started once for a test run and ended with it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(command, address, **options):
    """A server, once it answers at an address; ended afterwards."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    try:
        until = time.monotonic() + 90
        while time.monotonic() < until:
            assert process.poll() is None, f"{command[0]} ended"
            try:
                httpx.get(address, timeout=2)
                break
            except httpx.TransportError:
                time.sleep(0.05)
        else:
            raise AssertionError(f"{command[0]} does not answer at {address}")
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def serving(folder):
    """The URL of a real Oxigraph server on a database, and its process."""
    program, port = Path(sys.executable).with_name("oxigraph"), free_port()
    # A question that nobody waits for any more would keep a processor from the other tests until the run ends.
    command = [program, "serve", "--location", folder, "--bind", f"127.0.0.1:{port}", "--timeout-s", "30"]
    with running(command, f"http://127.0.0.1:{port}/query") as process:
        yield f"http://127.0.0.1:{port}/query", process


@contextmanager
def oxigraph_server(folder):
    """The URL of a real Oxigraph server on a database; it begins with nothing in it where there is none yet."""
    with serving(folder) as (url, _):
        yield url


VIRTUOSO = shutil.which("virtuoso-t")
_INI = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = {sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = .
DisableTcpSocket = 0
[HTTPServer]
ServerPort = {http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 10000
DefaultQuery = select distinct ?Concept where {{[] a ?Concept}} LIMIT 100
"""


@contextmanager
def virtuoso_server(folder):
    """The URL of a real Virtuoso with nothing in it; user and password are dba."""
    http, sql = free_port(), free_port()
    (Path(folder) / "virtuoso.ini").write_text(_INI.format(http=f"127.0.0.1:{http}", sql=f"127.0.0.1:{sql}"))
    command = [VIRTUOSO, "+foreground", "+configfile", "virtuoso.ini", "+pwddba", "dba", "+pwddav", "dba"]
    with running(command, f"http://127.0.0.1:{http}/sparql", cwd=folder):
        yield f"http://127.0.0.1:{http}/sparql"
