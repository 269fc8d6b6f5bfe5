"""Pathways as CAMINO's builder and viewer write them: JSON with nodes, transitions, and conditions in CQL."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.graph.importing.camino.items import Item
from edgewise.graph.importing.content import Content
from edgewise.graph.importing.flowcharts.model import Arrow, Chart, Kind, Node, together
from edgewise.graph.importing.flowcharts.steps import write_chart
from edgewise.graph.importing.imported import Imported
from edgewise.graph.importing.sheets import Sheet, plain
from edgewise.graph.reading.lines import Marks
from edgewise.graph.reading.problems import fail

FORMAT = "CAMINO pathway"
_NODES = ("nodes", "states")
_FOR_MACHINES = "It is the CQL beside it, made for a machine."
_CODED = ("code", "medicationCodeableConcept", "medicationReference", "vaccineCode", "category", "title", "description")
_READ_NODE = frozenset((
    "key", "id", "label", "name", "type", "transitions", "action", "actions", "cql", "elm", "nodeTypeIsUndefined", "criteriaSource",
    "mcodeCriteria", "otherCriteria", "referenceId", "referenceLabel", "resourceType", "children", "x", "y", "isExpanded", "position",
))  # fmt: skip
_READ_HEAD = frozenset(("id", "_id", "name", "title", "description", "library", "criteria", "preconditions", "elm", "__v", "key", *_NODES))


def fits(content: Content) -> bool:
    """Whether a JSON file is a pathway, or a list of them: something with a name and nodes that have transitions."""
    return next(_pathways(content), None) is not None


def read(content: Content) -> Imported:
    """The guideline that a pathway makes; of several in a file the first.

    Raises:
        SourceError: no pathway of the file has a node.
    """
    pathways = list(_pathways(content))
    marks = content.marks or Marks()
    if not pathways:
        raise fail(content.name, "no-pathway", "the file holds no pathway with nodes", 0, "give a pathway as CAMINO's builder exports it")
    pathway = pathways[0]
    sheet = Sheet(content.name, FORMAT, title=pathway["name"].text or pathway["title"].text)
    for other in pathways[1:]:
        sheet.unread(marks.value(other.path), f'pathway "{other["name"].text}"', "Another pathway of the same file; import it by itself.")
    _Reader(pathway, marks, sheet).read()
    return sheet.finished()


def _pathways(content: Content) -> Iterator[Item]:
    whole = Item(content.data)
    for item in (*whole.items, *whole["pathways"].items, *whole["pathway"].items):
        if any(isinstance(node["transitions"].value, list) for key in _NODES for _, node in item[key].entries()):
            yield item


class _Reader:
    """Reads one pathway into a sheet."""

    def __init__(self, pathway: Item, marks: Marks, sheet: Sheet) -> None:
        self.pathway, self.marks, self.sheet = pathway, marks, sheet
        self.chart = Chart(all_begin=False, by_ways=False)

    def read(self) -> None:
        nodes = [entry for key in _NODES for entry in self.pathway[key].entries()]
        for key, item in nodes:
            self._node(key, item)
        for key, item in nodes:
            for transition in item["transitions"].items:
                self._transition(key, transition)
        self._settle_kinds()
        self._applies()
        write_chart(self.chart, self.sheet)
        self._head()

    def _line(self, item: Item) -> int:
        return self.marks.key(item.path)

    def _node(self, key: str, item: Item) -> None:
        if key in self.chart.nodes:
            self.sheet.unread(self._line(item), f'node "{key}"', "Another node has the same key; this one is left out.")
            return
        kind = item["type"].text.casefold()
        label = item["label"].text or item["name"].text or key
        node = Node(key, self._line(item), label, f'node "{key}"')
        node.kind = _kind(kind, key)
        node.parting = "one" if node.kind == "branch" else "all"
        self.chart.add(node)
        for action in (*item["action"].items, *item["actions"].items):
            self._action(node, action)
        for name in ("criteriaSource", "mcodeCriteria", "otherCriteria"):
            if text := item[name].text:
                node.notes.append(f"{name}: {text}")
        if cql := plain(item["cql"].text):
            node.notes.append(f"CQL: {cql}")
        if kind == "reference" or item["referenceId"].text:
            named = item["referenceLabel"].text or item["referenceId"].text
            self.chart.miss(key, f'reference "{named}"', "The pathway that it refers to is not in this file.")
        self._name_rest(node, item)

    def _name_rest(self, node: Node, item: Item) -> None:
        rest = [name for name in item.keys if name not in _READ_NODE]
        if rest:
            self.chart.miss(node.key, f"{node.what}: {', '.join(rest)}", "These keys are not read.", self._line(item[rest[0]]))
        if item["elm"].value:
            self.chart.miss(node.key, f"{node.what}: elm", _FOR_MACHINES, self._line(item["elm"]))

    def _action(self, node: Node, action: Item) -> None:
        """What is ordered, as a component of the step; its codes as a note."""
        said = action["description"].text
        node.summary = "\n".join(filter(None, (node.summary, said)))
        resource = action["resource"]
        if not resource.keys:
            return
        label, codes = _coded(resource)
        label = label or said
        if label:
            node.components.append({"label": plain(label)[:200]})
        ordered = " ".join(filter(None, (action["type"].text, resource["resourceType"].text)))
        if told := "; ".join(codes):
            node.notes.append(f"{ordered}: {told}" if ordered else told)
        read = ("resourceType", "id", *_CODED)
        rest = [name for name in resource.keys if name not in read and resource[name].value]
        if rest:
            line = self._line(resource[rest[0]])
            self.chart.miss(node.key, f"{node.what}, resource: {', '.join(rest)}", "Only what is ordered is read.", line)

    def _transition(self, source: str, item: Item) -> None:
        target = item["transition"].text or item["target"].text or item["to"].text or item.text
        what = f'transition from "{source}" to "{target}"'
        if source not in self.chart.nodes or target not in self.chart.nodes:
            self.sheet.unread(self._line(item), what, "It leads to no node of the pathway.")
            return
        condition = item["condition"]
        label, cql = plain(condition["description"].text or condition.text), plain(condition["cql"].text)
        source_of = condition["criteriaSource"].text
        arrow = Arrow(source, target, self._line(item), what, label=label, is_label=bool(label))
        arrow.note = "\n".join(filter(None, (f"CQL: {cql}" if cql else "", f"criteriaSource: {source_of}" if source_of else "")))
        if cql and not label:
            arrow.asks = self.sheet.asked(cql, self._line(condition), "CQL is not read.")
            arrow.label = cql
        if condition["elm"].value:
            self.chart.miss(source, f"{what}: elm", _FOR_MACHINES, self._line(condition["elm"]))
        self.chart.arrows.append(arrow)

    def _settle_kinds(self) -> None:
        """A node whose type nobody gave is a branch where conditions leave it."""
        entering, leaving = self.chart.entering(), self.chart.leaving()
        for node in self.chart.nodes.values():
            if node.kind == "task" and not node.components and any(arrow.is_label or arrow.asks for arrow in leaving[node.key]):
                node.kind, node.parting = "branch", "one"
        if not any(node.kind == "start" for node in self.chart.nodes.values()):
            self.chart.all_begin = any(not arrows for arrows in entering.values())

    def _applies(self) -> None:
        """The preconditions say of whom the pathway speaks."""
        asked = []
        for precondition in (*self.pathway["preconditions"].items, *self.pathway["criteria"].items):
            name, expected = precondition["elementName"].text, precondition["expected"].text
            said = ": ".join(filter(None, (name, expected))) or plain(precondition["cql"].text)
            if not said:
                continue
            cql = plain(precondition["cql"].text)
            question = f"{name}: is it {expected}?" if name and expected else f'Does this hold: "{said}"?'
            id = self.sheet.observable(said, "yes-no", question=question, help=f"CQL: {cql}"[:1000] if cql else "")
            asked.append({"observable": id, "is": "no" if precondition["exclude"].text == "true" else "yes"})
        if (applies := together(*asked)) is not None:
            self.sheet.say("appliesTo", applies)

    def _head(self) -> None:
        if text := self.pathway["description"].text:
            self.sheet.note(text)
        libraries = ", ".join(item.text for item in self.pathway["library"].items if item.text)
        if libraries:
            self.sheet.unread(self._line(self.pathway["library"]), f"library {libraries}", "The CQL library is not in this file.")
        if self.pathway["elm"].value:
            self.sheet.unread(self._line(self.pathway["elm"]), "elm", "It is the CQL of the pathway, made for a machine.")
        for name in self.pathway.keys:
            if name not in _READ_HEAD:
                self.sheet.unread(self._line(self.pathway[name]), f"key '{name}'", "It is not read.")


def _kind(kind: str, key: str) -> Kind:
    if kind == "start" or (not kind and key.casefold() == "start"):
        return "start"
    return "branch" if kind == "branch" else "task"


def _coded(resource: Item) -> tuple[str, list[str]]:
    """What a resource orders, in words, and its codes."""
    label, codes = "", []
    for name in _CODED:
        for concept in resource[name].items:
            codings = concept["coding"].items
            label = label or next(filter(None, (concept["text"].text, *(coding["display"].text for coding in codings), concept.text)), "")
            for coding in codings:
                parts = [coding[key].text for key in ("system", "code", "display")]
                codes += [" ".join(filter(None, parts))] if parts[1] else []
    return label, codes
