"""`edgewise new`: a guideline begun that is sound but for what is still to do."""

from __future__ import annotations

import pytest
import typer

from edgewise.explorer.cli import new as command
from edgewise.graph.formatting.formatted import formatted
from edgewise.graph.library import load
from tests.explorer.calls import answer, refused, run

ARTICLE = "Care\n\nRest helps in most people [1].\n\nReferences\n\n1. Lee A. Rest. J Invented. 2001.\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def text(folder):
    return (folder / "guideline.yaml").read_text(encoding="utf-8")


def test_a_folder_with_a_draft_is_made_that_check_has_nothing_against_but_what_is_to_do(here):
    done = run("new", "sore-throat/", "--title", "A sore: throat", "--updated", "2026-01-31", "--no-input")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].startswith("sore-throat/guideline.yaml is written, with ")
    assert "  edgewise check sore-throat/ --watch" in done.stdout.splitlines()
    written = text(here / "sore-throat")
    assert 'id: sore-throat\ndraft: true\ntitle: "A sore: throat"\nquestion: ""\n' in written
    assert "updated: 2026-01-31\n" in written
    assert formatted(written, "g.yaml") == written
    told = answer("check", "sore-throat/")["findings"]
    assert {one["rule"] for one in told} == {"to-do"}
    assert load("sore-throat/").guideline.id == "sore-throat"


def test_from_an_article_come_places_markers_and_references_and_no_sentence(here):
    (here / "rest.txt").write_text(ARTICLE, encoding="utf-8")
    told = answer("new", "--article", "rest.txt", "--question", "Who rests?")
    assert (told["id"], told["file"]) == ("rest", "rest/guideline.yaml")
    assert "edgewise audit rest/ --article rest.txt" in told["next"]
    written = text(here / "rest")
    assert 'question: "Who rests?"' in written
    assert "citations: [{marker: marker-1}]" in written
    assert "Rest helps" not in written
    assert {one["rule"] for one in answer("check", "rest/")["findings"]} == {"to-do"}
    assert told["to_do"] == len(answer("check", "rest/")["findings"])


def test_on_a_terminal_the_head_is_asked_for(here, monkeypatch):
    answers = {"Title of the guideline": "Hips", "Its publisher": "The Example Press"}
    asked = []
    monkeypatch.setattr(typer, "prompt", lambda question, **_: asked.append(question) or answers.get(question, ""))
    monkeypatch.setattr(command.sys, "stdin", type("Terminal", (), {"isatty": lambda _: True})())
    assert command.new(question="Who?") == 0
    assert len(asked) == 4
    assert 'title: "Hips"\nquestion: "Who?"\npublisher: "The Example Press"\nupdated: ""' in text(here / "hips")


def test_what_no_terminal_shows_does_not_come_in(here):
    assert run("new", "hips/", "--no-input", "--title", "Hips\x1b[31m \ud800!").exit_code == 0
    assert 'title: "Hips [31m !"' in text(here / "hips")


def test_nothing_is_written_over(here):
    run("new", "hips/", "--no-input")
    before = text(here / "hips")
    assert "hips/guideline.yaml exists" in refused("new", "hips/", "--title", "Another")[0]
    assert text(here / "hips") == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--no-input"], "the guideline needs a name"),
        (["hips/", "--id", "../hips"], "the guideline's id '../hips' cannot be used"),
        (["hips/", "--updated", "31 March"], "'updated' cannot be '31 March'"),
        (["hips/", "--title", "x" * 301], "'title' has 301 characters"),
        (["hips/", "--article", "none.txt"], "there is no such file"),
    ],
)
def test_what_makes_no_guideline_is_refused_and_nothing_is_written(here, arguments, said):
    assert said in refused("new", *arguments)[0]
    assert list(here.iterdir()) == []


def test_opening_it_leads_to_a_draft_of_the_file_on_the_build_page(here, monkeypatch):
    from edgewise.explorer.cli import launch
    from edgewise.explorer.shell import drafted

    monkeypatch.setenv("EDGEWISE_DRAFTS", str(here / "drafts.sqlite"))
    served = []
    monkeypatch.setattr(launch, "serve", lambda *told, **more: served.append((told[0], more["query"])))
    assert run("new", "hips/", "--no-input", "--open").exit_code == 0
    ((guideline, query),) = served
    assert guideline.endswith("hips/guideline.yaml")
    (draft,) = drafted.drafts().list()
    assert query == f"?page=build&g=draft.{draft.id}"
    assert draft.origin.path.endswith("hips/guideline.yaml")
