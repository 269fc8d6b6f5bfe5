"""The sign-off page: a cited text is read beside the statement on request, its sign-off names it, and what was reworded is shown."""

from __future__ import annotations

import pytest
import respx

from edgewise.citations.ledger.fingerprints import links
from edgewise.citations.ledger.store import open_ledger
from edgewise.citations.lookup.registries import PUBMED
from edgewise.citations.reading.article import read_article_text
from edgewise.explorer.pages.audit import cited_texts
from edgewise.explorer.shell import session_article, tab_memory
from edgewise.explorer.shell.tab_memory import HOURS, MOST, Remembered
from tests.explorer.auditing import FIRST, HOSTILE, SAMPLE, SI, messages, ran, signed, told, visited

pytestmark = pytest.mark.usefixtures("ledger")
LINKS = links(SAMPLE)
TEXT = b"Care\n\nConservative care comes first. Injections were given to 7 of 10 women.\n"
ARTICLE = read_article_text(TEXT, "care.txt", "text")
EUTILS = f"{PUBMED.base}/entrez/eutils"


@pytest.fixture
def net(monkeypatch, tmp_path):
    """A network in which nothing exists but what a test puts there, and no answer is kept."""
    monkeypatch.setenv("EDGEWISE_CACHE", str(tmp_path / "answers"))
    with respx.mock(assert_all_called=False) as router:
        yield router


def holding(at, citation=FIRST, data=TEXT, name="care.txt"):
    """The page as it is after an editor has loaded a text for a citation."""
    link = LINKS[citation]
    held = {}

    def keep(key, value):
        held[key] = value

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cited_texts.st, "session_state", held)
        cited_texts.take(SI, link, data, name)
    for key, value in held.items():
        at.session_state[key] = value
    return ran(at)


def test_nothing_is_looked_up_or_read_by_itself(net):
    at = visited(view="sign")
    assert "Read before you sign" in told(at)
    assert "The nearest sentences" not in told(at)
    assert not net.calls.called


def test_a_loaded_text_stands_beside_the_statement_with_its_marks_and_no_verdict():
    at = holding(visited(view="sign"))
    assert "The nearest sentences Read: care.txt, of 20" in told(at)
    assert "Conservative care comes first." in told(at)
    assert "yours to judge" in told(at)
    assert "The text also speaks of women (sentence 2)." in told(at)


def test_the_sign_off_names_what_was_shown_and_the_next_of_another_work_names_nothing(ledger):
    at = signed(holding(visited(view="sign")), FIRST, "partly", "Ann Lee")
    at.button_group(key="verdict:s1/citations/2").set_value("cant-tell")
    at.button(key="submit:s1/citations/2").click()
    ran(at)
    first, second = (entry.content for entry in open_ledger(ledger).entries())
    assert [text.source for text in first.read] == ["file:care.txt"]
    assert second.read == ()
    assert "Read before signing: care.txt (20" in told(visited(view="sign", citation=FIRST))


def test_a_text_can_be_forgotten():
    at = holding(visited(view="sign"))
    at.button(key="read-forget").click()
    assert "The nearest sentences" not in told(ran(at))


def test_a_text_without_sentences_and_a_hostile_one_are_shown_as_text():
    at = holding(visited(view="sign"), data=f"Care\n\n{HOSTILE} care comes first.\n".encode(), name="<b>.txt")
    assert "<img src=x" in told(at), "escaped once, and so shown as it is written"
    assert not any("<img" in block.proto.body for block in at.get("html"))


def test_an_abstract_is_looked_up_on_the_button_that_says_what_it_sends(net):
    citation = next(id for id, link in LINKS.items() if link.reference and link.reference.id == "reference-4")
    cited = SAMPLE.references["reference-4"]
    number = next(one.value for one in cited.identifiers if one.scheme == "pmid")
    net.post(f"{EUTILS}/esummary.fcgi").respond(
        json={"result": {"uids": [number], number: {"uid": number, "title": cited.title, "pubdate": "2006"}}}
    )
    net.post(f"{EUTILS}/efetch.fcgi").respond(
        text=f"<PubmedArticleSet><PubmedArticle><PMID>{number}</PMID><A><Abstract><AbstractText>Pain of the sacroiliac joint was relieved."
        "</AbstractText></Abstract></A></PubmedArticle></PubmedArticleSet>"
    )
    at = visited(view="sign", citation=citation)
    assert f"esummary.fcgi?db=pubmed&retmode=json&id={number}" in told(at)
    at.button(key="abstract-send").click()
    assert f"Read: the abstract at PubMed (PMID {number})" in told(ran(at))


def test_without_an_abstract_it_is_said_why(net):
    at = visited(view="sign")
    at.button(key="abstract-kept").click()
    assert "PubMed was not asked: offline, and no answer is kept." in messages(ran(at))
    assert not net.calls.called


# ---- what a reload gives back ------------------------------------------------------------------------------------------


def test_a_reload_gives_back_name_and_texts_to_the_tab_that_had_them_and_to_no_other():
    at = holding(visited(view="sign"))
    at.session_state[f"{session_article.PREFIX}{SI}"] = ARTICLE
    at = signed(ran(at), FIRST, "partly", "Ann Lee")
    token = at.session_state["tab-memory:token"]
    fresh: dict[str, object] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tab_memory.st, "session_state", fresh)
        tab_memory.recall("x" * 32)
        assert fresh == {}, "nobody knows that token"
        tab_memory.recall(token)
    assert fresh["editor"] == "Ann Lee"
    assert fresh[f"{session_article.PREFIX}{SI}"] == ARTICLE
    assert any(str(key).startswith("cited:") for key in fresh)


@pytest.mark.parametrize("told_", [None, 7, "", "short", "<b>" * 11, "x" * 5000])
def test_what_is_no_token_is_not_looked_for(told_):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tab_memory.st, "session_state", held := {})
        tab_memory.recall(told_)
    assert held == {}


def test_tabs_are_forgotten_after_hours_and_beyond_a_few_dozen():
    kept = Remembered()
    for number in range(MOST + 1):
        kept.put(f"{number:032}", {"n": number}, now=float(number))
    assert kept.get(f"{0:032}", now=50.0) == {}
    assert kept.get(f"{MOST:032}", now=50.0) == {"n": MOST}
    assert kept.get(f"{MOST:032}", now=50.0 + HOURS * 3600) == {}
