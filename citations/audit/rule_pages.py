"""The page of each rule in `docs/rules`: what it finds, why that matters, an example, what to do instead; and where it is to be read.

The texts are the rule's own, the examples the cases by which it is tested; `python -m tests.test_rule_pages` writes all pages anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from itertools import groupby
from pathlib import Path

from edgewise.citations.audit.rules import Family, Rule

TITLES: dict[Family, str] = {
    "markers": "Markers",
    "references": "References",
    "statements": "Statements",
    "process": "Review and sign-off",
    "gaps": "What the algorithm leaves open",
}
INDEX = "README.md"
FOLDER = Path(__file__).resolve().parents[2] / "docs" / "rules"
"""Of the pages: in a checkout, and in what is installed."""
_LABEL = "rules"
NEEDS: Mapping[str, str] = {
    "article": "the article's text (`--article`, or beside the guideline)",
    "ledger": "a ledger of sign-offs (`--ledger`)",
    "look-ups": "what registries answered (`edgewise resolve`, then `--looked-up`)",
    "links": "whether web addresses open (`edgewise resolve --links`, then `--looked-up`)",
    "list": "a reference list as a file of its own",
    "authors": "the names of the article's authors, which JATS alone tells",
    "style": "how many names the house style asks for (`names` in the settings, or `--names`)",
}


@dataclass(frozen=True, slots=True)
class Example:
    """What makes a rule answer.

    Attributes:
        name: what is wrong, in a few words.
        change: of a guideline without fault, as YAML.
        says: what the audit then says, finding by finding.
    """

    name: str
    change: str
    says: tuple[str, ...]


def page(rule: Rule, finds: Sequence[str], passes: Sequence[str], example: Example) -> str:
    r"""The page of a rule, as Markdown.

    Args:
        rule: whose page it is.
        finds: what it finds, case by case.
        passes: what it lets pass.
        example: one of those that it finds.

    >>> from edgewise.citations.audit.rules import find_rule
    >>> text = page(find_rule("M101"), ["a lost entry"], ["a whole list"], Example("a lost entry", "edit: {}\n", ("error: lost",)))
    >>> text.splitlines()[2], "    error: lost" in text
    ('# M101 orphan-marker', True)
    """
    return "\n".join(_page(rule, finds, passes, example)) + "\n"


def _page(rule: Rule, finds: Sequence[str], passes: Sequence[str], example: Example) -> Iterator[str]:
    yield _made("the rule's own texts, or its cases in tests/rules")
    yield f"\n# {rule.id} {rule.name}\n"
    yield f"{TITLES[rule.family]} · {rule.severity} · [all rules]({INDEX})\n"
    yield "## What it finds\n"
    yield from (f"- {_plain(name)}" for name in finds)
    yield "\nIt lets pass:\n"
    yield from (f"- {_plain(name)}" for name in passes)
    if rule.needs:
        needed = " and ".join(NEEDS[one] for one in rule.needs)
        yield f"\nIt needs, beside what is audited, {needed}; without that it is told as not checked."
    yield f"\n## Why it matters\n\n{_plain(rule.why)}\n\n## Example\n"
    yield f"{_plain(example.name[:1].upper() + example.name[1:])} ([how to read it]({INDEX}#examples)):\n"
    yield f"```yaml\n{example.change.rstrip()}\n```\n\nThe audit then says:\n"
    yield from (f"    {said}" for said in example.says)
    yield f"\n## Instead\n\n{_plain(rule.fix)}\n\n## To let it be\n"
    yield from (f"- {told}: `{line}`" for told, line in switching(rule))


def switching(rule: Rule) -> tuple[tuple[str, str], ...]:
    """How a rule is switched off, and how one finding is let stand: where, and what to write there.

    >>> from edgewise.citations.audit.rules import find_rule
    >>> switching(find_rule("M101"))[0]
    ('Off, in pyproject.toml under [tool.edgewise.audit]', 'severity = { M101 = "off" }')
    """
    return (
        ("Off, in pyproject.toml under [tool.edgewise.audit]", f'severity = {{ {rule.id} = "off" }}'),
        ("Off, in the guideline", f'severities: [{{rule: {rule.id}, severity: "off"}}]'),
        ("One finding alone, in the guideline", f"waivers: [{{rule: {rule.id}, about: […], reason: …}}]"),
    )


def index(finds: Mapping[str, Sequence[str]], rules: Iterable[Rule]) -> str:
    """The page that leads to all others.

    Args:
        finds: what each rule finds, by its id.
        rules: all, in their order.

    >>> from edgewise.citations.audit.rules import find_rule
    >>> "| [M101](M101.md) | `orphan-marker` | error | a lost entry |" in index({"M101": ["a lost entry"]}, [find_rule("M101")])
    True
    """
    return "\n".join(_index(finds, rules)) + "\n"


def _index(finds: Mapping[str, Sequence[str]], rules: Iterable[Rule]) -> Iterator[str]:
    yield _made("a rule's own texts, or its cases in tests/rules")
    yield "\n# The rules of the audit\n"
    yield "`edgewise rule ID` tells the same in the terminal; how the audit is called stands in [the command](../command.md)."
    for family, held in groupby(rules, key=lambda rule: rule.family):
        yield f"\n## {TITLES[family]}\n\n| rule | name | severity | finds, for example |\n|---|---|---|---|"
        yield from (f"| [{one.id}]({one.id}.md) | `{one.name}` | {one.severity} | {_cell(finds[one.id][0])} |" for one in held)
    yield _EXAMPLES


_EXAMPLES = """
## Examples

Each rule is tested by cases: changes of a small guideline that has no fault (tests/data/audit/thumb.yaml) and of the article that belongs
to it (thumb.txt). An example shows such a change, and what the audit says of it.

- `edit` sets a value (`null` takes it away), `add` adds to a list: `references/r1/title` is the title of the reference r1.
- `article` rewrites words of the article; `given` names what the audit is given beside the guideline: the article, the ledger, what
  registries answered.
- `notices`, `listed`, `unasked`, `twin` and `dead` are what registries, the kept list of retractions and web servers answer; `signed` and
  `unsigned` what the ledger holds; `doubt`, `links`, `list_faults` and `other_article` what the reader of the file came upon."""


def _made(source: str) -> str:
    return f"<!-- Written by `python -m tests.test_rule_pages`: change {source} instead. -->"


def _plain(text: str) -> str:
    """Words of ours as Markdown shows them; their brackets and angles are no links and no tags."""
    return text.replace("<", "&lt;").replace("[", "\\[").replace("*", "\\*").replace("_", "\\_")


def _cell(text: str) -> str:
    return _plain(text).replace("|", "\\|")


@cache
def _published() -> str:
    """The address under which a release says that the pages stand: ``Rules`` among the project's addresses; empty where it has none."""
    try:
        addresses = metadata("edgewise").get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    named = dict(one.split(", ", 1) for one in addresses if ", " in one)
    return next((address.rstrip("/") for label, address in named.items() if label.casefold() == _LABEL), "")


def web_address(rule: str) -> str:
    """Where the page of a rule stands on the web; empty while no release gives it an address."""
    return f"{_published()}/{rule}.md" if _published() else ""


def address(rule: str) -> str:
    """Where the page of a rule is to be read: on the web, else in this checkout or installation; empty where neither has it.

    >>> address("M101").endswith("/rules/M101.md"), address("nothing")
    (True, '')
    """
    if found := web_address(rule):
        return found
    file = FOLDER / f"{rule}.md"
    return file.as_uri() if file.is_file() else ""
