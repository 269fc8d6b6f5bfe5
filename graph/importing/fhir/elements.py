"""A FHIR resource as elements with their lines, the same whether it was written in JSON or in XML; each remembers whether it was read."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lxml import etree

from edgewise.graph.importing.content import Content, line_of, local, namespace
from edgewise.graph.reading.lines import Marks, Path
from edgewise.graph.reading.strict import Data

FHIR = "http://hl7.org/fhir"
_XHTML = "http://www.w3.org/1999/xhtml"
_BRIEF = 160


class Element:
    """A named piece of a resource.

    Attributes:
        name: as its parent calls it: ``action``, ``valueCodeableConcept``; of the outermost the resource's type.
        line: in the file, counted from 1.
        value: of a primitive, as text.
        kind: the type of a resource; empty of anything else.
        parts: what is inside.

    >>> one = element("PlanDefinition", {"title": "Fever", "action": [{"title": "Cool"}]}, Marks({(): (1, 1)}), ())
    >>> one.text("title"), [part.text("title") for part in one.all("action")], [left.name for left in one.unread()]
    ('Fever', ['Cool'], [])
    """

    __slots__ = ("_seen", "kind", "line", "name", "parts", "value")

    def __init__(self, name: str, line: int, value: str = "", kind: str = "") -> None:
        self.name, self.line, self.value, self.kind = name, line, value, kind
        self.parts: list[Element] = []
        self._seen = False

    def all(self, name: str) -> list[Element]:
        """Its parts of this name; they count as read, what is inside them does not."""
        found = [part for part in self.parts if part.name == name]
        for part in found:
            part._seen = True
        return found

    def one(self, name: str) -> Element | None:
        """The first part of this name; further ones stay unread."""
        found = next((part for part in self.parts if part.name == name), None)
        if found is not None:
            found._seen = True
        return found

    def text(self, name: str) -> str:
        """The value of the first part of this name; empty without one."""
        found = self.one(name)
        return found.value if found is not None else ""

    def choice(self, name: str) -> Element | None:
        """The part of a name that ends in its type, as ``timing[x]`` does.

        >>> action = element("action", {"timingDuration": {"value": "2"}}, Marks(), ())
        >>> action.choice("timing").name
        'timingDuration'
        """
        found = next((part for part in self.parts if part.name.startswith(name) and part.name[len(name) : len(name) + 1].isupper()), None)
        if found is not None:
            found._seen = True
        return found

    def take(self) -> Element:
        """Count it as read with all that is inside."""
        self._seen = True
        for part in self.parts:
            part.take()
        return self

    def leave(self) -> Element:
        """Count it as not read, and what is inside it as told with it."""
        self._seen = False
        return self

    def unread(self, *, but: Collection[str] = ()) -> Iterator[Element]:
        """The outermost of its parts that nobody has read; those of some names are left to others."""
        for part in self.parts:
            if part.name in but:
                continue
            if part._seen:
                yield from part.unread()
            else:
                yield part

    def brief(self, most: int = _BRIEF) -> str:
        """Its values in a line of at most so many characters, for people.

        >>> element("trigger", {"type": "named-event", "name": "order-sign"}, Marks(), ()).brief()
        'type named-event, name order-sign'
        """
        told = self.value or ", ".join(f"{name} {value}" for name, value in self._leaves())
        return told if len(told) <= most else told[: most - 1] + "…"

    def _leaves(self) -> Iterator[tuple[str, str]]:
        for part in self.parts:
            if part.value:
                yield part.name, part.value
            yield from part._leaves()


def is_fhir(content: Content) -> bool:
    """Whether a file holds a resource of FHIR."""
    if content.root is not None:
        return namespace(content.root) == FHIR
    return isinstance(content.data, dict) and isinstance(content.data.get("resourceType"), str)


def elements(content: Content) -> Element | None:
    """The resource that a file holds; None where it is no FHIR."""
    if not is_fhir(content):
        return None
    if content.root is not None:
        return _from_xml(content.root, "")
    data = content.data if isinstance(content.data, dict) else {}
    return element(str(data.get("resourceType")), data, content.marks or Marks(), ())


def element(name: str, data: Data, marks: Marks, path: Path) -> Element:
    """The element of this name out of JSON: its numbers and truth values are text, what stands in a list is repeated."""
    found = Element(name, marks.value(path), data if isinstance(data, str) else "")
    if isinstance(data, dict):
        kind = data.get("resourceType")
        found.kind = kind if isinstance(kind, str) else ""
        for key in data:
            if key != "resourceType":
                found.parts += _repeated(key, data, marks, path)
    return found


def _repeated(key: str, data: dict[str, Data], marks: Marks, path: Path) -> Iterator[Element]:
    """The elements of one key; what stands under ``_key`` belongs to the primitives of that key, and has none of its own."""
    if key.startswith("_") and key[1:] in data:
        return
    values, places = _listed(data[key], (*path, key))
    beside, inside = _listed(data.get(f"_{key}"), (*path, f"_{key}"))
    for at in range(max(len(values), len(beside))):
        value, more = (some[at] if at < len(some) else None for some in (values, beside))
        found = element(key.removeprefix("_"), value, marks, places[at] if at < len(values) else inside[at])
        if isinstance(more, dict):
            found.parts += element(key, more, marks, inside[at]).parts
        if value is not None or found.parts:
            yield found


def _listed(value: Data, path: Path) -> tuple[list[Data], list[Path]]:
    if isinstance(value, list):
        return value, [(*path, at) for at in range(len(value))]
    return ([], []) if value is None else ([value], [path])


def _from_xml(node: etree._Element, name: str) -> Element:
    """The element out of XML: an attribute is a part like any other, a resource inside another bears its type."""
    kind = local(node)
    found = Element(name or kind, line_of(node), str(node.get("value") or ""), kind if kind[:1].isupper() else "")
    for key, value in node.attrib.items():
        if key != "value" and not str(key).startswith("{"):  # such as xsi:schemaLocation
            found.parts.append(Element(str(key), line_of(node), str(value)))
    for child in node:
        if namespace(child) == _XHTML:
            found.parts.append(Element(local(child), line_of(child), " ".join("".join(map(str, child.itertext())).split())))
        elif local(child):
            found.parts.append(_held(child))
    return found


def _held(node: etree._Element) -> Element:
    """A child; of one that holds a resource (``contained``, ``resource``) the resource under that name."""
    inner = [child for child in node if local(child)]
    if len(inner) == 1 and local(inner[0])[:1].isupper():
        return _from_xml(inner[0], local(node))
    return _from_xml(node, local(node))
