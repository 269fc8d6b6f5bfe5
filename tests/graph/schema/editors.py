"""YAML as an editor reads it: by the core schema of YAML 1.2, in which 70 is a number, 2025-03-31 and yes are texts."""

from __future__ import annotations

import re
from typing import Any

import yaml


class Core(yaml.CSafeLoader):
    """libyaml, which Edgewise reads with as well, and the scalars of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own attribute

    def whole(self, node: yaml.ScalarNode) -> int:
        text = str(self.construct_scalar(node))
        return int(text, 0) if text.startswith(("0x", "0o")) else int(text)

    def decimal(self, node: yaml.ScalarNode) -> float:
        return float(str(self.construct_scalar(node)).replace(".inf", "inf").replace(".nan", "nan"))


FORMS = {
    "null": (r"~|null|Null|NULL|", "~nN"),
    "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    "float": (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", "-+.0123456789"),
}
for name, (form, begins) in FORMS.items():
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{name}", re.compile(f"^(?:{form})$"), [*begins, *([""] if name == "null" else [])])
Core.add_constructor("tag:yaml.org,2002:int", Core.whole)
Core.add_constructor("tag:yaml.org,2002:float", Core.decimal)


def as_an_editor_reads(text: str) -> Any:
    return yaml.load(text, Core)
