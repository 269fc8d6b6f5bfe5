"""A document written out: keys in their order, lists set in by two, what stands in brackets left there as long as it fits on its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edgewise.graph.formatting.order import Order
from edgewise.graph.formatting.scalars import WIDTH, in_block, on_one_line
from edgewise.graph.formatting.tree import Collection, Entry, Node, Scalar

STEP = 2


def lines(root: Collection, order: Order) -> Iterator[str]:
    """The lines of a document without its head and foot."""
    yield from _entries(root, 0, order)


def _entries(collection: Collection, indent: int, order: Order) -> Iterator[str]:
    """The lines of all entries with the comments above and below them."""
    margin = " " * indent
    for number, entry in enumerate(_sorted(collection, order)):
        above = _above(entry, order)
        yield from (f"{margin}{comment}" if comment else "" for comment in (above if number else _without_gap(above)))
        yield from _entry(entry, indent, order)
        yield from (f"{margin}{comment}" if comment else "" for comment in entry.below)


def _above(entry: Entry, order: Order) -> list[str]:
    """The comments above an entry; behind a hyphen there is no room for those on the first key, which join them."""
    value = entry.value
    if entry.key is not None or isinstance(value, Scalar) or not value.entries:
        return entry.before
    first = _sorted(value, order)[0]
    inner = [comment for comment in _above(first, order.below(first.key.text) if first.key else order) if comment]
    if _inline(value, order) is not None:
        return entry.before
    above, first.before = [*entry.before, *entry.beside, *inner], []
    entry.beside = []
    return above


def _sorted(collection: Collection, order: Order) -> list[Entry]:
    """The entries of a mapping in the order of their keys; those of a list as they stand, for their order says something."""
    if collection.is_list:
        return collection.entries
    return sorted(collection.entries, key=lambda entry: order.rank(entry.key.text if entry.key else ""))


def _entry(entry: Entry, indent: int, order: Order) -> Iterator[str]:
    """The lines of an entry: the first set in by its indent."""
    inner = order.below(entry.key.text) if entry.key else order
    lead = f"{on_one_line(entry.key)}:" if entry.key else "-"
    *above, beside = entry.beside or [""]
    yield from (f"{' ' * indent}{comment}" for comment in above)
    told = _value(entry, lead, indent, inner)
    if beside:  # behind a list in brackets that goes on, the comment stands where they are closed
        place = -1 if told[0].endswith(",") and isinstance(entry.value, Collection) else 0
        told[place] += f"  {beside}"
    yield f"{' ' * indent}{told[0]}"
    yield from told[1:]


def _value(entry: Entry, lead: str, indent: int, order: Order) -> list[str]:
    """The lines of a value behind its key or hyphen; the first is not set in yet."""
    value = entry.value
    if isinstance(value, Scalar):
        first, *rest = in_block(value, indent + STEP, indent + len(lead) + 1)
        return [f"{lead} {first}".rstrip(), *rest]
    inline = _inline(value, order)
    if inline is not None and indent + len(lead) + 1 + len(inline) <= WIDTH:
        return [f"{lead} {inline}"]
    if inline is not None and value.is_list and all(isinstance(one.value, Scalar) for one in value.entries):
        return _filled(value, lead, indent)
    return _set_in(value, lead, indent, order)


def _set_in(value: Collection, lead: str, indent: int, order: Order) -> list[str]:
    """A block under its key; behind a hyphen its first line stands on the same line."""
    inner = indent + STEP
    made = list(_entries(value, inner, order))
    if lead != "-":
        return [lead, *made]
    return [f"- {made[0][inner:]}", *made[1:]]


def _inline(node: Node, order: Order) -> str | None:
    """A value in brackets on one line; None where it was not written in brackets, or bears comments."""
    if isinstance(node, Scalar):
        return None if node.style in ("|", ">") else on_one_line(node)
    if not node.flow or any(entry.before or entry.beside or entry.below for entry in node.entries):
        return None
    parts = []
    for entry in _sorted(node, order):
        inner = order.below(entry.key.text) if entry.key else order
        inside = _inline(entry.value, inner)
        if inside is None:
            return None
        parts.append(f"{on_one_line(entry.key)}: {inside}" if entry.key else inside)
    held = ", ".join(parts)
    return f"[{held}]" if node.is_list else f"{{{held}}}"


def _filled(value: Collection, lead: str, indent: int) -> list[str]:
    """A list of ids or words that is too long for a line: on as many as it needs."""
    made = [f"{lead} ["]
    parts = [on_one_line(entry.value) for entry in value.entries if isinstance(entry.value, Scalar)]
    for number, part in enumerate(parts):
        told = f"{part}]" if number == len(parts) - 1 else f"{part},"
        used = len(made[-1]) + (indent if len(made) == 1 else 0)
        if not made[-1].endswith("[") and used + 1 + len(told) > WIDTH:
            made.append(" " * (indent + STEP))
        made[-1] += told if made[-1].endswith("[") or not made[-1].strip() else f" {told}"
    return made


def _without_gap(before: Iterable[str]) -> list[str]:
    """Without a blank line at the beginning of a block."""
    kept = list(before)
    while kept and not kept[0]:
        kept = kept[1:]
    return kept
