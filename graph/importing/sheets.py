"""A guideline while it is written from somebody else's file: ids are given, texts made to fit, what is not said is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from edgewise.graph.importing.imported import Imported, Unread
from edgewise.graph.importing.names import Names, slug
from edgewise.graph.reading.strict import forbidden

_LABEL, _EDGE_LABEL, _QUESTION, _TEXT, _TITLE = 200, 120, 500, 1000, 300  # characters that the shapes allow
_NOTE = 2000
_LISTS = ("phases", "steps", "observables", "transitions", "references", "notes", "bundles", "alternatives")
_MOST_NOTES = 300  # of what could not be read; whoever meets more of them needs another importer


class Sheet:
    """Builds an `Imported`.

    Args:
        name: of the imported file.
        format: what the file is, as readers call it: ``DMN 1.3``.
        title: of the guideline, where the file names one.

    >>> from decimal import Decimal
    >>> sheet = Sheet("fever.dmn", "DMN 1.3", title="Fever")
    >>> fever = sheet.observable("Temperature", "quantity", unit="Cel")
    >>> ask, cool = sheet.step("Ask", "Presentation"), sheet.step("Cool", "Treatment")
    >>> edge = sheet.edge(ask, cool, "38 or more", when={"observable": fever, "atLeast": Decimal(38), "unit": "Cel"})
    >>> sheet.unread(9, "cell 'x(y)'", "Functions are not read.", about=[edge])
    >>> found = sheet.finished()
    >>> found.sheet["transitions"][0]["to"], found.sheet["notes"][0]["text"]
    ('cool', "Not read from fever.dmn, line 9: cell 'x(y)'. Functions are not read.")
    """

    def __init__(self, name: str, format: str, *, title: str = "") -> None:
        self.file = re.split(r"[\\/]", name)[-1]
        self.format = format
        self._names = Names()
        stem = self.file.rpartition(".")[0] or self.file
        self._head: dict[str, Any] = {"id": Names().new(stem if slug(stem) else title, "guideline")}
        if plain(title):
            self._head["title"] = _cut(plain(title), _TITLE)
        self._lists: dict[str, list[dict[str, Any]]] = {key: [] for key in _LISTS}
        self._unread: list[tuple[Unread, tuple[str, ...]]] = []
        self._asked: dict[str, str] = {}
        self._entries: dict[tuple[str, str], dict[str, Any]] = {}

    def say(self, key: str, value: Any) -> None:
        """Set a key of the guideline itself, such as ``publisher`` or ``updated``, where the file says it."""
        if value := _fitting(value):
            self._head[key] = value

    def phase(self, label: str) -> str:
        """A phase, in the order in which they are made; its id."""
        found = self._labelled(label, "phase", f"phase {label}")
        found["order"] = len(self._lists["phases"]) + 1
        return self._add("phases", found)

    def step(
        self,
        label: str,
        kind: str | list[str],
        *,
        summary: str = "",
        phase: str = "",
        yields: Iterable[str] = (),
        id: str = "",
        **more: Any,
    ) -> str:
        """A step; its id.

        Args:
            label: as the file has it; what does not fit goes to the summary whole.
            kind: ``Presentation``, ``Investigation``, ``Treatment``, ``Endpoint`` or ``[Endpoint, Treatment]``.
            summary: what the file says of it besides; without it the label says all there is.
            phase: id of a phase; without it the guideline's first.
            yields: ids of observables.
            id: what to call it, where not by its label.
            more: further keys of a step in docs/model.md.
        """
        found = self._labelled(label, "step", id)
        found["type"] = kind
        found["summary"] = _cut(plain(summary) or plain(label) or found["label"], _TEXT)
        found |= {"phase": phase, "yields": list(dict.fromkeys(yields))}
        return self._add("steps", found, more)

    def observable(self, label: str, value_type: str, *, question: str = "", choices: Iterable[tuple[str, str]] = (), **more: Any) -> str:
        """A question; its id.

        Args:
            label: as the file has it.
            value_type: ``yes-no``, ``choice``, ``quantity``, ``count`` or ``score``.
            question: in the file's words; without one the label is asked for.
            choices: value (made by `code`) and label of each.
            more: further keys of an observable: ``unit`` (of a quantity ``1`` where the file names none), ``min``, ``max``, ``help`` …
        """
        found = self._labelled(label, "observable")
        found["question"] = _cut(plain(question) or f"{found['label']}?", _QUESTION)
        found["valueType"] = value_type
        if value_type == "quantity":
            more = {"unit": "1", **more}
        found["choices"] = [{"value": value, "label": _cut(plain(text) or value, _LABEL)} for value, text in choices]
        return self._add("observables", found, more)

    def edge(
        self,
        source: str,
        target: str,
        label: str,
        *,
        when: Mapping[str, Any] | None = None,
        stated_by: str = "source",
        id: str = "",
        **more: Any,
    ) -> str:
        """An edge between two steps; its id.

        Args:
            source: id of the step that it leaves.
            target: id of the step that it leads to.
            label: a few words, as the file has them.
            when: its criterion in the keys of docs/model.md; None: always. It is the word of whoever states the edge.
            stated_by: ``source`` where the file itself says it.
            id: what to call it, where the ends alone do not tell it from others.
            more: ``role``, ``note``.
        """
        said = plain(label) or "always"
        found: dict[str, Any] = {"id": self._names.new(id or f"{source}-to-{target}", "edge"), "from": source, "to": target}
        found |= {"label": _cut(said, _EDGE_LABEL), "when": {"statedBy": stated_by, **when} if when else None, "statedBy": stated_by}
        if len(said) > _EDGE_LABEL:
            more = {**more, "note": f"{said}\n{more['note']}" if more.get("note") else said}
        return self._add("transitions", found, more)

    def reference(self, title: str, **more: Any) -> str:
        """A work that the file names; its id. `more` are keys of a reference: ``container``, ``author``, ``year``, ``identifiers`` …"""
        found = {"id": self._names.new(f"reference-{len(self._lists['references']) + 1}", "reference")}
        return self._add("references", found | {"position": len(self._lists["references"]) + 1, "title": _cut(plain(title), _TEXT)}, more)

    def note(self, text: str, about: Iterable[str] = (), *, stated_by: str = "modeller") -> str:
        """What the file says beside its pathway; `about` are ids, without any it is the pathway's beginning. Its id."""
        found = {"id": self._names.new(f"note-{len(self._lists['notes']) + 1}", "note"), "text": _cut(_lines(text), _NOTE)}
        return self._add("notes", found | {"statedBy": stated_by, "about": list(dict.fromkeys(about))})

    def extend(self, key: str, entry: dict[str, Any], *, named: str = "") -> str:
        """An entry of another list of the guideline, such as ``bundles``; it gets its id from its label, or from what it is `named`."""
        self._lists.setdefault(key, [])
        return self._add(key, {"id": self._names.new(named or str(entry.get("label", key)), slug(key) or "entry"), **entry})

    def amend(self, key: str, id: str, more: Mapping[str, Any]) -> None:
        """Say more of an entry that was made before, such as what stands behind a step."""
        self._entries[key, id] |= _said(more)

    def unread(self, line: int, what: str, why: str, *, about: Iterable[str] = ()) -> None:
        """Name what could not be read; it becomes a note about these ids, too."""
        self._unread.append((Unread(line, _cut(plain(what), 300), _cut(plain(why), 300)), tuple(about)))

    def asked(self, condition: str, line: int, why: str) -> dict[str, Any]:
        """The criterion for a condition that could not be read: a question of its own, since an edge without one is open to everybody.

        >>> sheet = Sheet("a.dmn", "DMN 1.3")
        >>> sheet.asked("f(x) > 2", 4, "Functions are not read.")
        {'observable': 'condition-f-x-2', 'is': 'yes'}
        >>> sheet.finished().sheet["observables"][0]["question"]
        'Does this hold: "f(x) > 2"?'
        """
        said = plain(condition)
        if said not in self._asked:
            whole = f'Does this hold: "{said}"?'
            rest = said if len(whole) > _QUESTION else ""
            self._asked[said] = self.observable(f"condition {said}", "yes-no", question=whole, help=_cut(rest, _TEXT))
        self.unread(line, f'condition "{said}"', why, about=[self._asked[said]])
        return {"observable": self._asked[said], "is": "yes"}

    def finished(self) -> Imported:
        """The guideline, with what could not be read among its notes."""
        if self._lists["steps"] and not self._lists["phases"]:
            self.phase(self._head.get("title") or self.format)
        first = {"phase": self._lists["phases"][0]["id"]} if self._lists["phases"] else {}
        self._lists["steps"] = [{**step, **({} if step.get("phase") else first)} for step in self._lists["steps"]]
        self._unread.sort(key=lambda told: told[0].line)
        self._tell_unread()
        beginning = [step["id"] for step in self._lists["steps"][:1]]
        notes = [{**note, "about": note.get("about") or beginning} for note in self._lists["notes"]]
        self._lists["notes"] = [note for note in notes if note["about"]]
        lists = {key: entries for key, entries in self._lists.items() if entries}
        order = [*("phases", "steps", "observables", "transitions"), *lists]
        found = {**self._head, "draft": True, **{key: lists[key] for key in dict.fromkeys(order) if key in lists}}
        return Imported(found, tuple(unread for unread, _ in self._unread), self.format)

    def _tell_unread(self) -> None:
        for unread, about in self._unread[:_MOST_NOTES]:
            place = f", line {unread.line}" if unread.line else ""
            self.note(f"Not read from {self.file}{place}: {unread.what}. {unread.why}", about, stated_by="editor")
        if len(self._unread) > _MOST_NOTES:
            self.note(f"{len(self._unread) - _MOST_NOTES} more things in {self.file} were not read.", stated_by="editor")

    def _labelled(self, label: str, kind: str, name: str = "") -> dict[str, Any]:
        said = plain(label)
        return {"id": self._names.new(name or said, kind), "label": _cut(said or kind.capitalize(), _LABEL)}

    def _add(self, key: str, entry: dict[str, Any], more: Mapping[str, Any] | None = None) -> str:
        whole = entry | dict(more or {})
        found = self._entries[key, str(entry["id"])] = _said(whole)
        self._lists[key].append(found)
        return str(entry["id"])


def plain(text: str) -> str:
    r"""A text on one line, without what no guideline may hold.

    >>> plain("a\n b\x85c")
    'a b c'
    """
    return " ".join(_allowed(text).split())


def code(label: str, taken: Iterable[str] = ()) -> str:
    """The value of a choice: its label where that is a short code already, else one made from it that is not `taken`.

    >>> code("A+"), code("Medium"), code("-", ["value"]), code("x" * 70) == "x" * 48
    ('a', 'Medium', 'value-2', True)
    """
    held = set(taken)
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}", label) and label not in held:
        return label
    return Names(held).new(label, "value")


def _lines(text: str) -> str:
    return "\n".join(plain(line) for line in text.splitlines()).strip()


def _allowed(text: str) -> str:
    return text if not forbidden(text) else "".join(" " if forbidden(sign) else sign for sign in text)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _said(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What of an entry says something, in texts that fit."""
    return {name: value for name, value in ((n, _fitting(v)) for n, v in entry.items()) if value not in (None, "", [])}


def _fitting(value: Any) -> Any:
    return _lines(value) if isinstance(value, str) else value
