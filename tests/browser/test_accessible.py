"""Every page and mode under axe-core: WCAG 2.2 AA and good practice, light and dark, on a desktop and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe import EXCUSED, faults
from driving import CANVAS, drawn, settled
from playwright.sync_api import Browser, Page

from conftest import serving
from edgewise.explorer.handout.html.document import standalone
from edgewise.graph.drafting.drafts import DRAFTS, Drafts
from edgewise.graph.library import load

GUIDELINE = load("sacroiliac-sclerosis").guideline
TOLD = "radiographs~equivocal+inflammatory-suspicion~no+conservative-months~6+conservative-failed~yes"
VIEWS = {
    "pathway": "/",
    "an edge": "/?sel=cooled-rfa-to-si-joint-fusion",
    "a step": "/?sel=ct-si-joints-without-contrast",
    "a patient": f"/?facts={TOLD}+block-relief~85~88",
    "silence": f"/?facts={TOLD}+block-relief~70~70",
    "a replay": f"/?facts={TOLD}&upto=presentation",
    "why": f"/?facts={TOLD}&why=si-joint-fusion",
    "what if": f"/?facts={TOLD}&vary=conservative-months",
    "left open": "/?gaps=all",
    "imaging": "/?page=imaging",
    "evidence": "/?page=evidence",
    "a source taken away": "/?page=evidence&ref=r1",
    "the matrix": "/?page=evidence&show=matrix&statement=s17",
    "edges and steps": "/?page=evidence&show=edges",
    "audit": "/?page=audit",
    "a finding": "/?page=audit&rule=orphan-marker",
    "signing": "/?page=audit&view=sign",
    "practise": "/?page=teach",
    "set": "/?page=teach&mode=set",
    "hand out": "/?page=teach&mode=handout",
    "library": "/?page=library",
    "what was found": "/?page=library&q=embolism",
    "data": "/?page=data",
    "compare": "/?page=compare&g=sacroiliac-sclerosis&with=ottawa-ankle",
}


DEEDS = {
    "the keys": ("/", lambda page: page.keyboard.press("?")),
    "an answer to be changed": (VIEWS["a patient"], lambda page: page.get_by_text("Films of the SI joints: Equivocal").last.click()),
}
"""What an address alone does not open."""
DRAFT = """\
id: throats
draft: true
title: Sore throats
purpose: education
language: en
observables:
  - {id: fever, label: fever, question: "Is there fever?", valueType: yes-no}
steps:
  - {id: sore-throat, type: Presentation, label: Sore throat}
  - {id: swab, type: Investigation, label: Throat swab}
transitions:
  - {id: to-swab, from: sore-throat, to: swab, label: fever, when: {observable: fever, is: yes}, statedBy: modeller}
glossary:
  - {id: term-swab, term: swab, explanation: A soft stick., statedBy: editor}
"""
ARTICLE = (
    "Sore throats\n\nTreatment\n\nEvery adult with fever should be swabbed [1].\n\nReferences\n\n1. Lee A. On throats. J Invented. 2020.\n"
)
WRONG = """<!doctype html><html lang="en"><title>Wrong</title><style>
  .pale { color: #bbb; background: #fff; } .late { color: #000; background: #fff; } button { width: 60px; height: 60px; }
  @media (prefers-color-scheme: dark) { .late { color: #333; background: #222; } }
  @media (max-width: 500px) { button { width: 12px; height: 12px; padding: 0; border: 0; margin: 0; } }
</style><main><h1>Wrong</h1><h3>Order</h3><p class="pale">Pale</p><p class="late">Late</p><button>A</button><button>B</button></main>"""


@pytest.mark.parametrize("path", VIEWS.values(), ids=VIEWS)
def test_axe_finds_nothing(visit, path: str) -> None:
    assert faults(standing(visit(path))) == []


@pytest.mark.parametrize(("path", "do"), DEEDS.values(), ids=DEEDS)
def test_axe_finds_nothing_in_what_opens(visit, path: str, do: Callable[[Page], object]) -> None:
    page = standing(visit(path))
    do(page)
    settled(page)
    assert faults(page) == []


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Drafts]]:
    kept = tmp_path_factory.mktemp("drafts") / "drafts.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DRAFTS, str(kept))
        with serving("sacroiliac-sclerosis") as address:
            yield address, Drafts(kept)


def test_axe_finds_nothing_where_a_draft_is_begun(visit, build: tuple[str, Drafts]) -> None:
    address, drafts = build
    drafts.create(DRAFT, None, "Sore throats")
    assert faults(standing(visit("/?page=build", at=address))) == []


@pytest.mark.parametrize("at", ["", "to-swab", "term-swab"], ids=["the desk", "the desk with an edge", "the desk with a term"])
def test_axe_finds_nothing_at_the_desk(visit, build: tuple[str, Drafts], at: str) -> None:
    address, drafts = build
    page = standing(visit(f"/?page=build&g=draft.{drafts.create(DRAFT).id}&at={at}", at=address))
    assert faults(page) == []


def test_axe_finds_nothing_at_the_desk_with_an_article_and_a_statement(visit, build: tuple[str, Drafts]) -> None:
    address, drafts = build
    page = standing(visit(f"/?page=build&g=draft.{drafts.create(DRAFT).id}", at=address))
    given = {"name": "throats.txt", "mimeType": "text/plain", "buffer": ARTICLE.encode()}
    page.locator('.st-key-ew-build-text input[type="file"]').set_input_files(given)
    page.get_by_role("button", name="Every adult with fever").click()
    page.get_by_role("textbox", name="In your own words").wait_for()
    settled(page)
    assert faults(page) == []


def test_axe_finds_nothing_where_a_link_is_shared(visit, build: tuple[str, Drafts]) -> None:
    address, drafts = build
    draft = drafts.create(DRAFT)
    drafts.share(draft.id)
    page = standing(visit(f"/?page=build&g=draft.{draft.id}", at=address))
    page.get_by_role("button", name="Share", exact=True).click()
    page.get_by_role("button", name="Withdraw the link").wait_for()
    assert faults(page) == []


def test_axe_finds_nothing_where_a_draft_is_thrown_away(visit, build: tuple[str, Drafts]) -> None:
    address, drafts = build
    drafts.create(DRAFT, None, "Sore throats")
    page = standing(visit("/?page=build", at=address))
    page.get_by_role("button", name="Throw away").first.click()
    page.get_by_role("button", name="Throw this draft away").wait_for()
    assert faults(page) == []


def test_axe_finds_nothing_in_the_offer_of_what_the_browser_holds(visit, build: tuple[str, Drafts]) -> None:
    address, drafts = build
    draft = drafts.create(DRAFT)
    page = standing(visit(f"/?page=build&g=draft.{draft.id}", at=address))
    page.wait_for_function("(id) => localStorage.getItem(`edgewise:build:${id}`)", arg=draft.id)
    drafts.remove(draft.id)
    page.goto(f"{address}/?page=build")
    page.get_by_role("button", name="Take it up again").wait_for()
    settled(page)
    assert faults(page) == []


def test_axe_finds_nothing_in_what_is_shared_for_review(visit, build: tuple[str, Drafts]) -> None:
    address, drafts = build
    token = drafts.share(drafts.create(DRAFT).id)
    assert faults(standing(visit(f"/?page=build&g=review.{token}&at=to-swab", at=address))) == []


def standing(page: Page) -> Page:
    """The page once all of it stands."""
    page.locator(".ew-notice").wait_for()
    settled(page)
    return drawn(page) if page.locator(CANVAS).count() else page


@pytest.mark.parametrize("fragment", ["#cooled-rfa-to-si-joint-fusion", "#si-joint-fusion"], ids=["an edge", "a step"])
def test_axe_finds_nothing_in_the_file_that_stands_alone(browser: Browser, tmp_path: Path, fragment: str) -> None:
    file = tmp_path / "hand-out.html"
    file.write_text(standalone(GUIDELINE), "utf-8")
    page = browser.new_page()
    page.goto(file.as_uri() + fragment)
    assert faults(drawn(page)) == []
    page.close()


def test_axe_would_find_what_is_wrong(browser: Browser) -> None:
    """One fault of each kind that depends on something else: on the structure, on the colours, on the scheme, on the width."""
    page: Page = browser.new_page()
    page.set_content(WRONG)
    found = faults(page)
    for seen in ("light: heading-order", "light: color-contrast", "dark: color-contrast"):
        assert any(fault.startswith(f"desktop, {seen}") for fault in found), f"{seen} in {found}"
    assert any(fault.startswith("phone, light: target-size") for fault in found), found
    page.close()


def test_every_excuse_says_why_it_must_stay() -> None:
    assert all(len(one.why) > 40 and one.selector.startswith(("[data-testid=", ".st")) for one in EXCUSED)
