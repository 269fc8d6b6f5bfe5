"""Contents of guidelines of every kind, as bytes with their file's ending: shipped, small, faulty and hostile ones."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from edgewise.graph.shelf import SHELF
from tests.places import DATA

SUFFIXES = {"yaml": ".yaml", "json": ".json", "jsonld": ".jsonld", "turtle": ".ttl", "trig": ".trig", "nquads": ".nq"}


def contents() -> Iterator[tuple[str, str, bytes]]:
    """Name, ending and bytes of each."""
    for file in sorted([*SHELF.glob("*/guideline.yaml"), *DATA.glob("*.ttl"), DATA / "small.yaml", DATA / "ten-faults.yaml"]):
        yield f"{file.parent.name}/{file.name}", file.suffix, file.read_bytes()
    for file in sorted(DATA.rglob("*.yaml")):  # most are no guidelines, and that is to be told alike
        yield f"data/{file.name}", file.suffix, file.read_bytes()
    small = (DATA / "small.yaml").read_text(encoding="utf-8")
    for case in yaml.safe_load((DATA / "faults.yaml").read_text(encoding="utf-8")):
        yield case["name"], ".yaml", small.replace(case["old"], case["new"]).encode()
    for case in yaml.safe_load((DATA / "hostile" / "guidelines.yaml").read_text(encoding="utf-8")):
        text = case["text"]
        yield case["name"], SUFFIXES[case["format"]], text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    for case in yaml.safe_load((DATA / "hostile" / "doors.yaml").read_text(encoding="utf-8")):
        yield case["text"][:40], SUFFIXES[case["format"]], case["text"].encode()
