"""`edgewise resolve`: what it says before it sends, what it makes of the answers, and what it says where there are none."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import respx

from edgewise.citations.lookup import client as fetch
from edgewise.citations.lookup.registries import CROSSREF, PUBMED
from edgewise.citations.lookup.resolve import REGISTRIES, preview
from edgewise.explorer.cli import resolve as resolve_command
from edgewise.explorer.cli.resolve import RegistryName
from edgewise.graph.library import load
from tests.citations.lookup.retraction_lists import row, written
from tests.explorer.calls import SI, answer, refused, run
from tests.places import DATA

ANSWERS = DATA / "registries"
SUMMARY, SEARCH = f"{PUBMED.base}/entrez/eutils/esummary.fcgi", f"{PUBMED.base}/entrez/eutils/esearch.fcgi"
UPDATES = f"{CROSSREF.base}/works?filter=updates"
NOTHING = {"status": "ok", "message-type": "work-list", "message": {"items": []}}


def stored(name: str) -> httpx.Response:
    return httpx.Response(200, json=json.loads((ANSWERS / name).read_text("utf-8")))


@pytest.fixture(autouse=True)
def net(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[respx.MockRouter]:
    """A network in which nothing exists but what a test puts there, a cache of one's own, and no waiting."""
    really = fetch.Client.__init__
    monkeypatch.setattr(fetch.Client, "__init__", lambda self, settings=None: really(self, settings, sleep=lambda _: None))
    monkeypatch.setenv("EDGEWISE_CACHE", str(tmp_path / "cache"))
    for name in ("EDGEWISE_MAILTO", "NCBI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    with respx.mock(assert_all_called=False) as router:
        router.get(url__startswith=UPDATES).respond(json=NOTHING)
        yield router


def listing(folder: Path, title: str, year: int, *identifiers: tuple[str, str]) -> str:
    """A guideline file whose list holds one reference."""
    held = ", ".join(f'{{scheme: {scheme}, value: "{value}", statedBy: editor, confirmed: false}}' for scheme, value in identifiers)
    text = (ANSWERS.parent / "small.yaml").read_text("utf-8")
    for old, new in (
        ("title: Boots for ankles", f'title: "{title}"'),
        ("year: 2021", f"year: {year}"),
        ('value: "12"', 'value: "85"'),
        ("container: Journal of Invented Results\n  author: Nobody A\n  ", ""),
        ('- {scheme: url, value: "https://example.org/boots", statedBy: editor, confirmed: false}', f"[{held}]"),
    ):
        assert old in text
        text = text.replace(old, new)
    file = folder / f"{len(list(folder.iterdir()))}.yaml"
    file.write_text(text.replace("identifiers:\n  [", "identifiers: ["), encoding="utf-8")
    return str(file)


PELVIC = ("Pelvic belts for girdle pain: a randomised trial", 2016)
SACROILIAC = ("Sacroiliac joint pain: anatomy, biomechanics, diagnosis, and treatment", 2006)


@pytest.fixture
def known(tmp_path, net):
    """A guideline whose one reference both registries know as it stands."""
    net.get(url__startswith=f"{CROSSREF.base}/works/").mock(return_value=stored("crossref-work.json"))
    net.post(SUMMARY).mock(return_value=stored("pubmed-summary.json"))
    return listing(tmp_path, *SACROILIAC, ("doi", "10.1097/01.phm.0000247633.68694.c1"), ("pmid", "17117004"))


def test_before_sending_it_says_what_it_sends_and_to_whom(known):
    done = run("resolve", known, "--mailto", "ed@example.org")
    reference = next(iter(load(known).guideline.references.values()))
    assert "Sends to Crossref and PubMed" in done.stderr
    assert "with your mail address ed@example.org" in done.stderr
    assert all(address in done.stderr for address in preview(reference))


def test_nothing_is_sent_before_it_was_said(known, net, capsys, monkeypatch):
    said: list[str] = []
    monkeypatch.setattr("edgewise.explorer.cli.resolve.complain", said.append)
    before: list[int] = []
    net.get(url__startswith=f"{CROSSREF.base}/works/").mock(side_effect=lambda _: before.append(len(said)) or stored("crossref-work.json"))
    run("resolve", known)
    assert before == [len(said)]
    assert len(said) > 2


def test_what_is_found_as_it_stands_is_clean(known):
    done = run("resolve", known)
    assert done.exit_code == 0
    assert "Crossref: found by DOI: 10.1097/01.phm.0000247633.68694.c1 (looked up " in done.stdout
    assert done.stdout.splitlines()[-1] == "1 reference: 1 found, 0 not found, 0 ambiguous, 0 unchecked"
    told = answer("resolve", known)
    assert told["counts"] == {"found": 1, "not-found": 0, "ambiguous": 0, "unchecked": 0}
    assert [one["kept"] for one in told["references"][0]["answers"]] == [True, True], "the second time, from the disk"


def test_answers_that_are_kept_serve_offline_and_nothing_is_sent(known, net):
    run("resolve", known)
    calls = net.calls.call_count
    done = run("resolve", known, "--offline")
    assert (done.exit_code, net.calls.call_count) == (0, calls)
    assert done.stderr.startswith("Offline: nothing is sent.")


def test_offline_with_nothing_kept_is_unchecked_and_not_clean(known, net):
    told = answer("resolve", known, "--offline", code=2)
    assert (told["counts"]["unchecked"], told["error"]) == (1, "nothing could be checked")
    assert {one["why"] for one in told["references"][0]["answers"]} == {"offline, and no answer is kept"}
    assert net.calls.call_count == 0


def test_where_no_registry_can_be_reached_all_is_unchecked_with_the_reason_and_no_traceback(net):
    net.route().mock(side_effect=httpx.ConnectError)
    done = run("resolve", SI)
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    assert done.stdout.splitlines()[-1] == "6 references: 0 found, 0 not found, 0 ambiguous, 6 unchecked"
    assert "cannot be reached (ConnectError)" in done.stdout
    assert "error: nothing could be checked; the answers say why" in done.stderr


def test_one_registry_that_fails_does_not_spoil_what_the_other_found(known, net):
    net.post(SUMMARY).mock(side_effect=httpx.ReadTimeout)
    (one,) = answer("resolve", known)["references"]
    assert [(held["registry"], held["status"]) for held in one["answers"]] == [("crossref", "found"), ("pubmed", "unchecked")]


def test_a_retracted_work_is_found_and_told(tmp_path, net):
    net.get(url__startswith=CROSSREF.base).mock(return_value=stored("crossref-retracted.json"))
    file = listing(tmp_path, *PELVIC, ("doi", "10.5555/pelvic.2016.7"))
    done = run("resolve", file, "--registry", "crossref")
    assert done.exit_code == 1
    assert "RETRACTED: " in done.stdout
    assert "EXPRESSION OF CONCERN: " in done.stdout
    (one,) = answer("resolve", file, "--registry", "crossref", code=1)["references"]
    assert one["status"] == "found"
    assert [notice["kind"] for notice in one["notices"]] == ["concern", "retraction", "correction", "new-version"]
    assert one["notices"][1]["lookedUp"]


def test_a_detail_that_differs_is_told_with_both_values(tmp_path, net):
    net.get(url__startswith=CROSSREF.base).mock(return_value=stored("crossref-work.json"))
    file = listing(tmp_path, SACROILIAC[0], 2011, ("doi", "10.1097/01.phm.0000247633.68694.c1"))
    (one,) = answer("resolve", file, "--registry", "crossref", code=1)["references"]
    assert {"field": "year", "ours": "2011", "theirs": "2006"} in one["answers"][0]["differences"]


def test_what_is_not_there_is_not_found_and_what_has_look_alikes_is_ambiguous(tmp_path, net):
    net.get(url__startswith=CROSSREF.base).mock(return_value=httpx.Response(200, json=NOTHING))
    assert answer("resolve", listing(tmp_path, "On nothing", 2001), "--registry", "crossref", code=1)["counts"]["not-found"] == 1
    net.get(url__startswith=CROSSREF.base).mock(return_value=stored("crossref-list.json"))
    (one,) = answer("resolve", listing(tmp_path, "Pelvic belts and girdle pain in practice", 2005), "--registry", "crossref", code=1)[
        "references"
    ]
    assert one["status"] == "ambiguous"
    assert [other["work"]["doi"] for other in one["answers"][0]["lookalikes"]][:2] == ["10.5555/belts.2016", "10.5555/belts.1999"]
    assert one["answers"][0]["work"] is None


def test_a_malformed_identifier_is_told_and_never_sent(tmp_path, net):
    search = net.get(url__startswith=CROSSREF.base).mock(return_value=httpx.Response(200, json=NOTHING))
    file = listing(tmp_path, "On nothing", 2001, ("doi", "10.1097-01"))
    (one,) = answer("resolve", file, "--registry", "crossref", code=1)["references"]
    assert one["malformed"][0]["value"] == "10.1097-01"
    assert "10.1097-01" not in str(search.calls.last.request.url)


def test_the_guideline_is_not_altered(known):
    before = Path(known).read_bytes()
    run("resolve", known)
    assert Path(known).read_bytes() == before


def test_a_key_is_announced_and_never_shown(known, net, monkeypatch):
    monkeypatch.setenv("NCBI_API_KEY", "s3cret")
    done = run("resolve", known)
    assert "your key of NCBI" in done.stderr
    assert "s3cret" not in done.output


def test_who_asks_must_have_a_mail_address_that_is_one(known, net):
    assert "the mail address for the registries is none; write name@host" in refused("resolve", known, "--mailto", "ed")[0]
    assert net.calls.call_count == 0


def test_progress_is_for_terminals_alone(known, monkeypatch):
    assert "Looking up" not in run("resolve", known).output
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr("sys.stderr", screen)
    with resolve_command._progress(2) as advance:
        advance()
        advance()
    assert "Looking up" in screen.getvalue()
    assert "100%" in screen.getvalue()


def test_the_answers_of_a_registry_cannot_steer_the_terminal(tmp_path, net):
    evil = json.loads((ANSWERS / "crossref-work.json").read_text("utf-8"))
    evil["message"]["title"] = ["\x1b]0;owned\x07" + SACROILIAC[0] + "\u202e"]
    net.get(url__startswith=CROSSREF.base).mock(return_value=httpx.Response(200, json=evil))
    file = listing(tmp_path, *SACROILIAC, ("doi", "10.1097/01.phm.0000247633.68694.c1"))
    for options in ((), ("--json",)):
        assert not set(run("resolve", file, "--registry", "crossref", *options).output) & set("\x1b\x07\u202e")


def test_the_registries_offered_are_those_there_are():
    assert tuple(RegistryName) == REGISTRIES


def test_the_audit_judges_by_kept_answers_when_it_is_asked_to_and_sends_nothing(known, net):
    def unchecked():
        return {id for one in answer("audit", known, "--looked-up", code=1)["unchecked"] for id in one["rules"]}

    assert "R211" in unchecked()
    run("resolve", known)
    asked = net.calls.call_count
    assert "R211" not in unchecked()
    assert net.calls.call_count == asked


BOOTS = row(doi="https://doi.org/10.5555/Pelvic.2016.7", title=PELVIC[0], notice="10.5555/n", reason="+Error in Data;")


def test_a_list_of_retractions_is_kept_without_a_guideline_and_told_with_its_days(tmp_path, net):
    done = run("resolve", "--retractions", str(written(tmp_path / "list.csv", [BOOTS])))
    assert (done.exit_code, net.calls.call_count) == (0, 0)
    assert "Retraction Watch: 1 notices, the newest of 2019-04-01, in the list taken in on 2" in done.stdout
    kept = answer("resolve", "--retractions", str(tmp_path / "list.csv"))["retractionList"]
    assert (kept["upTo"], kept["notices"]) == ("2019-04-01", 1)


def test_offline_a_kept_list_tells_a_retraction_though_no_registry_was_ever_asked(tmp_path, net):
    file = listing(tmp_path, *PELVIC, ("doi", "10.5555/pelvic.2016.7"))
    run("resolve", "--retractions", str(written(tmp_path / "list.csv", [BOOTS])))
    done = run("resolve", file, "--offline")
    assert (done.exit_code, net.calls.call_count) == (1, 0)
    assert "RETRACTED: Retraction, 10.5555/n, 2019-04-01, reason: Error in Data (Retraction Watch, list up to 2019-04-01)" in done.stdout
    told = answer("resolve", file, "--offline", code=1)
    assert told["retractionList"]["notices"] == 1
    (notice,) = told["references"][0]["notices"]
    assert (notice["kind"], notice["date"], notice["reason"], notice["registry"], notice["lookedUp"]) == (
        "retraction", "2019-04-01", "Error in Data", "retraction-watch", "2019-04-01",
    )  # fmt: skip
    found = [one for one in answer("audit", file, "--looked-up", code=1)["findings"] if one["rule"] == "R212"]
    assert ["reason: Error in Data" in one["message"] for one in found] == [True]


def test_a_work_that_the_kept_list_does_not_have_is_said_to_be_in_it_not_at_all(tmp_path):
    file = listing(tmp_path, *PELVIC, ("doi", "10.5555/pelvic.2016.7"))
    done = run("resolve", file, "--offline", "--retractions", str(written(tmp_path / "list.csv", [row(doi="10.5555/other")])))
    assert "Retraction Watch: nothing in the list that is kept, list up to 2019-04-01" in done.stdout
    assert done.exit_code == 1, "no registry was asked"


def test_doubtful_rows_of_a_list_are_told_with_their_lines_and_are_not_clean(tmp_path):
    file = written(tmp_path / "list.csv", [BOOTS, row(doi="10.5555/b", nature="Praise"), row()])
    done = run("resolve", "--retractions", str(file))
    assert done.exit_code == 1
    assert f"{file}:4: warning: 'Praise' is no RetractionNature that is known" in done.stderr
    assert "rows that name no work by DOI or PMID, and cannot be found by one: 1" in done.stderr
    assert [one["line"] for one in answer("resolve", "--retractions", str(file), code=1)["findings"]] == [4]


def test_a_file_that_is_no_list_is_refused_before_anything_is_sent(known, net, tmp_path):
    (tmp_path / "list.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (line,) = refused("resolve", known, "--retractions", str(tmp_path / "list.csv"))
    assert f"{tmp_path / 'list.csv'}:1: error: no list of Retraction Watch" in line
    assert net.calls.call_count == 0


def test_neither_guideline_nor_list_is_nothing_to_do():
    assert "name a guideline to look up, or a list to keep (--retractions FILE)" in refused("resolve")[0]


def test_what_crossref_does_not_say_of_notices_is_told_and_not_clean(known, net):
    net.routes.clear()
    net.get(url__startswith=UPDATES).respond(400)
    net.get(url__startswith=f"{CROSSREF.base}/works/").mock(return_value=stored("crossref-work.json"))
    done = run("resolve", known, "--registry", "crossref")
    assert done.exit_code == 1
    assert "which works give notice of it is unchecked: crossref answered 400" in done.stdout
    unchecked = answer("audit", known, "--looked-up", code=1)["unchecked"]
    assert any(one["rules"] == ["R212", "R213", "R214", "R220"] and "is not known from crossref" in one["why"] for one in unchecked)
