"""Starting the explorer: a free port, Streamlit in this very process, and the browser once it answers."""

from __future__ import annotations

import errno
import inspect
import os
import signal
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from edgewise.explorer.cli.ending import end_when_told
from edgewise.explorer.cli.terminal import complain, take_output
from edgewise.explorer.environment import GUIDELINE
from edgewise.explorer.streamlit_options import OPTIONS
from edgewise.ontology.errors import EdgewiseError

APP = Path(__file__).parent.parent / "app.py"
FIRST_PORT, TRIES = 8501, 40
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104  # compared with, not listened on
_LATER = 15.0  # seconds until the first page stands
_PATIENCE = 60.0  # seconds for the server to answer on a busy machine


class PortError(EdgewiseError):
    """The explorer cannot listen where it was asked to."""


def free_port(host: str, port: int | None = None) -> int:
    """The port asked for, or the first free one from 8501 on.

    Raises:
        PortError: the port asked for is taken or not allowed, none is free, or `host` is no address of this machine.

    >>> 8501 <= free_port("127.0.0.1") < 8541
    True
    """
    for candidate in range(FIRST_PORT, FIRST_PORT + TRIES) if port is None else (port,):
        if _is_free(host, candidate):
            return candidate
    if port is None:
        raise PortError(f"the ports {FIRST_PORT} to {FIRST_PORT + TRIES - 1} on {host} are all taken; name a free one with --port")
    raise PortError(f"port {port} on {host} is taken; name another with --port, or leave --port out to get a free one")


def _is_free(host: str, port: int) -> bool:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":  # elsewhere the option lets two programs share a port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return False
        if error.errno == errno.EACCES:
            raise PortError(f"port {port} may not be used: {error.strerror}; name one above 1023 with --port") from None
        raise PortError(f"'{host}' is no address of this machine ({error.strerror}); use 127.0.0.1, or 0.0.0.0 for all of them") from None
    return True


def serve(guideline: str, host: str, port: int, *, browser: bool, query: str = "") -> None:
    """Run the explorer until it is interrupted or terminated; it lives in this process and dies with it.

    Args:
        guideline: as `edgewise.explorer.cli.intake.address` gives it, or several, one a line; the app finds them in the environment.
        host: address to listen on.
        port: a free one.
        browser: whether to open it where there is a display.
        query: of the page to begin with, such as ``?page=build``.
    """
    from streamlit.web import bootstrap

    os.environ[GUIDELINE] = guideline
    flags = {key.replace(".", "_"): _typed(value) for key, value in options(host, port).items()}
    bootstrap.load_config_options(flags)
    open_it = browser and has_display(os.environ, sys.platform)
    later = threading.Timer(_LATER, _judge, (guideline,))
    later.daemon = True
    later.start()
    tell = take_output()  # once nobody reads it, Streamlit's "Stopping..." would fail there, and with it the stopping
    threading.Thread(target=_announce, args=(host, port, tell, webbrowser.open if open_it else None, query), daemon=True).start()
    end_when_told()
    # Until Streamlit's own handler is in place: a KeyboardInterrupt would make uvicorn log a traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        bootstrap.run(str(APP), False, [], flags)
    except SystemExit:  # another program was quicker to take the port
        raise PortError(f"the explorer could not start on port {port}; see the messages above, or name another with --port") from None


def options(host: str, port: int) -> dict[str, str]:
    """Streamlit's settings: the app's own, and those with which nothing leaves this machine and nobody is asked for an address.

    >>> options("127.0.0.1", 8501)["browser.gatherUsageStats"]
    'false'
    """
    return {
        **OPTIONS,
        "server.address": host,
        "server.port": str(port),
        "server.headless": "true",  # no question for an e-mail address; the browser is opened below
        "logger.level": "warning",
        "logger.hideWelcomeMessage": "true",  # it would look up this machine's public address
        "browser.gatherUsageStats": "false",
        "global.developmentMode": "false",
    }


def _typed(value: str) -> str | bool | int:
    """Streamlit takes the values of flags as they are: the text ``false`` would be true."""
    return {"true": True, "false": False}.get(value, int(value) if value.isdecimal() else value)


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a browser could show itself, or one was named; without either, Linux would start one in the terminal.

    >>> has_display({}, "linux"), has_display({"WAYLAND_DISPLAY": "wayland-0"}, "linux"), has_display({}, "darwin")
    (False, True, True)
    """
    return platform in ("darwin", "win32") or any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))


def url(host: str, port: int) -> str:
    """Where a browser on this machine finds the explorer.

    >>> url("127.0.0.1", 8501), url("0.0.0.0", 8501), url("::1", 80)
    ('http://127.0.0.1:8501', 'http://127.0.0.1:8501', 'http://[::1]:80')
    """
    address = _EVERYWHERE.get(host, host)
    return f"http://{f'[{address}]' if ':' in address else address}:{port}"


def _warm_up() -> None:
    """Load what the first page needs while the browser is still loading; what fails here fails there too, and is told."""
    with suppress(Exception):
        from edgewise.explorer.drawing.canvas import scene_text
        from edgewise.explorer.pages.pathway import page as pathway  # noqa: F401  # its imports are most of the time
        from edgewise.explorer.shell.guidelines import first, opened

        scene_text(opened(first()).scene)
        inspect.stack()  # Streamlit asks once who calls it, for which Python looks through every module there is


def _judge(names: str) -> None:
    """Check guidelines after the first page is drawn: those of the library were checked when they were made, and judging takes a second."""
    from edgewise.explorer.cli.intake import check

    for name in names.splitlines():
        checked = check([name])
        if checked.unreadable or any(fault.severity != "note" for fault in checked.faults):
            complain(f"warning: the guideline has faults; `edgewise check {name}` tells them")


def _announce(host: str, port: int, tell: Callable[[str], None], open_browser: Callable[[str], object] | None, query: str = "") -> None:
    """Say where the explorer is as soon as it answers."""
    if not _answers(_EVERYWHERE.get(host, host), port):
        complain(f"error: the explorer does not answer at {url(host, port)}; see the messages above")
        return
    threading.Thread(target=_warm_up, daemon=True).start()  # not before: it would only slow the server's own start
    tell(f"The explorer is at {url(host, port)}{query and f'/{query}'} (Ctrl-C ends it).")
    if host in _EVERYWHERE:
        complain("warning: everybody on your network can open it; leave --host out to keep it to this machine")
    if open_browser:
        with suppress(webbrowser.Error, OSError):  # the address stands above
            open_browser(f"{url(host, port)}{query and f'/{query}'}")


def _answers(address: str, port: int) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        connection = HTTPConnection(address, port, timeout=2)
        try:
            connection.request("GET", "/_stcore/health")
            if connection.getresponse().status == 200:
                return True
        except (OSError, HTTPException):
            time.sleep(0.02)
        finally:
            connection.close()
    return False
