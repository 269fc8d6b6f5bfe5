"""Cases that follow their guideline: what is renamed in it bears its new name in what refers to it beside it, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from edgewise.graph.drafting.applying import applied
from edgewise.graph.drafting.edits import Edit, Follow, Put, Rename
from edgewise.graph.drafting.entries import entries


@dataclass(frozen=True, slots=True)
class Following:
    """What becomes of cases.

    Attributes:
        edits: of the file of cases; none where it names nothing that is renamed.
        cases: how many of its cases change by them; none where it is their guideline that is renamed.
    """

    edits: tuple[Edit, ...] = ()
    cases: int = 0


def following(text: str, cases: str, edits: Sequence[Edit]) -> Following:
    r"""What the cases beside a guideline follow of edits on it.

    Args:
        text: the guideline's YAML, before the edits.
        cases: that of its cases; empty for none.
        edits: of the guideline.

    Raises:
        EditRefused: cases cannot follow; the finding says where and why.
        SourceError: a text cannot be read.

    >>> beside = "guideline: g\ncases:\n- {id: c, stages: [{expect: rest}]}\n- {id: d, stages: [{expect: walk}]}\n"
    >>> following("id: g\nsteps:\n- {id: rest}\n", beside, [Rename("rest", "bed-rest")])
    Following(edits=(Follow(at='rest', id='bed-rest'),), cases=1)
    """
    renames = [one for one in edits if isinstance(one, Rename)]
    if not renames or not cases.strip():
        return Following()
    along = [*_heading(text, cases, renames), *(Follow(one.at, one.id) for one in renames if one.at)]
    followed = applied(cases, *along, kind="cases")
    if followed == cases:
        return Following()
    before, after = (_listed(one) for one in (cases, followed))
    return Following(tuple(along), sum(one != other for one, other in zip(before, after, strict=True)))


def _listed(cases: str) -> list[Any]:
    held = entries(cases, "cases")[""].data.get("cases")
    return held if isinstance(held, list) else []


def _heading(text: str, cases: str, renames: Sequence[Rename]) -> list[Edit]:
    """The new id of the guideline, where cases are those of this one."""
    known, beside = entries(text).get(""), entries(cases, "cases").get("")
    ours = known and beside and beside.data.get("guideline") == known.data.get("id")
    return [Put("", "guideline", one.id) for one in renames if not one.at and ours]
