"""`edgewise rule`: why a rule of the audit matters, and how to mend what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from edgewise.explorer.cli.exits import CLEAN
from edgewise.explorer.cli.options import AsJson
from edgewise.explorer.cli.terminal import show, show_json

if TYPE_CHECKING:  # help needs none of it
    from edgewise.citations.audit.rules import Rule


def rule(
    name: Annotated[
        str | None, typer.Argument(metavar="ID", help="Id or name of a rule; all are listed if left out.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Explain a rule of the audit: what it finds, why that matters, how to mend it, how to switch it off.

    Examples:
      edgewise rule
      edgewise rule M101
      edgewise rule orphan-marker --json
    """
    from edgewise.citations.audit.rules import RULES, find_rule

    chosen = RULES if name is None else (find_rule(name),)
    if as_json:
        show_json({"rules": [_rule_payload(one) for one in chosen]})
    elif name is None:
        show(f"{one.id}  {one.name:24} {one.severity}" for one in chosen)
    else:
        show(_explained(chosen[0]))
    return CLEAN


def _rule_payload(one: Rule) -> dict[str, Any]:
    from edgewise.citations.audit.rule_pages import address

    return {
        "id": one.id, "name": one.name, "family": one.family, "severity": one.severity,
        "why": one.why, "fix": one.fix, "needs": list(one.needs), "page": address(one.id) or None,
    }  # fmt: skip


def _explained(one: Rule) -> list[str]:
    from edgewise.citations.audit.rule_pages import NEEDS, address, switching

    page = address(one.id)
    return [
        f"{one.id} {one.name} ({one.severity}; {one.family})",
        "",
        f"Why it matters: {one.why}",
        f"How to fix:     {one.fix}",
        f"Needs:          the guideline{''.join(f', {NEEDS[given]}' for given in one.needs)}",
        *([f"With examples:  {page}"] if page else []),
        "",
        *(line for told, written in switching(one) for line in (f"{told}:", f"    {written}")),
    ]
