"""The statements of a Mermaid flow chart, as its own grammar has them: nodes with shapes, links in chains, subgraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from edgewise.graph.importing.mermaid.texts import shown

_SHAPES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("(((", (")))",), "double-circle"), ("((", ("))",), "circle"), ("([", ("])",), "stadium"), ("(-", ("-)",), "ellipse"),
    ("[[", ("]]",), "subroutine"), ("[(", (")]",), "cylinder"), ("[/", ("/]", "\\]"), "slanted"), ("[\\", ("\\]", "/]"), "slanted"),
    ("{{", ("}}",), "hexagon"), ("(", (")",), "rounded"), ("[", ("]",), "rectangle"), ("{", ("}",), "diamond"), (">", ("]",), "flag"),
)  # fmt: skip
"""What opens a shape, what closes it, what it is called here."""
_NAMED = {
    **dict.fromkeys(("diam", "decision", "diamond", "question", "choice"), "diamond"),
    **dict.fromkeys(("hex", "hexagon", "prepare"), "hexagon"),
    **dict.fromkeys(("stadium", "terminal", "pill"), "stadium"),
    **dict.fromkeys(("circle", "circ", "sm-circ", "start", "small-circle", "stateStart"), "circle"),
    **dict.fromkeys(("dbl-circ", "double-circle", "doublecircle", "fr-circ", "stop", "framed-circle", "stateEnd"), "double-circle"),
    **dict.fromkeys(("f-circ", "junction", "filled-circle", "fork", "join", "forkJoin"), "junction"),
    **dict.fromkeys(("comment", "brace", "brace-l", "brace-r", "braces", "note"), "comment"),
}
_ID = re.compile(r"(?:[^\s\[\](){}<>|;\"@&:,~=-]|[:,](?!:)|-(?![->.])|=(?!=)|~(?!~)|@(?!\{)(?![-=.<xo~ ]*[-=~]))+")
_LINK = re.compile(r"(?P<head>[xo<])?(?:--+(?P<tail1>[-xo>])|==+(?P<tail2>[=xo>])|-?\.+-(?P<tail3>[xo>])?|~~~+)")
_BEGUN = re.compile(r"(?P<head>[xo<])?(?P<kind>--|==|-\.)(?![-=>.])")
_CLOSING = {"--": re.compile(r"--+([-xo>])"), "==": re.compile(r"==+([=xo>])"), "-.": re.compile(r"\.+-([xo>])?")}
_LINK_ID = re.compile(r"[^\s\"{}@;]+@(?=\s*[xo<]?(?:--|==|-?\.+-|-\.))")
_CLASS = re.compile(r"(?::::\w+(?:-\w+)*)+")
_LOOKS = re.compile(r"(?:style|linkStyle|classDef|class|click|direction)\s[^\n]*")
_TITLES = re.compile(r"acc(Title|Descr)\s*(?::\s*([^\n]*)|\{([^}]*)\})")
_SUBGRAPH = re.compile(r"subgraph\b[ \t]*([^\n;]*)")
_SUBGRAPH_NAMED = re.compile(r"(?P<id>[^\s\[\"]+)?\s*\[(?P<title>.*)\]\s*", re.DOTALL)
_END = re.compile(r"end\b(?=[ \t]*(?:[\n;%]|$))")
_LONGEST_LABEL = 2_000
MOST_LINKS = 20_000  # a few ampersands make millions
_DATA = re.compile(r"""(\w+)\s*:\s*(?:"([^"]*)"|'([^']*)'|([^,}\n]*))""")


@dataclass(slots=True)
class Drawn:
    """A node as it is drawn; the last text given to it counts."""

    id: str
    line: int
    label: str = ""
    shape: str = "rectangle"
    group: str = ""


@dataclass(slots=True)
class Link:
    """A link between two nodes, or subgraphs, by their ids."""

    source: str
    target: str
    line: int
    label: str
    drawn: str


@dataclass(slots=True)
class Group:
    """A subgraph; `parent` is the id of the one around."""

    id: str
    line: int
    title: str
    parent: str = ""


@dataclass(slots=True)
class Statements:
    """All that a chart says.

    Attributes:
        nodes, links, groups: in the file's order.
        title, description: for readers who do not see it.
        unread: line, text and reason of what could not be read.
    """

    nodes: dict[str, Drawn] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    groups: dict[str, Group] = field(default_factory=dict)
    title: str = ""
    description: str = ""
    unread: list[tuple[int, str, str]] = field(default_factory=list)


def statements_of(text: str, line: int) -> Statements:
    r"""What the text of a flow chart says, from behind its keyword on.

    Args:
        text: of the chart.
        line: on which it begins.

    >>> found = statements_of("\n A[Fever?] -->|yes| B & C@{ shape: diam, label: \"x\" }", 1)
    >>> [(link.source, link.target, link.label, link.line) for link in found.links], found.nodes["C"].shape
    ([('A', 'B', 'yes', 2), ('A', 'C', 'yes', 2)], 'diamond')
    """
    cursor = _Cursor(text, line)
    cursor.document()
    return cursor.found


class _Stop(Exception):
    """The rest of a statement cannot be read; why, says the message."""


class _Cursor:
    def __init__(self, text: str, line: int) -> None:
        self.text, self.at, self.found = text, 0, Statements()
        self._line, self._counted = line, 0
        self._open: list[Group] = []
        self._edges: set[str] = set()

    @property
    def line(self) -> int:
        if self.at >= self._counted:
            self._line += self.text.count("\n", self._counted, self.at)
        else:
            self._line -= self.text.count("\n", self.at, self._counted)
        self._counted = self.at
        return self._line

    def document(self) -> None:
        """Read statement after statement; what cannot be read is named, and reading goes on with the next line."""
        while self._skip():
            begun, line = self.at, self.line
            try:
                self._statement()
            except _Stop as stop:
                end = self.text.find("\n", max(self.at, begun + 1))
                self.at = len(self.text) if end < 0 else end
                self.found.unread.append((line, self.text[begun : self.at].strip().split("\n")[0][:200], str(stop)))
        for group in self._open:
            self.found.unread.append(
                (group.line, f"subgraph {group.title}", "Its 'end' is missing; all that follows is taken to be in it.")
            )

    def _skip(self) -> bool:
        """Pass over space, comments and directives; whether anything is left."""
        while True:
            match = re.compile(r"[\s;]+|%%\{.*?\}%%|%%[^\n]*", re.DOTALL).match(self.text, self.at)
            if match is None:
                return self.at < len(self.text)
            self.at = match.end()

    def _statement(self) -> None:
        if (titled := self._take(_TITLES)) is not None:
            said = shown(titled[2] if titled[2] is not None else titled[3])
            self.found.title, self.found.description = (said, self.found.description) if titled[1] == "Title" else (self.found.title, said)
        elif self._take(_END) is not None:
            self._close()
        elif self._take(_LOOKS) is not None:
            return
        elif (opened := self._take(_SUBGRAPH)) is not None:
            self._subgraph(opened)
        else:
            self._chain()

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.at)
        if match is not None:
            self.at = match.end()
        return match

    # Subgraphs ----------------------------------------------------------------------------------------------------------

    def _subgraph(self, opened: re.Match[str]) -> None:
        said = opened[1].split("%%")[0].strip()
        named = _SUBGRAPH_NAMED.fullmatch(said)
        title = shown(named["title"]) if named else shown(said)
        id = (named["id"] if named and named["id"] else said.strip('"') or f"subgraph on line {self.line}").strip()
        group = Group(id, self.line, title or id, self._open[-1].id if self._open else "")
        self.found.groups.setdefault(id, group)
        self._open.append(group)

    def _close(self) -> None:
        if not self._open:
            raise _Stop("There is no subgraph that it could end.")
        self._open.pop()

    # Nodes and links ----------------------------------------------------------------------------------------------------

    def _chain(self) -> None:
        """Nodes, a link, nodes, and so on."""
        before = self._nodes()
        while (link := self._link()) is not None:
            label, heads, line, drawn = link
            self._spaces(over_lines=True)
            after = self._nodes()
            if drawn.startswith("~"):
                before = after
                continue
            if len(self.found.links) + len(before) * len(after) > MOST_LINKS:
                raise _Stop(f"With it the chart would have more than {MOST_LINKS:,} arrows.")
            for source in before:
                for target in after:
                    self._join(source, target, label, heads, line, drawn)
            before = after
        self._spaces()
        if self.at < len(self.text) and self.text[self.at] not in "\n;\r" and not self.text.startswith("%%", self.at):
            raise _Stop(f"{self.text[self.at]!r} cannot stand here.")

    def _join(self, source: str, target: str, label: str, heads: tuple[str, str], line: int, drawn: str) -> None:
        if heads[1] == "<" and heads[0] == "":
            source, target = target, source
        self.found.links.append(Link(source, target, line, label, drawn))
        if heads == ("<", ">"):
            self.found.links.append(Link(target, source, line, label, drawn))

    def _nodes(self) -> list[str]:
        """Nodes with ``&`` between them; their ids."""
        ids = [self._node()]
        while True:
            begun = self.at
            self._spaces(over_lines=True)
            if not self.text.startswith("&", self.at):
                self.at = begun
                return list(dict.fromkeys(ids))
            self.at += 1
            self._spaces(over_lines=True)
            ids.append(self._node())

    def _node(self) -> str:
        self._spaces(over_lines=False)
        line = self.line
        named = self._take(_ID)
        if named is None:
            raise _Stop("No node could be found here.")
        id = named[0]
        if self.text.startswith("@{", self.at):
            data = self._data()
            if id in self._edges:
                return id
            node = self._note(id, line)
            node.label, node.shape = data.get("label", node.label), _NAMED.get(data.get("shape", ""), data.get("shape", node.shape))
        else:
            node = self._note(id, line)
            self._shape(node)
        self._take(_CLASS)
        return id

    def _note(self, id: str, line: int) -> Drawn:
        node = self.found.nodes.setdefault(id, Drawn(id, line, group=self._open[-1].id if self._open else ""))
        if self._open and not node.group:
            node.group = self._open[-1].id
        return node

    def _shape(self, node: Drawn) -> None:
        for opening, closings, shape in _SHAPES:
            if self.text.startswith(opening, self.at):
                begun = self.at
                self.at += len(opening)
                try:
                    node.label, node.shape = shown(self._until(closings)), shape
                except _Stop:
                    self.at = begun
                    raise
                return

    def _until(self, closings: tuple[str, ...]) -> str:
        """The text up to what closes it; quoted text may hold anything."""
        begun = self.at
        self._spaces(over_lines=True)
        if self.text.startswith('"', self.at):
            end = self.text.find('"', self.at + 1)
            if end < 0:
                raise _Stop("A quotation mark is opened and never closed.")
            text, self.at = self.text[self.at : end + 1], end + 1
            self._spaces(over_lines=True)
            for closing in closings:
                if self.text.startswith(closing, self.at):
                    self.at += len(closing)
                    return text
            self.at = begun
        ends = [(found, closing) for closing in closings if (found := self.text.find(closing, self.at)) >= 0]
        if not ends:
            raise _Stop(f"Its text is never closed by {closings[0]}.")
        end, closing = min(ends)
        if "\n" in (over := self.text[self.at : end]) and re.search(r'[\[\](){}|"]', over):  # it ran into the next statement
            raise _Stop(f"Its text is never closed by {closings[0]}.")
        text, self.at = self.text[self.at : end], end + len(closing)
        return text

    def _data(self) -> dict[str, str]:
        end = re.compile(r"@\{((?:\"[^\"]*\"|[^}\"])*)\}").match(self.text, self.at)
        if end is None:
            raise _Stop("Its braces are never closed.")
        self.at = end.end()
        found = {}
        for match in _DATA.finditer(end[1]):
            value = next((group for group in match.groups()[1:] if group is not None), "")
            found[match[1]] = shown(value) if match[1] == "label" else value.strip()
        return found

    def _link(self) -> tuple[str, tuple[str, str], int, str] | None:
        """Label, heads, line and drawing of a link, where one begins here; it may begin on the next line."""
        begun = self.at
        self._spaces(over_lines=True)
        over_lines = "\n" in self.text[begun : self.at]
        if (named := self._take(_LINK_ID)) is not None:
            self._edges.add(named[0][:-1].strip())
            self._spaces()
        line, at = self.line, self.at
        if over_lines and self.text[at : at + 1] in ("x", "o"):
            self.at = begun
            return None
        if (whole := self._take(_LINK)) is not None:
            self._spaces()
            label = self._piped() if self.text.startswith("|", self.at) else ""
            return label, _heads(whole["head"], whole["tail1"] or whole["tail2"] or whole["tail3"]), line, whole[0].strip()
        if (opened := self._take(_BEGUN)) is not None:
            return self._labelled(opened, line)
        self.at = begun
        return None

    def _labelled(self, opened: re.Match[str], line: int) -> tuple[str, tuple[str, str], int, str]:
        """A link with its label inside: ``-- yes -->``."""
        begun = self.at
        self._spaces(over_lines=True)
        if self.text.startswith('"', self.at) and (end := self.text.find('"', self.at + 1)) > 0:
            self.at = end + 1
        closing = _CLOSING[opened["kind"]].search(self.text, self.at, self.at + _LONGEST_LABEL)
        if opened["head"] == "<" and (closing is None or "\n" in self.text[begun : closing.start()]):
            self.at = begun
            return "", ("", "<"), line, opened[0].strip()
        if closing is None:
            raise _Stop("A link begins here and never ends.")
        label = self.text[begun : closing.start()]
        if label.count("\n") > 3:  # beyond any label: the link's end was forgotten
            raise _Stop("A link begins here and never ends.")
        self.at = closing.end()
        drawn = f"{opened[0].strip()} {closing[0]}"
        return shown(label), _heads(opened["head"], closing[1]), line, drawn

    def _piped(self) -> str:
        self.at += 1
        return shown(self._until(("|",)))

    def _spaces(self, *, over_lines: bool = False) -> None:
        self._take(re.compile(r"(?:\s|%%[^\n]*\n)*" if over_lines else r"[ \t\r]*"))


def _heads(head: str | None, tail: str | None) -> tuple[str, str]:
    """Where a link's arrowheads are: before and after; ``("", "<")`` is one that points backwards alone."""
    points = tail if tail in ("x", "o", ">") else ""
    if head == "<" and not points:
        return "", "<"
    return ("<" if head == "<" else head or ""), points or ""
