"""The command as the operating system runs it: what it loads, what it does when its output fails, what encoding it writes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.places import ROOT

SI = "sacroiliac-sclerosis"
HEAVY = {"streamlit", "rdflib", "pyshacl", "networkx", "pyoxigraph", "yaml", "pyvis", "pygraphviz", "pint"}
FULL = Path("/dev/full")


def edgewise(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    defaults = {"capture_output": True, "check": False, "timeout": 120, "env": {**os.environ, "PYTHONPATH": str(ROOT / "src")}}
    return subprocess.run([sys.executable, "-m", "edgewise", *arguments], **{**defaults, **options})  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("arguments", [["--help"], ["walk", "--help"], ["explore", "--help"], ["--version"]])
def test_help_loads_none_of_the_libraries_that_load_slowly(arguments):
    program = f"""
import sys
from edgewise.explorer.cli.command import main
sys.argv = ["edgewise", *{arguments!r}]
try:
    main()
finally:
    print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "[]\n")


def test_answers_do_not_load_streamlit():
    program = """
import sys
from edgewise.explorer.cli.command import main
sys.argv = ["edgewise", "walk", "sacroiliac-sclerosis"]
try:
    main()
finally:
    print("streamlit" in sys.modules, file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "False\n")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_pipe_that_is_read_slowly_gets_all_of_it(unbuffered):
    """Without buffers Python itself drops what a pipe does not take at once, 64 KiB as a rule."""
    for arguments in (["export", SI, "--to", "nquads"], ["show", SI, "--json"]):
        command = [sys.executable, "-m", "edgewise", *arguments]
        whole = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env=whole) as running:
            assert running.stdout
            running.stdout.read(1)
            time.sleep(0.3)
            rest = running.stdout.read()
        assert running.returncode == 0
        assert rest.endswith(b" .\n" if "export" in arguments else b"}\n")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_who_stops_reading_is_no_error(unbuffered):
    whole = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    command = [sys.executable, "-m", "edgewise", "export", SI, "--to", "nquads"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=whole) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 141


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "arguments", [["show", SI], ["show", SI, "--json"], ["show", "nowhere.yaml", "--json"], ["export", SI, "--to", "trig"]]
)
def test_a_full_disk_is_one_line_and_not_a_clean_end(arguments):
    with FULL.open("wb") as full:
        done = edgewise(*arguments, capture_output=False, stdout=full, stderr=subprocess.PIPE, cwd=ROOT)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == b"error: the operating system refuses: No space left on device"
    assert b"Traceback" not in done.stderr


def test_output_is_utf_8_whatever_the_locale():
    plain = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    plain |= {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT / "src")}
    done = edgewise("show", SI, env=plain)
    assert done.returncode == 0
    assert "3–6 months" in done.stdout.decode("utf-8")


def test_facts_come_through_a_pipe():
    done = edgewise("walk", SI, "--facts", "-", "--json", input=b"{radiographs: equivocal, inflammatory-suspicion: yes, mri-possible: yes}")
    assert json.loads(done.stdout)["due"] == ["mri-si-joints-without-contrast"]


def test_a_file_name_that_is_not_utf_8_can_be_named_and_reported(tmp_path):
    name = os.fsencode(tmp_path) + b"/g\xff.yaml"
    done = subprocess.run(
        [sys.executable, "-m", "edgewise", "check", name, "--json"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 2
    assert json.loads(done.stdout.decode("utf-8"))["findings"][0]["rule"] == "no-file"


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_an_interrupt_while_it_waits_for_facts_ends_quietly_with_130():
    command = [sys.executable, "-m", "edgewise", "walk", "tests/data/small.yaml", "--facts", "-"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        _until_it_waits(running.pid)
        running.send_signal(signal.SIGINT)
        # Its input stays open: only the interrupt can end it.
        assert running.wait(120) == 130
        assert running.stderr
        assert running.stderr.read() == b""


def _until_it_waits(pid: int) -> None:
    """Wait until the process sleeps in a read of its standard input, which is a pipe."""
    place = Path(f"/proc/{pid}/wchan")
    if not place.exists():
        pytest.skip("this system does not tell what a process waits for")
    for _ in range(600):
        if "pipe" in place.read_text():
            return
        time.sleep(0.05)
    pytest.skip("this system does not tell what a process waits for")
