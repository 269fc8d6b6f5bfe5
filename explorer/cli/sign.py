"""`edgewise sign`: an editor's verdicts on citations in the ledger, and what the ledger says about each citation now."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

import typer

from edgewise.explorer.cli.exits import Refused
from edgewise.explorer.cli.options import AsJson, GuidelineName
from edgewise.explorer.environment import LEDGER


class VerdictName(StrEnum):
    """The verdicts of `edgewise.citations.ledger.entries`."""

    supported = "supported"
    partly = "partly"
    not_supported = "not-supported"
    wrong_reference = "wrong-reference"
    cant_tell = "cant-tell"


def sign(
    guideline: GuidelineName,
    citation: Annotated[
        str | None,
        typer.Argument(metavar="CITATION", help="Id of a citation, such as s1/citations/2; --status lists them.", show_default=False),
    ] = None,
    verdict: Annotated[VerdictName | None, typer.Argument(metavar="VERDICT", help=", ".join(VerdictName), show_default=False)] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Who signs or withdraws; taken on trust.", show_default=False)] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="Why.", show_default=False)] = "",
    read: Annotated[
        list[str] | None,
        typer.Option(
            "--read",
            metavar="TEXT",
            help="A text of the cited work that was read: a file, or 'abstract' for the one kept; may be repeated.",
            show_default=False,
        ),
    ] = None,
    withdraw: Annotated[
        str | None, typer.Option(metavar="CITATION", help="Take the verdict on this citation back.", show_default=False)
    ] = None,
    editor: Annotated[str, typer.Option(metavar="NAME", help="With --withdraw: whose verdict, if not one's own.", show_default=False)] = "",
    status: Annotated[bool, typer.Option("--status", help="Show what the ledger says about every citation now.")] = False,
    export: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write the whole ledger as JSON Lines; - is standard output.", show_default=False)
    ] = None,
    import_: Annotated[
        str | None,
        typer.Option(
            "--import", metavar="FILE", help="Add the entries of such a file, all or none; - is standard input.", show_default=False
        ),
    ] = None,
    verify: Annotated[bool, typer.Option("--verify", help="Recompute every hash of the ledger.")] = False,
    head: Annotated[
        str,
        typer.Option(metavar="DIGEST", help="With --verify: a head that was noted earlier and must still be there.", show_default=False),
    ] = "",
    ledger: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            envvar=LEDGER,
            help="A file, sqlite:///PATH or postgresql+psycopg://…; the user's own if left out.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Sign a citation off: the editor's verdict whether the reference holds what the statement says.

    The entry keeps fingerprints of what was signed, and expires by itself when statement, citation, reference or the
    article's sentence changes: --status then calls it stale and shows our words then and now. Nothing is overwritten;
    withdrawals are entries too. What is signed is on disk when the command ends. With --read the entry also names what was
    read, by its source, day and fingerprints; no word of it is kept.

    The user's own ledger is one SQLite file for all guidelines (~/.local/share/edgewise/ledger.sqlite on Linux), started by
    the first sign-off. Exit code 1: --verify found something.

    Examples:
      edgewise sign sacroiliac-sclerosis s1/citations/1 supported --name "Ann Lee" --note "Table 2"
      edgewise sign sacroiliac-sclerosis s24/citations/3 partly --name "Ann Lee" --read lee-2020.pdf
      edgewise sign sacroiliac-sclerosis --withdraw s1/citations/1 --name "Ann Lee"
      edgewise sign sacroiliac-sclerosis --status --ledger audits.sqlite
      edgewise sign sacroiliac-sclerosis --export signed.jsonl
      edgewise sign sacroiliac-sclerosis --verify --json
    """
    from edgewise.explorer.cli.sign_desk import Desk

    _refuse_what_does_not_fit(
        {
            "CITATION VERDICT": citation is not None,
            "--withdraw": withdraw is not None,
            "--status": status,
            "--export": export is not None,
            "--import": import_ is not None,
            "--verify": verify,
        },
        {
            "--editor": bool(editor) and withdraw is None,
            "--head": bool(head) and not verify,
            "--name": name is not None and citation is None and withdraw is None,
            "--note": bool(note) and citation is None and withdraw is None,
            "--read": bool(read) and citation is None,
        },
    )
    desk = Desk.open(guideline, ledger, as_json=as_json)
    if citation is not None:
        if verdict is None:
            raise Refused(f"say what the verdict on {citation} is: {', '.join(VerdictName)}")
        return desk.sign(citation, verdict.value, name, note, read or ())
    if withdraw is not None:
        return desk.withdraw(withdraw, name, note, editor)
    if export is not None:
        return desk.export(export)
    if import_ is not None:
        return desk.take(import_)
    return desk.verify(head) if verify else desk.status()


def _refuse_what_does_not_fit(actions: Mapping[str, bool], misplaced: Mapping[str, bool]) -> None:
    """One action at a time, and no option that it would silently ignore."""
    wanted = [action for action, asked in actions.items() if asked]
    if not wanted:
        raise Refused(f"say what to do: one of {', '.join(actions)}")
    if len(wanted) > 1:
        raise Refused(f"{' and '.join(wanted)} cannot be done at once; give one of them")
    for option in (option for option, asked in misplaced.items() if asked):
        raise Refused(f"{option} says nothing about {wanted[0]}; leave it out")
