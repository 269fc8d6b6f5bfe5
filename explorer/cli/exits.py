"""How a command ends: with an exit code, and with its errors as lines, never as a traceback."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec

import typer

from edgewise.explorer.cli.findings import finding_payload
from edgewise.explorer.cli.terminal import abandon_output, complain, show_json
from edgewise.explorer.environment import DEBUG
from edgewise.ontology.errors import EdgewiseError
from edgewise.ontology.findings import Finding

CLEAN, FINDINGS, CANNOT_CONTINUE, INTERRUPTED, NOBODY_LISTENS = 0, 1, 2, 130, 141  # the last two as shells report SIGINT and SIGPIPE

P = ParamSpec("P")


class Refused(EdgewiseError):
    """A command cannot do what it was asked to; says what, and how to repair it."""


def guarded(command: Callable[P, int]) -> Callable[P, None]:
    """Let a command that returns an exit code end as typer expects, whatever happens in it.

    >>> @guarded
    ... def fail() -> int:
    ...     raise Refused("no such shelf; check the path")
    >>> try:
    ...     fail()
    ... except typer.Exit as end:
    ...     end.exit_code
    2
    """

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        code = _ended(lambda: command(*args, **kwargs), as_json=kwargs.get("as_json") is True)
        if code != CLEAN:
            raise typer.Exit(code)

    return run


def _ended(command: Callable[[], int], *, as_json: bool) -> int:
    """The exit code of a command whose output may itself fail."""
    try:
        return _judged(command, as_json=as_json)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        abandon_output()
        return NOBODY_LISTENS
    except OSError as error:  # a full disk under a redirected output, say
        abandon_output()
        complain(f"error: the operating system refuses: {error.strerror or error}{f': {error.filename}' if error.filename else ''}")
        return CANNOT_CONTINUE


def _judged(command: Callable[[], int], *, as_json: bool) -> int:
    try:
        code = command()
        sys.stdout.flush()
    except EdgewiseError as error:
        return refuse(error, as_json=as_json)
    except (OSError, typer.Exit):
        raise
    except Exception as error:
        return _own_fault(error, as_json=as_json)
    return code


def refuse(error: EdgewiseError, *, as_json: bool, findings: Iterable[Finding] | None = None) -> int:
    """Say why a command cannot continue: lines on standard error and, for programs, one JSON object on standard output."""
    own: tuple[Finding, ...] = getattr(error, "findings", ())
    for line in map(str, own) if own else (f"error: {error}",):
        complain(line)
    if as_json:
        found = own if findings is None else findings
        show_json({"error": str(error), "findings": [finding_payload(finding) for finding in found]})
        sys.stdout.flush()
    return CANNOT_CONTINUE


def _own_fault(error: Exception, *, as_json: bool) -> int:
    if os.environ.get(DEBUG) == "1":
        traceback.print_exception(error)
    what = f"a fault in Edgewise itself: {type(error).__name__}: {error}"
    complain(f"error: {what}; please report it with the command you gave and what that prints with {DEBUG}=1")
    if as_json:
        show_json({"error": what, "findings": []})
        sys.stdout.flush()
    return CANNOT_CONTINUE
