"""Random decision tables as DMN files, and what follows from them by trying every answer: written without a look at the importer."""

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, pairwise, product
from xml.sax.saxutils import escape

POLICIES = ("UNIQUE", "ANY", "FIRST", "PRIORITY", "COLLECT")
NAMESPACES = (
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
)
OTHER = "something else"


@dataclass
class Input:
    name: str
    type: str  # number, integer, string or boolean
    answers: list
    values: list = field(default_factory=list)  # that are allowed


@dataclass
class Rule:
    cells: list  # text and test of each input
    output: str


@dataclass
class Table:
    policy: str
    inputs: list
    rules: list
    values: list
    default: str = ""

    def matches(self, rule, answers):
        return all(test(answer) for (_, test), answer in zip(rule.cells, answers, strict=True))

    def everybody(self):
        return list(product(*(one.answers for one in self.inputs)))

    def matching(self, answers):
        return [rank for rank, rule in enumerate(self.rules) if self.matches(rule, answers)]

    def counting(self, answers):
        """The rules that count, by the hit policy."""
        found = self.matching(answers)
        if self.policy == "FIRST":
            return found[:1]
        if self.policy == "PRIORITY" and found:
            best = min(self.values.index(self.rules[rank].output) for rank in found)
            return [rank for rank in found if self.values.index(self.rules[rank].output) == best]
        return found

    def uncovered(self):
        return set() if self.default else {answers for answers in self.everybody() if not self.matching(answers)}

    def never(self):
        """Rules that count for nobody."""
        used = {rank for answers in self.everybody() for rank in self.counting(answers)}
        return set(range(len(self.rules))) - used

    def clashing(self):
        """Pairs of rules with the answers by which both count, where the hit policy does not allow it."""
        found = {}
        for answers in self.everybody():
            for one, other in combinations(self.counting(answers), 2):
                same = self.rules[one].output == self.rules[other].output
                if self.policy == "UNIQUE" or (self.policy == "ANY" and not same):
                    found.setdefault((one, other), set()).add(answers)
        return found

    def xml(self, namespace=NAMESPACES[2]):
        policy = f' hitPolicy="{self.policy}"' if self.policy else ""
        heads = "".join(_input(one) for one in self.inputs)
        values = f"<outputValues><text>{_texts(self.values)}</text></outputValues>" if self.values else ""
        default = f'<defaultOutputEntry><text>"{self.default}"</text></defaultOutputEntry>' if self.default else ""
        rules = "".join(
            f'<rule id="r{rank}">{"".join(f"<inputEntry><text>{escape(text)}</text></inputEntry>" for text, _ in rule.cells)}'
            f'<outputEntry><text>"{rule.output}"</text></outputEntry></rule>\n'
            for rank, rule in enumerate(self.rules)
        )
        output = f'<output name="Result" typeRef="string">{values}{default}</output>'
        table = f"<decisionTable{policy}>{heads}{output}{rules}</decisionTable>"
        return f'<definitions xmlns="{namespace}" name="T"><decision id="d" name="Table">{table}</decision></definitions>'.encode()


def _input(one):
    values = f"<inputValues><text>{_texts(one.values)}</text></inputValues>" if one.values else ""
    expression = f'<inputExpression typeRef="{one.type}"><text>{one.name}</text></inputExpression>'
    return f'<input label="{one.name}">{expression}{values}</input>\n'


def _texts(values):
    return ", ".join(f'"{value}"' for value in values)


def random_table(rng, policy):
    inputs = [_random_input(rng, rank) for rank in range(rng.randint(1, 3))]
    outputs = [f"o{rank}" for rank in range(rng.randint(1, 4))]
    rules = [Rule([_cell(rng, one) for one in inputs], rng.choice(outputs)) for _ in range(rng.randint(1, 6))]
    default = rng.choice(outputs) if rng.random() < 0.15 else ""
    values = rng.sample(outputs, len(outputs)) if policy == "PRIORITY" or rng.random() < 0.3 else []
    return Table(policy, inputs, rules, values, default)


def _random_input(rng, rank):
    kind = rng.choice(["number", "number", "integer", "string", "string", "boolean"])
    name = f"in{rank}"
    if kind == "boolean":
        return Input(name, kind, [True, False])
    if kind == "string":
        values = list("abcd"[: rng.randint(2, 4)])
        closed = rng.random() < 0.5
        return Input(name, kind, values if closed else [*values, OTHER], values if closed else [])
    step = Decimal(rng.choice(["1", "0.5", "10"])) if kind == "number" else Decimal(1)
    points = sorted({Decimal(rng.randint(-2, 4)) * step for _ in range(3)})
    between = [(low + high) / 2 for low, high in pairwise(points)] if kind == "number" else []
    whole = [points[0] - 1 + n for n in range(int(points[-1] - points[0]) + 3)] if kind == "integer" else []
    answers = sorted({*points, *between, points[0] - 1, points[-1] + 1, *whole})
    made = Input(name, kind, answers)
    made.points = points
    return made


def _cell(rng, one):
    if rng.random() < 0.25:
        return rng.choice(["-", ""]), lambda _: True
    if one.type == "boolean":
        wanted = rng.random() < 0.5
        return rng.choice(
            [(str(wanted).lower(), lambda answer: answer is wanted), (f"not({str(wanted).lower()})", lambda answer: answer is not wanted)]
        )
    text, test = rng.choice([_one, _one, _several])(rng, one)
    if rng.random() < 0.15:
        return f"not({text})", lambda answer: not test(answer)
    return text, test


def _several(rng, one):
    cells = [_one(rng, one) for _ in range(2)]
    return rng.choice([",", ", ", " ,\n"]).join(text for text, _ in cells), lambda answer: any(test(answer) for _, test in cells)


def _one(rng, one):
    if one.type == "string":
        value = rng.choice([answer for answer in one.answers if answer != OTHER])
        return f'"{value}"', lambda answer: answer == value
    low, high = sorted(rng.choices(one.points, k=2))
    return rng.choice(
        [
            (f"< {low}", lambda answer: answer < low),
            (f"<={low}", lambda answer: answer <= low),
            (f">{low}", lambda answer: answer > low),
            (f">= {low}", lambda answer: answer >= low),
            (f"{low}", lambda answer: answer == low),
            (f"[{low}..{high}]", lambda answer: low <= answer <= high),
            (f"]{low}..{high}[", lambda answer: low < answer < high),
            (f"({low} .. {high}]", lambda answer: low < answer <= high),
            (f"? >= {low} and ? < {high}", lambda answer: low <= answer < high),
        ]
    )
