"""Made-up guidelines for libraries of any size: the same each time, of about 1,500 triples, citing works that others cite too.

Run from anywhere in the repository, to write so many of them into a folder:

    uv run python benchmarks/made_guidelines.py 1000 /tmp/library

Their medicine is put together by chance and means nothing; their form is that of the guidelines that come with Edgewise.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

CONDITIONS = (
    "pain sclerosis fracture stenosis effusion infection instability bleeding thrombosis embolism hypertension fibrillation neuropathy "
    "arthritis tendinopathy osteomyelitis pneumonia pancreatitis hepatitis nephritis anaemia asthma migraine epilepsy psoriasis "
    "cellulitis sepsis ischaemia aneurysm tumour"
).split()
SITES = (
    "sacroiliac lumbar cervical thoracic hip knee ankle wrist shoulder elbow pelvic abdominal renal hepatic pulmonary cardiac cerebral "
    "ocular dental dermal vascular biliary gastric colonic thyroid adrenal pituitary prostatic ovarian mammary"
).split()
PEOPLE = "adults children adolescents pregnancy athletes older-adults emergency primary-care hospital rehabilitation".split()
FINDINGS = (
    "tenderness swelling fever stiffness weakness numbness erythema cough dyspnoea fatigue weight-loss night-pain rash jaundice oedema "
    "syncope palpitations vomiting haematuria confusion"
).split()
TESTS = "radiography ultrasound scintigraphy tomography magnetic-resonance culture biopsy spirometry endoscopy electrocardiography".split()
TREATMENTS = (
    "exercise paracetamol ibuprofen naproxen amoxicillin injection immobilisation traction arthrodesis drainage anticoagulation ablation "
    "physiotherapy metformin bisoprolol ramipril"
).split()
VERBS = "relieves prevents predicts confirms excludes delays accompanies worsens follows precedes".split()
JOURNALS = "Ann Made Med|J Invented Trials|Bull Synth Evid|Rev Fict Care|Arch Test Surg".split("|")
NAMES = "Adler Brandt Costa Dietz Eriksen Fabre Gruber Haas Ito Jansen Keller Lund Moreau Novak Okafor Petrov Quist Rossi Sato Toth".split()
WORKS = 4_000
"""As many works there are; each guideline cites some of them, the first ones more often."""
_STEPS, _REFERENCES = 12, 18
_HELD = "sha256:" + "0" * 64


def text(number: int) -> str:
    """Guideline number so-and-so in YAML.

    >>> text(7) == text(7) != text(8)
    True
    """
    return yaml.dump(_Made(number).whole(), Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=140)


def identifier(number: int) -> str:
    """Its id.

    >>> identifier(7)
    'made-00007'
    """
    return f"made-{number:05}"


def write_folder(folder: Path, count: int) -> None:
    """So many guidelines, each in a folder of its own below one."""
    for number in range(count):
        home = folder / identifier(number)
        home.mkdir(parents=True, exist_ok=True)
        (home / "guideline.yaml").write_text(text(number), encoding="utf-8")


class _Made:
    """One guideline being made."""

    def __init__(self, number: int) -> None:
        self.chance = random.Random(number)
        self.id = identifier(number)
        pick = self.chance.choice
        self.condition, self.site, self.people = pick(CONDITIONS), pick(SITES), pick(PEOPLE)
        self.statements: list[dict[str, object]] = []

    def whole(self) -> dict[str, object]:
        topic = f"{self.site} {self.condition}"
        steps, observables = self._steps(), self._observables()
        edges = list(self._edges())
        for _ in range(14):
            self._statement("evidence")
        used = sorted({one["marker"] for said in self.statements for one in said["citations"]})  # type: ignore[attr-defined]
        return {
            "id": self.id,
            "title": f"{topic.capitalize()} in {self.people}: made-up guideline {self.id[5:]}",
            "question": f"How should {topic} be looked into and treated in {self.people}?",
            "publisher": f"Society {self.chance.choice(NAMES)}",
            "updated": f"{self.chance.randint(2012, 2026)}-{self.chance.randint(1, 12):02}-{self.chance.randint(1, 28):02}",
            "reviewStatus": self.chance.choice(("pending", "approved")),
            "audience": "Testers",
            "purpose": "education",
            "disclaimer": "Made up by chance to measure Edgewise. It is no medicine.",
            "language": "en",
            "phases": [{"id": id, "label": id.capitalize(), "order": at} for at, id in enumerate(("assessment", "care", "outcome"))],
            "steps": steps,
            "observables": observables,
            "transitions": edges,
            "statements": self.statements,
            "markers": [{"id": id, "printed": id[7:], "entry": f"reference-{id[7:]}"} for id in used],
            "references": [self._reference(int(id[7:])) for id in used],
            "glossary": [
                {"id": f"term-{word}", "term": word, "explanation": f"A made-up word for {self.site}.", "statedBy": "editor"}
                for word in self.chance.sample(FINDINGS, 5)
            ],
        }

    def _steps(self) -> list[dict[str, object]]:
        names = [f"{self.condition} of the {self.site}", *self.chance.sample(TESTS, 4), *self.chance.sample(TREATMENTS, 5)]
        kinds = ["Presentation", *["Investigation"] * 4, *["Treatment"] * 5, "Endpoint", "Endpoint"]
        labels = [*names, "discharge", f"referral for {self.site} surgery"]
        return [self._step(at, kind, label) for at, (kind, label) in enumerate(zip(kinds, labels, strict=True))]

    def _step(self, at: int, kind: str, label: str) -> dict[str, object]:
        phase = "assessment" if at < 5 else "care" if at < _STEPS - 2 else "outcome"
        step = {"id": f"step-{at}", "type": kind, "label": label.replace("-", " ").capitalize(), "phase": phase, "order": at}
        step["summary"] = self._sentence()
        step["describedBy"] = [self._statement("recommendation")]
        if kind == "Endpoint":
            return step | {"endpoint": "discharge" if at == _STEPS - 2 else "referral"}
        return step | ({"yields": [f"finding-{at}"]} if at else {})

    def _observables(self) -> list[dict[str, object]]:
        found = self.chance.sample(FINDINGS, _STEPS - 3)
        return [self._observable(at, word) for at, word in enumerate(found, start=1)]

    def _observable(self, at: int, word: str) -> dict[str, object]:
        name = word.replace("-", " ")
        asked: dict[str, object] = {"id": f"finding-{at}", "label": name.capitalize()}
        if at % 2:
            return asked | {"question": f"Is there {name}?", "valueType": "yes-no"}
        return asked | {"question": f"How strong is {name}, in per cent?", "valueType": "quantity", "unit": "%", "min": 0, "max": 100}

    def _edges(self) -> Iterator[dict[str, object]]:
        """A ladder; from each rung one way on and one out."""
        yield self._edge(0, 1)
        for at in range(1, _STEPS - 2):
            limit = self.chance.randrange(10, 90, 5)
            yield self._edge(at, at + 1, {"is": "yes"} if at % 2 else {"atLeast": limit, "unit": "%"})
            yield self._edge(at, _STEPS - 1 if at % 3 == 0 else _STEPS - 2, {"is": "no"} if at % 2 else {"lessThan": limit, "unit": "%"})

    def _edge(self, source: int, target: int, test: dict[str, object] | None = None) -> dict[str, object]:
        edge: dict[str, object] = {"id": f"edge-{source}-{target}", "from": f"step-{source}", "to": f"step-{target}"}
        edge |= {"label": self.chance.choice(VERBS), "justifiedBy": [self._statement("criterion")], "statedBy": "source"}
        if test is not None:
            edge["when"] = {"observable": f"finding-{source}", **test, "basedOn": [self._statement("criterion")]}
        return edge

    def _statement(self, kind: str) -> str:
        id = f"s{len(self.statements) + 1}"
        cited = sorted(self.chance.sample(range(1, _REFERENCES + 1), self.chance.choice((1, 1, 2))))
        place = {"section": self.condition, "ordinal": len(self.statements) + 1}
        said = {"id": id, "kind": kind, "text": self._sentence(), "place": place, "fingerprint": _HELD}
        self.statements.append(said | {"citations": [{"marker": f"marker-{one}"} for one in cited]})
        return id

    def _sentence(self) -> str:
        pick = self.chance.choice
        return (
            f"{pick(TREATMENTS).capitalize()} {pick(VERBS)} {pick(FINDINGS)} in {self.site} {self.condition} more often than {pick(TESTS)}."
        )

    def _reference(self, position: int) -> dict[str, object]:
        work = min(int(self.chance.expovariate(1 / 600)), WORKS - 1)
        return {"id": f"reference-{position}", "position": position, **cited_work(work)}


def cited_work(number: int) -> dict[str, object]:
    """One of the works that guidelines cite, as an entry of a list of references, without id and position.

    >>> cited_work(3)["identifiers"][0]["value"]
    '10.5555/made.3'
    """
    chance = random.Random(f"work {number}")
    pick = chance.choice
    return {
        "title": f"{pick(TREATMENTS).capitalize()} against {pick(TESTS)} for {pick(SITES)} {pick(CONDITIONS)}: made-up trial {number}",
        "container": pick(JOURNALS),
        "author": f"{pick(NAMES)} A, {pick(NAMES)} B",
        "year": chance.randint(1990, 2026),
        "tier": pick(("primary", "review", "guideline")),
        "identifiers": [{"scheme": "doi", "value": f"10.5555/made.{number}", "statedBy": "source", "confirmed": True}],
    }


if __name__ == "__main__":
    write_folder(Path(sys.argv[2]), int(sys.argv[1]))
