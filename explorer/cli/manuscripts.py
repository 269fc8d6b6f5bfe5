"""`edgewise audit` of articles and reference lists as they are: one, several, or those of a folder."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from edgewise.explorer.cli.delivery import STDOUT, deliver, deliver_json, deliver_lines
from edgewise.explorer.cli.exits import CANNOT_CONTINUE, CLEAN, FINDINGS, Refused
from edgewise.explorer.cli.terminal import complain, show
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding

if TYPE_CHECKING:
    from edgewise.citations.audit.manuscripts.judging import Judged
    from edgewise.citations.audit.rules import Names

_ALONE = 4  # files that are read sooner than other processes are begun


def are_manuscripts(names: Sequence[str]) -> bool:
    """Whether these are manuscripts rather than guidelines; a folder holds manuscripts if no guideline is in it.

    Raises:
        Refused: some are the one and some the other.
    """
    told = {_is_one(name) for name in names}
    if len(told) > 1:
        raise Refused("some of these are guidelines and some are manuscripts; name either the ones or the others")
    return told == {True}


def _is_one(name: str) -> bool:
    from edgewise.citations.audit.manuscripts.kinds import find, is_manuscript
    from edgewise.graph.shelf import find_all, ids

    path = Path(name.replace("\0", ""))
    if name in ids():
        return False
    if not path.is_dir():
        return is_manuscript(path)
    try:
        return not next(find_all(name), None)
    except SourceError:
        found = find([name])
        return bool(found.files or found.unread)


def audit_manuscripts(
    names: Sequence[str], form: str, output: Path | None, *, jobs: int, answers: Path | None, encoding: str = "",
    authors: Names | None = None,
) -> int:  # fmt: skip
    """Judge them all and hand one report over; what cannot be read is told on standard error, and the others are judged all the same.

    Args:
        names: of files and folders.
        form: of the report.
        output: file to write; None is standard output.
        jobs: how many processes read at once; 0: as many as there are processors.
        answers: folder of what registries once answered, to judge by it as well.
        encoding: of the texts, where the files themselves do not tell.
        authors: how many of a work the house style asks for, if somebody said.

    Raises:
        SourceError: nothing could be read.
    """
    from edgewise.citations.audit.manuscripts.judging import judge_file
    from edgewise.citations.audit.manuscripts.kinds import find

    found = find(list(names))
    judge = partial(judge_file, answers=answers, names=authors, encoding=encoding)
    judged = _all_judged(found.files, jobs or os.cpu_count() or 1, judge)
    refused = list(dict.fromkeys((*found.unread, *(finding for one in judged for finding in one.refused))))
    if not any(one.report for one in judged):
        raise SourceError(refused)
    _hand_over(judged, found.unread, form, output, tuple(map(str, found.files)))
    for finding in refused:
        complain(str(finding))
    if refused:
        return CANNOT_CONTINUE
    return FINDINGS if any(finding.severity != "note" for one in judged if one.report for finding in one.report.findings) else CLEAN


def _all_judged(files: Sequence[Path], jobs: int, judge: Callable[[Path], Judged]) -> list[Judged]:
    """In the order of the files, however many processes have read them."""
    with _progress(len(files)) as step:
        if jobs == 1 or len(files) <= _ALONE:
            return [_stepped(judge(file), step) for file in files]
        with _pool(min(jobs, len(files))) as pool:
            awaited = {pool.submit(judge, file): file for file in files}
            done = {awaited[one]: _stepped(_outcome(one, awaited[one]), step) for one in as_completed(awaited)}
    return [done[file] for file in files]


@contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that leave Ctrl-C to this one, which then waits for nothing that has not been begun."""
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _outcome(future: Any, file: Path) -> Judged:
    from edgewise.citations.audit.manuscripts.judging import Judged

    try:
        judged: Judged = future.result()
    except BrokenProcessPool:
        message = "the process that read it, or one beside it, was ended by the operating system, perhaps for want of memory"
        finding = Finding(rule="process-ended", message=message, file=str(file), repair="audit it alone, or with --jobs 1")
        return Judged(str(file), refused=(finding,))
    return judged


def _stepped(judged: Judged, step: Any) -> Judged:
    step()
    return judged


@contextmanager
def _progress(files: int) -> Iterator[Any]:
    """A bar on a terminal, and only there."""
    if files < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    with typer.progressbar(length=files, label="Reading", file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def _hand_over(judged: list[Judged], unread: tuple[Finding, ...], form: str, output: Path | None, reads: tuple[str, ...]) -> None:
    from edgewise.citations.audit.manuscripts import reports
    from edgewise.citations.audit.manuscripts.judging import Judged

    told = [*judged, *(Judged(finding.file, refused=(finding,)) for finding in unread)]
    if form == "text":
        deliver_lines(reports.text_lines(told), output, reads=reads)
    elif form in ("json", "sarif"):
        deliver_json(reports.json_payload(told) if form == "json" else reports.sarif(told, release()), output, reads=reads)
    else:
        deliver(reports.csv_text(told) if form == "csv" else reports.html_page(told), output, reads=reads)
    if output is not None and str(output) != STDOUT:
        show([f"{output}: {line}" for line in reports.text_lines(told)[-1:]])


def release() -> str:
    """Edgewise's version, for reports; empty where it is not installed as a package."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("edgewise")
    except PackageNotFoundError:
        return ""
