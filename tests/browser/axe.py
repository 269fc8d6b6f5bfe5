"""axe-core on a page: what breaks WCAG 2.2 AA or good practice, light and dark, on a desktop and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import product
from typing import Any, Literal

from driving import still
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SCREENS = {"desktop": (1280, 720), "phone": (390, 844)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TURNING = 800  # milliseconds that Streamlit may take to draw a page in its other colours
# The scheme changes colours and nothing else: in the dark only the rules about colour are asked again.
_RUN = """async ([tags, scheme]) => {
  const rules = axe.getRules(tags).filter(({ tags: of }) => scheme === "light" || of.includes("cat.color")).map(({ ruleId }) => ruleId);
  return (await axe.run({ runOnly: { type: "rule", values: rules }, resultTypes: ["violations"] })).violations;
}"""


@dataclass(frozen=True, slots=True)
class Excuse:
    """A fault of Streamlit's own markup that neither configuration nor style sheet nor script of ours can mend.

    Attributes:
        rule: axe's name of the rule.
        selector: CSS that matches the elements meant, and no other.
        why: what it is, and why it must stay.
    """

    rule: str
    selector: str
    why: str


EXCUSED: tuple[Excuse, ...] = (
    Excuse(
        "presentation-role-conflict",
        '[data-testid="stFileUploaderDropzone"]',
        "Streamlit's place to drop a file names itself and says in the same breath that it is nothing; the button within it is named too.",
    ),
    Excuse(
        "focus-order-semantics",
        '[data-testid="stMultiSelect"] [data-tag]',
        "What was chosen of several is a word in Streamlit's field that takes the focus, with a name but no role; its button has both.",
    ),
)
"""All that is let pass, on whatever page."""


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it stands, on both screens in both schemes; each fault once, with where it was seen first."""
    page.evaluate(_source())
    found: dict[tuple[str, str], str] = {}
    for scheme, (screen, (width, height)) in product(SCHEMES, SCREENS.items()):  # to turn dark, Streamlit draws the whole page again
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        still(page)
        for rule, place, told in _lasting(page, scheme):
            found.setdefault((rule, place), f"{screen}, {scheme}: {rule}: {place}: {told}")
    return list(found.values())


def _lasting(page: Page, scheme: str) -> list[tuple[str, str, str]]:
    """What is found twice: while a page turns from one scheme to the other its colours are neither's."""
    first = list(_broken(page, scheme))
    if not first:
        return []
    page.wait_for_timeout(TURNING)
    seen = {(rule, place) for rule, place, _ in first}
    return [fault for fault in _broken(page, scheme) if fault[:2] in seen]


def _broken(page: Page, scheme: str) -> Iterator[tuple[str, str, str]]:
    for violation in page.evaluate(_RUN, [list(TAGS), scheme]):
        for node in violation["nodes"]:
            if not _excused(page, violation["id"], node):
                yield violation["id"], " ".join(map(str, node["target"])), f"{node['failureSummary']} {node['html'][:200]}"


def _excused(page: Page, rule: str, node: dict[str, Any]) -> bool:
    """Whether an excuse means this very element; one inside a shadow root is ours, and has none."""
    *hosts, own = node["target"]
    if hosts or not isinstance(own, str):
        return False
    return any(one.rule == rule and page.locator(own).first.evaluate("(e, css) => e.matches(css)", one.selector) for one in EXCUSED)


@cache
def _source() -> str:
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
