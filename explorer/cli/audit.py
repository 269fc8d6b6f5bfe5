"""`edgewise audit`: every fault of the citation links of a guideline, an article or a reference list."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from edgewise.explorer.cli.delivery import STDOUT, deliver, deliver_json, deliver_lines
from edgewise.explorer.cli.exits import CLEAN, FINDINGS, Refused
from edgewise.explorer.cli.options import AsJson, Encoding, Output
from edgewise.explorer.cli.terminal import show

if TYPE_CHECKING:
    from edgewise.citations.audit.engine import Audited, Report
    from edgewise.citations.audit.rules import Names
    from edgewise.citations.audit.settings import AuditSettings
    from edgewise.citations.ledger.entries import LedgerEntry
    from edgewise.citations.reading.model import Article
    from edgewise.graph.loaded import Loaded


_ALONE = "{} goes with a guideline, and a manuscript is judged alone; leave it out, or begin a guideline with 'edgewise article'"


class ReportFormat(StrEnum):
    """The formats of `edgewise.citations.audit.reports`."""

    text = "text"
    json = "json"
    sarif = "sarif"
    csv = "csv"
    html = "html"


def audit(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="GUIDELINE|FILE...",
            help="Guidelines, each by id, folder or file; or manuscripts: articles and reference lists, or a folder of them.",
            show_default=False,
        ),
    ],
    article: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="The article (.txt, .md, .html, JATS .xml, .docx, .pdf), read and never kept; else the article.txt beside the guideline.",
            show_default=False,
        ),
    ] = None,
    ledger: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Ledger of sign-offs: a file, sqlite:///PATH or postgresql+psycopg://…", show_default=False),
    ] = None,
    looked_up: Annotated[
        bool, typer.Option("--looked-up", help="Judge also by the answers that 'edgewise resolve' keeps; nothing is sent.")
    ] = False,
    authors: Annotated[
        str | None,
        typer.Option(
            "--names", metavar="N|all", help="How many authors of a work the house style asks for; settings say it too.", show_default=False
        ),
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", metavar="N", min=0, max=64, help="Manuscripts read at once; 0: as many as there are processors.")
    ] = 0,
    encoding: Encoding = None,
    to: Annotated[ReportFormat, typer.Option("--format", help="Format of the report.")] = ReportFormat.text,
    as_json: AsJson = False,
    output: Output = None,
) -> int:
    """Find every fault of the citation links of a guideline, an article or a reference list, with the place, the reason and the repair.

    Articles (JATS .xml, .docx, .pdf, .html, .md, .txt) and reference lists (.bib, .ris, CSL .json, .nbib, .enw, .ciw, XML of
    PubMed and EndNote) are judged as they are, by what the
    file itself says of markers and references; a folder without a guideline is searched for them. Nothing of them is kept.

    Without --article, --ledger or --looked-up, the rules that need them do not run, and the report names them; an article.txt that lies
    beside the guideline is read without being named. Settings come from the table [tool.edgewise.audit] of the nearest pyproject.toml and
    from the guideline itself. --json is --format json. Exit
    code 0: nothing but notes; 1: errors or warnings; 2: cannot continue, or a manuscript that cannot be read (the others are judged
    all the same). Several guidelines are told as text or as a list in JSON; an article and the other formats ask for one guideline.
    Manuscripts, however many, make one report in any format.

    Examples:
      edgewise audit sacroiliac-sclerosis
      edgewise audit sacroiliac-sclerosis --article article.txt --format html --output audit.html
      edgewise audit my-guideline/ --ledger signed.sqlite --json
      edgewise audit manuscript.docx
      edgewise audit submissions/ --format sarif --output audit.sarif
    """
    from edgewise.citations.audit.engine import examine
    from edgewise.citations.audit.reports import summary
    from edgewise.explorer.cli.manuscripts import are_manuscripts
    from edgewise.explorer.shell.user_files import ledger_file

    form = ReportFormat.json if as_json else to
    asked = _names(authors)
    if are_manuscripts(names):
        if article or ledger:
            raise Refused(_ALONE.format("--article" if article else "--ledger"))
        return _manuscripts(names, form, output, jobs=jobs, looked_up=looked_up, encoding=encoding or "", authors=asked)
    if encoding is not None:
        raise Refused("--encoding goes with a manuscript; a guideline is UTF-8")
    several = form in (ReportFormat.text, ReportFormat.json) and article is None
    found = [_subject(one, article, ledger, looked_up=looked_up) for one in _loaded(names, several=several)]
    reports = [(examine(subject, settings.asking_for(asked)), subject) for subject, settings in found]
    reads = (*(subject.article.name for subject, _ in found if subject.article), *ledger_file(ledger))
    _hand_over(reports, form, output, reads)
    if output is not None and str(output) != STDOUT and not as_json:
        show([f"{output}: {summary(report)}" for report, _ in reports])
    return FINDINGS if any(finding.severity != "note" for report, _ in reports for finding in report.findings) else CLEAN


def _names(said: str | None) -> Names | None:
    """How many names are asked for; None if nothing is said."""
    from edgewise.citations.audit.settings import read_names

    found = None if said is None else read_names(said)
    if said is not None and found is None:
        raise Refused(f"--names {said[:40]!r} is no number of names; write a number from 1 on, or 'all'")
    return found


def _manuscripts(
    names: list[str], form: ReportFormat, output: Path | None, *, jobs: int, looked_up: bool, encoding: str, authors: Names | None
) -> int:
    from edgewise.explorer.cli.manuscripts import audit_manuscripts
    from edgewise.explorer.shell.user_files import answers_folder

    answers = answers_folder() if looked_up else None
    return audit_manuscripts(names, form.value, output, jobs=jobs, answers=answers, encoding=encoding, authors=authors)


def _loaded(names: list[str], *, several: bool) -> list[Loaded]:
    from edgewise.explorer.cli.intake import load, load_all

    if several:
        return [loaded for name in names for loaded in load_all(name)]
    if len(names) > 1:
        raise Refused("an article and the formats sarif, csv and html ask for one guideline; name one, or leave them out")
    return [load(names[0])]


def _subject(loaded: Loaded, article: str | None, ledger: str | None, *, looked_up: bool) -> tuple[Audited, AuditSettings]:
    from edgewise.citations.audit.engine import Audited
    from edgewise.citations.audit.settings import find_settings

    standings = None
    orphans: tuple[LedgerEntry, ...] = ()
    text = _article(article, loaded.file)
    if ledger is not None:
        from edgewise.citations.ledger.signoffs import orphans as lost
        from edgewise.citations.ledger.signoffs import standings as judged
        from edgewise.citations.ledger.store import open_ledger

        entries = open_ledger(ledger).entries(loaded.guideline.iri)
        standings, orphans = judged(loaded.guideline, entries), lost(loaded.guideline, entries)
    answers = None
    if looked_up:
        from edgewise.citations.lookup.kept_answers import kept_answers
        from edgewise.explorer.shell.user_files import answers_folder

        answers = kept_answers(loaded.guideline, answers_folder()) or None
    subject = Audited(loaded.guideline, loaded, text, standings, orphans, answers)
    return subject, find_settings(loaded.file)


def _article(named: str | None, guideline: str) -> Article | None:
    """The article that was named, else the one beside the guideline."""
    from edgewise.citations.reading.article import article_beside, read_article

    file = named if named is not None else article_beside(guideline)
    return None if file is None else read_article(file)


def _hand_over(reports: list[tuple[Report, Audited]], to: ReportFormat, output: Path | None, reads: tuple[str, ...]) -> None:
    from edgewise.citations.audit.reports import csv_text, html_page, json_payload, sarif, text_lines
    from edgewise.explorer.cli.manuscripts import release

    report, subject = reports[0]
    guideline = subject.source.file
    reads = (*(one.source.file for _, one in reports[1:]), *reads)
    if to is ReportFormat.text:
        lines = (line for rank, (one, _) in enumerate(reports) for line in (*([""] if rank else []), *text_lines(one)))
        deliver_lines(lines, output, reads=(guideline, *reads))
    elif to is ReportFormat.json:
        payload = [json_payload(one) for one, _ in reports]
        deliver_json(payload if len(payload) > 1 else payload[0], output, guideline=guideline, reads=reads)
    elif to is ReportFormat.sarif:
        deliver_json(sarif(report, release()), output, guideline=guideline, reads=reads)
    else:
        text = csv_text(report) if to is ReportFormat.csv else html_page(report, subject.guideline)
        deliver(text, output, guideline=guideline, reads=reads)
