"""A guideline's YAML in house layout, or a refusal: what would change its meaning, or lose a comment, is not done."""

from __future__ import annotations

from edgewise.graph.formatting.comments import attach, comments
from edgewise.graph.formatting.layout import lines
from edgewise.graph.formatting.order import cases_order, guideline_order
from edgewise.graph.formatting.tree import Collection, parse
from edgewise.graph.reading.problems import fail
from edgewise.graph.reading.strict import decode, strict_yaml


def formatted(text: str | bytes, name: str) -> str:
    r"""The same document in house layout.

    Args:
        text: of a guideline.yaml or a cases.yaml; bytes must be UTF-8.
        name: of the file, for messages.

    Raises:
        SourceError: it is not YAML that Edgewise reads; every reason is in it.

    >>> print(formatted("title:   Hips # really\nid: g\nsteps:\n- {type: Treatment,id: a}", "g.yaml"), end="")
    id: g
    title: Hips  # really
    steps:
      - {id: a, type: Treatment}
    """
    before, _ = strict_yaml(text, name, allow_empty=True, format="yaml")
    plain = decode(text, name).replace("\r\n", "\n").replace("\r", "\n")
    root = parse(plain)
    if not isinstance(root, Collection):
        raise fail(name, "not-a-guideline", "the file is not a mapping of keys", 1, "write a guideline as docs/model.md tells")
    told = sorted(comment.text for comment in comments(plain, root))
    is_cases = isinstance(before, dict) and "cases" in before and "guideline" in before
    head, foot = attach(plain, root)
    made = _joined([*head, *([""] if head else []), *lines(root, cases_order() if is_cases else guideline_order()), *foot])
    _prove(made, name, before, told)
    return made


def _joined(made: list[str]) -> str:
    """One text: blank lines at the end are left out, and it ends in a line break."""
    return "\n".join(made).rstrip("\n ") + "\n"


def _prove(made: str, name: str, before: object, told: list[str]) -> None:
    """Read it again: it says the same, and has the same comments."""
    again, _ = strict_yaml(made, name, allow_empty=True, format="yaml")
    if again == before and sorted(comment.text for comment in comments(made, parse(made))) == told:
        return
    message = "this file is written in a way that could not be laid out anew without a change of what it says"
    raise fail(name, "not-formatted", message, 0, "nothing was changed; write what is unusual in it more plainly, and please report it")
