"""The elements of a DMN file read into a `Document`; whatever has no place there is noted with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from edgewise.graph.importing.content import line_of, local, namespace
from edgewise.graph.importing.dmn.document import (
    Cell,
    Column,
    Context,
    Decision,
    Document,
    InputData,
    Invocation,
    Knowledge,
    Logic,
    Other,
    Output,
    Rule,
    Source,
    Table,
    Type,
)

VERSIONS = {"20151101": "1.1", "20180521": "1.2", "20191111": "1.3", "20211108": "1.4", "20230324": "1.5", "20240513": "1.6"}
_SILENT = {"DMNDI", "extensionElements", "description", "association", "variable", "text", "question", "allowedAnswers"}
_ORGANISATION = "It says who decides or what is measured by it, which no guideline holds."


def is_dmn(root: etree._Element) -> bool:
    """Whether an XML document is a DMN file.

    >>> is_dmn(etree.fromstring('<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>'))
    True
    """
    where = namespace(root)
    plain = not where and any(local(child) == "decision" for child in root)
    return local(root) == "definitions" and ("omg.org/spec/DMN/" in where or plain)


def document_of(root: etree._Element) -> Document:
    """What the file says.

    >>> decision = '<decision id="d" name="Dose"><literalExpression><text>1 + 1</text></literalExpression></decision>'
    >>> found = document_of(etree.fromstring(f'<definitions name="Doses">{decision}</definitions>'))
    >>> found.name, found.decisions["d"].logic
    ('Doses', Cell(text='1 + 1', line=1, language='', note=''))
    """
    return _Elements(root).document


class _Elements:
    def __init__(self, root: etree._Element) -> None:
        dated = re.search(r"/DMN/(\d{8})/", namespace(root))
        self.document = Document(name=root.get("name", "") or root.get("label", ""), version=VERSIONS.get(dated[1], "") if dated else "")
        self.document.language = root.get("expressionLanguage", "")
        self.model, self._extended = namespace(root), set[str]()
        self._attached: dict[str, list[str]] = {}
        self._note_extensions(root)
        for child in root.iter(f"{{{self.model}}}association" if self.model else "association"):
            ends = [self._href(part) for part in child if local(part) in ("sourceRef", "targetRef")]
            for end in ends:
                self._attached.setdefault(end, []).extend(other for other in ends if other != end)
        for child in self._own(root):
            self._top(child)

    # The top ------------------------------------------------------------------------------------------------------------

    def _top(self, element: etree._Element) -> None:
        id = element.get("id") or f"{local(element)} {line_of(element)}"
        match local(element):
            case "decision":
                self.document.decisions.setdefault(id, self._decision(element, id))
            case "inputData":
                self.document.inputs.setdefault(id, self._input_data(element, id))
            case "businessKnowledgeModel":
                self.document.knowledge.setdefault(id, self._knowledge(element, id))
            case "knowledgeSource":
                self.document.sources.setdefault(id, self._source(element, id))
            case "itemDefinition":
                found = self._type(element)
                self.document.types.setdefault(found.name, found)
            case "textAnnotation":
                self.document.annotations.append((self._text(element).text, tuple(self._attached.get(id, ()))))
            case "artifact" | "drgElement" | "group":
                self.unread(element, "It groups elements of a diagram.")
            case "import":
                self.unread(element, "Other files are not opened.")
            case "decisionService":
                self.unread(element, "It offers decisions to programs; the decisions themselves are read.")
            case "performanceIndicator" | "organizationUnit" | "elementCollection" | "businessContextElement":
                self.unread(element, _ORGANISATION)
            case name if name not in _SILENT:
                self.unread(element, "It is no element of a decision model that is read.")

    def _input_data(self, element: etree._Element, id: str) -> InputData:
        variable = self._child(element, "variable")
        self._rest(element)
        typed = self._type_of(variable) if variable is not None else ""
        return InputData(id, self._name(element), line_of(element), typed, self._words(element, "description"))

    def _source(self, element: etree._Element, id: str) -> Source:
        address = element.get("locationURI", "") or self._words(element, "locationURI")
        said = filter(None, (self._words(element, "description"), self._words(element, "type")))
        self._rest(element, "type", "locationURI", "authorityRequirement", "owner")
        links = [part for child in self._children(element, "authorityRequirement") for part in self._own(child)]
        behind = tuple(self._href(link) for link in links)
        return Source(id, self._name(element), line_of(element), ". ".join(said), address, behind)

    def _knowledge(self, element: etree._Element, id: str) -> Knowledge:
        logic = self._child(element, "encapsulatedLogic")
        self._rest(element, "encapsulatedLogic", "knowledgeRequirement", "authorityRequirement")
        if logic is None:
            return Knowledge(id, self._name(element), line_of(element), (), None)
        names = tuple(part.get("name", "") for part in self._children(logic, "formalParameter"))
        kind = logic.get("kind", "FEEL")
        body = Other(line_of(logic), f"function in {kind}") if kind.upper() != "FEEL" else self._logic(logic, "formalParameter")
        return Knowledge(id, self._name(element), line_of(element), names, body)

    def _decision(self, element: etree._Element, id: str) -> Decision:
        variable = self._child(element, "variable")
        required = ("informationRequirement", "knowledgeRequirement", "authorityRequirement")
        links = [part for child in self._own(element) if local(child) in required for part in self._own(child)]
        said = [self._words(element, name) for name in ("question", "allowedAnswers", "description")]
        return Decision(
            id,
            self._name(element),
            line_of(element),
            variable.get("name", "") if variable is not None else "",
            self._type_of(variable) if variable is not None else "",
            tuple(filter(None, said)),
            tuple(self._href(link) for link in links),
            self._logic(element, "variable", *required),
        )

    def _type(self, element: etree._Element, level: int = 0) -> Type:
        base = self._words(element, "typeRef")
        allowed = self._child(element, "typeConstraint")
        allowed = self._child(element, "allowedValues") if allowed is None else allowed
        parts = tuple(self._type(part, level + 1) for part in self._children(element, "itemComponent"))
        self._rest(element, "typeRef", "allowedValues", "typeConstraint", "itemComponent")
        many = element.get("isCollection") == "true"
        return Type(self._name(element), _bare(base), self._text(allowed) if allowed is not None else None, parts, many)

    # Logic --------------------------------------------------------------------------------------------------------------

    def _logic(self, element: etree._Element, *beside: str) -> Logic | None:
        """The one expression among an element's children."""
        found: Logic | None = None
        for child in self._own(element):
            name = local(child)
            if name in _SILENT or name in beside:
                continue
            if found is None and name in _BOXED:
                found = _BOXED[name](self, child)
            else:
                why = "A second expression stands here." if name in _BOXED else "It is not read at this place."
                self.unread(child, why)
        return found

    def _literal(self, element: etree._Element) -> Logic:
        imported = self._child(element, "importedValues")
        if imported is not None:
            return Other(line_of(imported), "values imported from another file")
        return self._text(element)

    def _conditional(self, element: etree._Element) -> Logic:
        """Boxed `if`, `then` and `else` as the expression that they are."""
        texts = [self._branch(element, name) for name in ("if", "then", "else")]
        if any(text is None for text in texts):
            return Other(line_of(element), "conditional with more than expressions in it")
        return Cell("if ({}) then ({}) else ({})".format(*(text.text for text in texts if text)), line_of(element))

    def _branch(self, element: etree._Element, name: str) -> Cell | None:
        branch = self._child(element, name)
        found = self._logic(branch) if branch is not None else None
        return found if isinstance(found, Cell) else None

    def _context(self, element: etree._Element) -> Logic:
        entries: list[tuple[str, Logic]] = []
        result: Logic | None = None
        for entry in self._children(element, "contextEntry"):
            variable, logic = self._child(entry, "variable"), self._logic(entry, "variable")
            if variable is None:
                result = logic
            elif logic is not None:
                entries.append((self._name(variable), logic))
        return Context(line_of(element), tuple(entries), result)

    def _invocation(self, element: etree._Element) -> Logic:
        function = self._child(element, "literalExpression")
        bindings = []
        for binding in self._children(element, "binding"):
            parameter, logic = self._child(binding, "parameter"), self._logic(binding, "parameter")
            if parameter is None or not isinstance(logic, Cell):
                return Other(line_of(binding), "binding of a parameter to more than an expression")
            bindings.append((self._name(parameter), logic))
        called = self._text(function).text if function is not None else ""
        return Invocation(line_of(element), " ".join(called.split()), tuple(bindings))

    def _other(self, element: etree._Element) -> Logic:
        return Other(line_of(element), local(element))

    def _table(self, element: etree._Element) -> Logic:
        outputs = [self._output(output) for output in self._children(element, "output")]
        rules = list(self._children(element, "rule"))
        most = max((sum(1 for _ in self._children(rule, "outputEntry")) for rule in rules), default=len(outputs))
        names = [self._name(clause) for clause in self._children(element, "annotation")]
        names = names or [output.label or output.name for output in outputs[most:]]  # some tools list annotations behind the outputs
        outputs = outputs[:most] + [Output(line_of(element), "", "")] * (most - len(outputs))
        self._rest(element, "input", "output", "rule", "annotation")
        return Table(
            line_of(element),
            " ".join(element.get("hitPolicy", "UNIQUE").replace("_", " ").split()).upper(),
            element.get("aggregation", "").upper(),
            tuple(map(self._column, self._children(element, "input"))),
            tuple(outputs),
            tuple(self._rule(rule, names) for rule in rules),
        )

    def _column(self, element: etree._Element) -> Column:
        expression, values = self._child(element, "inputExpression"), self._child(element, "inputValues")
        self._rest(element, "inputExpression", "inputValues")
        variable = next((value for key, value in element.attrib.items() if str(key).endswith("}inputVariable")), "")
        what = self._text(expression) if expression is not None else Cell("", line_of(element))
        typed = self._type_of(expression) if expression is not None else ""
        label = element.get("label", "") or (expression.get("label", "") if expression is not None else "")
        allowed = self._text(values) if values is not None else None
        note = self._words(element, "description")
        return Column(line_of(element), label, what, typed, allowed, str(variable), note)

    def _output(self, element: etree._Element) -> Output:
        values, default = self._child(element, "outputValues"), self._child(element, "defaultOutputEntry")
        self._rest(element, "outputValues", "defaultOutputEntry")
        allowed, otherwise = (self._text(part) if part is not None else None for part in (values, default))
        note = self._words(element, "description")
        return Output(line_of(element), element.get("name", ""), element.get("label", ""), self._type_of(element), allowed, otherwise, note)

    def _rule(self, element: etree._Element, names: list[str]) -> Rule:
        cells = tuple(map(self._text, self._children(element, "inputEntry")))
        outputs = tuple(map(self._text, self._children(element, "outputEntry")))
        told = [self._text(entry).text for entry in self._children(element, "annotationEntry")]
        pairs = [(names[rank] if rank < len(names) else "", text) for rank, text in enumerate(told)]
        said = [("", element.get("label", "")), ("", self._words(element, "description")), *pairs]
        self._rest(element, "inputEntry", "outputEntry", "annotationEntry")
        return Rule(line_of(element), cells, outputs, tuple((name, text) for name, text in said if text.strip()))

    # Shared -------------------------------------------------------------------------------------------------------------

    def unread(self, element: etree._Element, why: str) -> None:
        named = element.get("name") or element.get("label") or element.get("id") or ""
        self.document.unread.append((line_of(element), f"{local(element)} {named}".strip(), why))

    def _rest(self, element: etree._Element, *known: str) -> None:
        """Note the children that nobody looks at."""
        for child in self._own(element):
            if local(child) not in known and local(child) not in _SILENT:
                self.unread(child, f"It is not read inside <{local(element)}>.")

    def _note_extensions(self, root: etree._Element) -> None:
        for element in root.iter():
            where = namespace(element)
            drawn = "omg.org/spec/" in where or "/biodi/" in where
            if where and where != self.model and not drawn and where not in self._extended:
                self._extended.add(where)
                what = f"{local(element)} in {where}"
                self.document.unread.append((line_of(element), what, "Extensions of a tool are passed over, here and below."))

    def _own(self, element: etree._Element) -> Iterator[etree._Element]:
        return (child for child in element if isinstance(child.tag, str) and namespace(child) == self.model)

    def _children(self, element: etree._Element, name: str) -> Iterator[etree._Element]:
        return (child for child in self._own(element) if local(child) == name)

    def _child(self, element: etree._Element, name: str) -> etree._Element | None:
        return next(self._children(element, name), None)

    def _words(self, element: etree._Element, name: str) -> str:
        child = self._child(element, name)
        return " ".join(_inner(child).split()) if child is not None else ""

    def _name(self, element: etree._Element) -> str:
        return " ".join((element.get("name") or element.get("label") or element.get("id") or "").split())

    def _href(self, element: etree._Element) -> str:
        return element.get("href", "").rpartition("#")[2]

    def _type_of(self, element: etree._Element) -> str:
        return _bare(element.get("typeRef", "") or self._words(element, "typeRef"))

    def _text(self, element: etree._Element) -> Cell:
        """What stands in an element's text, and the line on which the text itself begins."""
        held = self._child(element, "text")
        inner = held if held is not None else element
        text = _inner(inner)
        skipped = text[: len(text) - len(text.lstrip())].count("\n")
        note = self._words(element, "description")
        return Cell(text.strip(), line_of(inner) + skipped, element.get("expressionLanguage", ""), note)


_BOXED = {
    "decisionTable": _Elements._table, "literalExpression": _Elements._literal, "context": _Elements._context,
    "invocation": _Elements._invocation, "conditional": _Elements._conditional,
    **dict.fromkeys(("list", "relation", "functionDefinition", "for", "every", "some", "filter"), _Elements._other),
}  # fmt: skip


def _inner(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())


def _bare(name: str) -> str:
    """A type's name without the prefix that DMN 1.1 writes."""
    return " ".join(name.rpartition(":")[2].split())
