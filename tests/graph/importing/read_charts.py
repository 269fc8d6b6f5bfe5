"""What an imported flow chart became, as tests ask for it: by labels, as ids are the importer's own."""

from edgewise.graph.importing.formats import import_text
from edgewise.graph.importing.writing import as_yaml
from edgewise.graph.library import load_content

BPMN = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="x">'
)


class Read:
    """An imported guideline: its sheet by labels, what was not read, and the guideline that opens out of its YAML."""

    def __init__(self, text, name="chart"):
        data = text if isinstance(text, bytes) else text.encode()
        self.imported = import_text(data, name)
        self.sheet = self.imported.sheet
        self.labels = {step["id"]: step["label"] for step in self.sheet["steps"]}

    @property
    def steps(self):
        return {step["label"]: step for step in self.sheet["steps"]}

    @property
    def types(self):
        return {label: step["type"] for label, step in self.steps.items()}

    @property
    def questions(self):
        return {asked["id"]: asked for asked in self.sheet.get("observables", [])}

    @property
    def edges(self):
        return [(self.labels[edge["from"]], self.labels[edge["to"]]) for edge in self.sheet.get("transitions", [])]

    def edge(self, source, target):
        found = [e for e in self.sheet["transitions"] if (self.labels[e["from"]], self.labels[e["to"]]) == (source, target)]
        assert len(found) == 1, f"{len(found)} edges lead from {source} to {target}"
        return found[0]

    def when(self, source, target):
        """The criterion of an edge, its observables by their labels; every part of it is the file's word."""
        return self._told(self.edge(source, target).get("when"))

    def _told(self, criterion):
        if isinstance(criterion, list):
            return [self._told(part) for part in criterion]
        if not isinstance(criterion, dict):
            return criterion
        assert criterion.get("statedBy", "source") == "source"
        told = {key: self._told(value) for key, value in criterion.items() if key not in ("observable", "statedBy")}
        return {"observable": self.questions[criterion["observable"]]["label"], **told} if "observable" in criterion else told

    @property
    def unread(self):
        return [(unread.line, unread.what) for unread in self.imported.unread]

    @property
    def notes(self):
        return [note["text"] for note in self.sheet.get("notes", []) if note["statedBy"] == "modeller"]

    @property
    def opened(self):
        return load_content(as_yaml(self.imported, "chart").encode(), "guideline.yaml", "yaml")


def process(inner, before="", after=""):
    """A BPMN file of one process, each of its elements on a line of its own from the third on."""
    return f'{BPMN}\n<process id="P" name="Care">{before}\n{inner.strip()}\n</process>{after}</definitions>'


def flows(*pairs):
    """Sequence flows, each from one id to another."""
    return "\n".join(f'<sequenceFlow id="{a}-{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairs)


TASKS = (
    '<startEvent id="s" name="Start"/><task id="a" name="A"/><task id="b" name="B"/><task id="c" name="C"/><endEvent id="e" name="End"/>'
)


def condition(flow, text, name=""):
    source, target = flow.split("-")
    named = f' name="{name}"' if name else ""
    said = text.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'<sequenceFlow id="{flow}"{named} sourceRef="{source}" targetRef="{target}">'
        f'<conditionExpression xsi:type="tFormalExpression">{said}</conditionExpression></sequenceFlow>'
    )
