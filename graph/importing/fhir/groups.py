"""How the actions of a group are chosen: all, one, any; as bundles, alternatives and roads that are only offered, else by name."""

from __future__ import annotations

from edgewise.graph.importing.fhir.actions import Action, may_be_left
from edgewise.graph.importing.sheets import Sheet

_LEFT = {
    "one-or-more": "They are offered; that at least one has to be chosen is not said in a guideline.",
    "all-or-none": "They are offered as a bundle; that it is all of them or none is not said in a guideline.",
}
_BUNDLED, _EITHER = frozenset(("all", "all-or-none")), frozenset(("exactly-one", "at-most-one"))
_GROUPS_INSIDE = "Groups stand among them, of which a guideline can choose no one."


def role(action: Action) -> str:
    """``option`` where an action, or a group that holds it, may be left out; else ``route``."""
    return "option" if any(map(may_be_left, action.chain())) else "route"


def add_group(group: Action, sheet: Sheet) -> None:
    """Say how the actions of a group are chosen."""
    element = group.element
    chosen, behaviour = element.one("selectionBehavior"), element.text("groupingBehavior")
    looks = behaviour in ("", "visual-group", "sentence-group")
    if not looks and (behaviour != "logical-group" or chosen is None or chosen.value != "all"):
        why = "That they belong together as one is said in a guideline only where all of them are chosen."
        sheet.unread(element.line, f'groupingBehavior "{behaviour}" of "{group.label}"', why, about=group.steps)
    if chosen is None:
        return
    what = f'selectionBehavior "{chosen.value}" of "{group.label}"'
    if chosen.value not in ("any", "one-or-more") and chosen.value not in _BUNDLED | _EITHER:
        sheet.unread(chosen.line, what, "It is none of FHIR's behaviours.", about=group.steps)
        return
    if chosen.value in _LEFT:
        sheet.unread(chosen.line, what, _LEFT[chosen.value], about=group.steps)
    if chosen.value == "any" or chosen.value == "one-or-more" or len(group.children) < 2:
        return
    if any(not child.is_step for child in group.children):
        sheet.unread(chosen.line, what, _GROUPS_INSIDE, about=group.steps)
        return
    based_on = [group.statement] if group.statement else []
    members = [child.step for child in group.children]
    if chosen.value in _BUNDLED:
        sheet.extend("bundles", {"label": group.label[:200], "together": members, "basedOn": based_on})
    else:
        choose = [{"step": member} for member in members]
        sheet.extend("alternatives", {"label": group.label[:200], "choose": choose, "basedOn": based_on})
