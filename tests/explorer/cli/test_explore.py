"""`edgewise explore`: it starts from anywhere, answers, says where, and dies without leaving anything behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest

from edgewise.explorer.cli import launch
from edgewise.explorer.environment import GUIDELINE
from edgewise.explorer.streamlit_options import OPTIONS
from tests.explorer.calls import run
from tests.places import ROOT

SMALL = ROOT / "tests" / "data" / "small.yaml"
SI = "sacroiliac-sclerosis"


def free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "edgewise", "explore", *arguments]


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER", GUIDELINE)}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), **more}  # what is tested, whatever is installed


@contextmanager
def exploring(cwd: Path, *arguments: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    """The explorer as a process of its own group, ended whatever the test finds."""
    running = subprocess.Popen(
        command(*arguments),
        cwd=cwd,
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield running
    finally:
        if running.poll() is None:
            running.kill()
        running.wait(120)
        assert running.stdout
        running.stdout.close()


def announced(running: subprocess.Popen[str]) -> str:
    """The address that is printed first."""
    assert running.stdout
    line = running.stdout.readline()
    assert line.startswith("The explorer is at http://"), line + running.stdout.read()
    return line.split()[4]


def health(port: int) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/_stcore/health")
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_starts_in_any_folder_answers_and_dies_without_a_trace(tmp_path, ending):
    port = free()
    with exploring(tmp_path, str(SMALL), "--port", str(port), "--no-browser") as running:
        assert announced(running) == f"http://127.0.0.1:{port}"
        assert health(port) == 200
        running.send_signal(ending)
        assert running.wait(120) in (0, 130)
        assert running.stdout
        assert "Traceback" not in running.stdout.read()
    with pytest.raises(ProcessLookupError):  # nobody is left of its group
        os.killpg(running.pid, 0)
    with pytest.raises(ConnectionRefusedError):
        health(port)


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_though_nobody_reads_what_it_prints_any_more(tmp_path, ending):
    port = free()
    with exploring(tmp_path, SI, "--port", str(port), "--no-browser") as running:
        announced(running)
        assert running.stdout
        running.stdout.close()  # as `| head -1` does
        assert health(port) == 200
        running.send_signal(ending)
        assert running.wait(120) in (0, 130)


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_and_ends_though_nobody_ever_read_what_it_prints(tmp_path, ending):
    port = free()
    unread, output = os.pipe()
    os.close(unread)
    started = command(SI, "--port", str(port), "--no-browser")
    running = subprocess.Popen(started, cwd=tmp_path, env=environment(), stdout=output, stderr=output)
    os.close(output)
    try:
        while running.poll() is None:  # it would have died, were it not to answer
            with suppress(OSError):
                if health(port) == 200:
                    break
            time.sleep(0.05)
        running.send_signal(ending)
        assert running.wait(120) in (0, 130)
    finally:
        running.kill()
        running.wait(120)


DEAF = """
import signal, threading, time
from edgewise.explorer.cli.ending import end_when_told
for one in (signal.SIGINT, signal.SIGTERM):
    signal.signal(one, lambda number, _: print("heard", number, flush=True))
signal.signal(signal.SIGUSR1, lambda *_: print("well", flush=True))
end_when_told({grace})
print("ready", flush=True)
while True:
    time.sleep(1)
"""
"""A process that wants to go on whatever it is told."""


@contextmanager
def deaf(grace: float) -> Iterator[subprocess.Popen[str]]:
    code = DEAF.format(grace=grace)
    with subprocess.Popen([sys.executable, "-c", code], env=environment(), stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout
            assert running.stdout.readline() == "ready\n"
            yield running
        finally:
            running.kill()


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_what_does_not_come_to_an_end_by_itself_is_ended_after_a_while(ending):
    with deaf(grace=0.1) as running:
        running.send_signal(ending)
        assert running.wait(120) == 128 + ending


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_who_tells_it_twice_need_not_wait_and_other_signals_end_nothing():
    with deaf(grace=3_600) as running:
        assert running.stdout
        for _ in range(2):
            running.send_signal(signal.SIGUSR1)
            assert running.stdout.readline() == "well\n"
        running.send_signal(signal.SIGINT)
        assert running.stdout.readline() == f"heard {signal.SIGINT.value}\n"
        running.send_signal(signal.SIGTERM)
        assert running.wait(120) == 128 + signal.SIGTERM


@pytest.mark.skipif(os.name != "posix", reason="the browser is a shell script")
def test_it_opens_the_browser_at_the_address_it_prints_unless_told_not_to(tmp_path):
    browser, visited = tmp_path / "browser", tmp_path / "visited"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{visited}.new" && mv "{visited}.new" "{visited}"\n')
    browser.chmod(0o755)
    with exploring(tmp_path, SI, "--port", str(free()), BROWSER=f"{browser} %s") as running:
        address = announced(running)
        for _ in range(2_400):  # two minutes: a guard against waiting for ever, no promise
            if visited.exists():
                break
            time.sleep(0.05)
        assert visited.read_text().strip() == address
        running.terminate()
        running.wait(120)


def refused(*arguments: str) -> str:
    done = subprocess.run(command(*arguments), cwd=ROOT, env=environment(), capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    return line


def test_a_port_that_is_taken_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"port {port} on 127.0.0.1 is taken; name another with --port" in refused(SI, "--port", str(port))


def test_without_a_port_the_first_free_one_is_used():
    first = launch.free_port("127.0.0.1")
    with socket.create_server(("127.0.0.1", first)):
        assert launch.free_port("127.0.0.1") > first


def test_a_host_that_is_not_this_machine_is_refused():
    assert "'203.0.113.7' is no address of this machine" in refused(SI, "--host", "203.0.113.7")


def test_a_guideline_that_cannot_be_used_is_refused_before_anything_is_started(tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("id: [x\n")
    assert refused(str(broken), "--no-browser").startswith(f"{broken}:1: error:")
    assert "did you mean 'sacroiliac-sclerosis'?" in refused("sacroiliac-sclerosi")


def test_streamlit_runs_with_the_apps_settings_and_sends_nothing_anywhere(monkeypatch):
    from streamlit import config
    from streamlit.web import bootstrap

    seen = {}

    def run(script: str, *_: object) -> None:
        kept = ("browser.gatherUsageStats", "server.headless", "server.address", "server.port", "server.fileWatcherType")
        seen.update({name: config.get_option(name) for name in kept}, script=script, guideline=os.environ[GUIDELINE])

    monkeypatch.setattr(bootstrap, "run", run)
    monkeypatch.setattr(launch.signal, "signal", lambda *_: None)
    for name in ("_announce", "take_output", "end_when_told"):
        monkeypatch.setattr(launch, name, lambda *_: None)
    monkeypatch.setenv(GUIDELINE, "")
    try:
        launch.serve(SI, "127.0.0.1", 8599, browser=False)
    finally:
        config.get_config_options(force_reparse=True)
    assert seen == {
        "browser.gatherUsageStats": False, "server.headless": True, "server.address": "127.0.0.1", "server.port": 8599,
        "server.fileWatcherType": "none", "script": str(launch.APP), "guideline": SI,
    }  # fmt: skip
    given = launch.options("::1", 1)
    assert given["logger.hideWelcomeMessage"] == "true", "the message looks up this machine's public address"
    assert {name: given[name] for name in OPTIONS if name != "server.address"}.items() <= OPTIONS.items()


def test_every_setting_is_one_that_streamlit_knows():
    from streamlit import config

    assert set(launch.options("127.0.0.1", 8501)) <= set(config.get_config_options())


def test_a_port_lost_to_another_program_in_the_last_moment_is_an_error_like_any_other(monkeypatch):
    from streamlit.web import bootstrap

    def run(*_: object) -> None:
        raise SystemExit(1)

    monkeypatch.setattr(bootstrap, "run", run)
    monkeypatch.setattr(bootstrap, "load_config_options", lambda *_: None)
    monkeypatch.setattr(launch.signal, "signal", lambda *_: None)
    for name in ("_announce", "take_output", "end_when_told"):
        monkeypatch.setattr(launch, name, lambda *_: None)
    monkeypatch.setenv(GUIDELINE, "")
    with pytest.raises(launch.PortError, match="could not start on port 8599"):
        launch.serve(SI, "127.0.0.1", 8599, browser=False)


THUMB = ROOT / "tests" / "data" / "audit" / "thumb.yaml"


@pytest.fixture
def served(monkeypatch):
    """What would be served, instead of serving it."""
    seen: list[str] = []
    monkeypatch.setattr(launch, "serve", lambda guideline, *_, **__: seen.extend(guideline.splitlines()))
    monkeypatch.delenv(GUIDELINE, raising=False)
    return seen


def test_several_guidelines_are_opened_at_once_by_id_by_file_and_by_a_flat_folder_of_files(served, tmp_path):
    folder = tmp_path / "with space"
    folder.mkdir()
    (folder / "b.yaml").write_text(SMALL.read_text())
    (folder / "facts.yaml").write_text("crack: yes\n")  # no guideline, and nobody named it
    assert run("explore", SI, str(folder), str(THUMB), str(folder / "b.yaml")).exit_code == 0
    assert served == [SI, str(folder / "b.yaml"), str(THUMB)]


def test_a_folder_with_folders_of_guidelines_opens_all_of_them(served, tmp_path):
    for name, file in (("x", SMALL), ("y", THUMB)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "guideline.yaml").write_text(file.read_text())
    assert run("explore", str(tmp_path)).exit_code == 0
    assert served == [str(tmp_path / name / "guideline.yaml") for name in "xy"]


def test_the_environment_may_name_several_guidelines(served, monkeypatch):
    monkeypatch.setenv(GUIDELINE, f"{SMALL}\n{THUMB}")
    assert run("explore").exit_code == 0
    assert served == [str(SMALL), str(THUMB)]


def test_two_guidelines_of_one_id_are_refused_with_both_places(served, tmp_path):
    copy = tmp_path / "copy.yaml"
    copy.write_text(f"# a copy\n{SMALL.read_text()}")
    (line,) = run("explore", str(SMALL), str(copy)).stderr.splitlines()
    assert line.startswith(f"{copy}:3: error: the id 'ankle-test' is that of {SMALL}:2 as well; open one of the two")
    assert served == []


def test_every_guideline_that_cannot_be_used_is_told_before_anything_is_started(served, tmp_path):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("steps: [x\n")
    lines = run("explore", SI, str(tmp_path)).stderr.splitlines()
    assert [line.partition(": error")[0] for line in lines] == [f"{tmp_path / name}:1" for name in ("a.yaml", "b.yaml")]
    assert served == []


def test_a_folder_without_a_guideline_says_what_to_name(served, tmp_path):
    (tmp_path / "facts.yaml").write_text("crack: yes\n")
    (line,) = run("explore", str(tmp_path)).stderr.splitlines()
    assert "this folder holds no guideline; name a folder with a guideline.yaml or files of guidelines in it" in line


def test_a_flat_folder_is_told_whole_by_check_audit_and_gaps(tmp_path):
    for file in (SMALL, THUMB):
        (tmp_path / file.name).write_text(file.read_text())
    assert "2 files" in run("check", str(tmp_path)).stderr + run("check", str(tmp_path)).stdout
    assert [one["guideline"] for one in json.loads(run("gaps", str(tmp_path), "--json").stdout)] == ["ankle-test", "thumb-test"]
    assert len(json.loads(run("audit", str(tmp_path), "--json").stdout)) == 2
    assert "this folder holds 2 guidelines; name one" in run("audit", str(tmp_path), "--format", "csv").stderr
