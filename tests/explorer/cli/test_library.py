"""Work on a library from the command line: load, list, remove and query, on a folder and on a database."""

from __future__ import annotations

import json

import pytest

from edgewise.citations.evidence.impact import impact
from edgewise.explorer.cli import load as load_command
from edgewise.graph.library import load as load_guideline
from edgewise.graph.stores.addresses import DEFAULT, open_store
from tests.explorer.calls import FAULTY, SI, SMALL, answer, refused, run
from tests.graph.stores.guidelines import small


@pytest.fixture(params=["folder", "oxigraph"])
def url(request, tmp_path):
    return str(tmp_path / "library") if request.param == "folder" else f"oxigraph:{tmp_path / 'library'}"


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """The user's own guidelines lie in a folder of the test's."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("EDGEWISE_LIBRARY", raising=False)


def ids(url):
    return [one["id"] for one in answer("list", "--library", url)["guidelines"]]


def test_what_is_loaded_is_listed_and_what_is_removed_is_not(url):
    told = answer("load", SI, SMALL, "--library", url)
    assert (told["loaded"], told["kept"], told["findings"]) == ([SI, "ankle-test"], [], [])
    assert ids(url) == ["ankle-test", SI]
    assert answer("remove", SI, "--library", url)["removed"] == SI
    assert ids(url) == ["ankle-test"]


def test_a_list_says_what_there_is(url):
    run("load", SI, "--library", url)
    done = run("list", "--library", url)
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"{SI}: Management of Bilateral Sacroiliac Joint Sclerosis",
        "  How should a patient with bilateral sacroiliac joint sclerosis and chronic low-back or buttock pain be managed?",
        "  Dr.Oracle, updated 2026-02-08, review pending; 11 steps, 13 edges, 6 references",
        "",
        f"1 guideline in {url}",
    ]
    assert answer("list", "--library", url, "--after", SI)["guidelines"] == []
    assert len(answer("list", "--library", url, "--limit", "1")["guidelines"]) == 1


def test_what_is_there_with_the_same_content_is_left_and_another_content_replaces(url, tmp_path):
    file = str(small(tmp_path, title="Old"))
    assert answer("load", file, "--library", url)["loaded"] == ["thumb"]
    assert answer("load", file, "--library", url)["kept"] == ["thumb"]
    small(tmp_path, title="New")
    assert answer("load", file, "--library", url)["loaded"] == ["thumb"]
    assert [one["title"] for one in answer("list", "--library", url)["guidelines"]] == ["New"]


def test_a_file_with_faults_is_told_by_its_line_and_the_rest_is_loaded(url):
    done = run("load", FAULTY, SI, "--library", url)
    assert done.exit_code == 1
    assert f"{FAULTY}:16: error: 'colour' is not a key of a step" in done.stdout
    assert done.stdout.splitlines()[-1] == f"1 guideline loaded into {url}: {SI}; 1 file left out"
    assert ids(url) == [SI]


def test_a_path_that_cannot_be_opened_is_told_and_the_rest_is_loaded(url, tmp_path):
    done = run("load", str(tmp_path / "nowhere.yaml"), "no-such-id", SI, "--library", url)
    assert done.exit_code == 2
    assert "there is no such file" in done.stderr
    assert "unknown guideline 'no-such-id'" in done.stderr
    assert ids(url) == [SI]
    data = answer("load", str(tmp_path / "nowhere.yaml"), "--library", url, code=2)
    assert [finding["rule"] for finding in data["findings"]] == ["no-file"]


def test_two_files_of_one_id_are_not_loaded_over_each_other(url, tmp_path):
    one, two = (str(small(tmp_path, title=title, name=f"{title}.yaml")) for title in ("One", "Two"))
    for _ in range(2):
        told = answer("load", one, two, "--library", url, code=1)
        assert [(finding["rule"], finding["file"]) for finding in told["findings"]] == [("id-taken", two)]
    assert [one["title"] for one in answer("list", "--library", url)["guidelines"]] == ["One"]


def test_many_files_are_judged_by_several_processes_and_told_in_their_order(url, tmp_path, monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    for number in range(6):
        small(tmp_path, f"g{number}", name=f"{number}.yaml")
    told = answer("load", str(tmp_path), FAULTY, "--library", url, code=1)
    assert told["loaded"] == [f"g{number}" for number in range(6)]
    assert ids(url) == told["loaded"]


def test_no_bar_is_drawn_where_nobody_looks(url):
    assert run("load", SI, SMALL, "--library", url).stderr == ""


def test_a_bar_is_drawn_on_a_terminal(url, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert load_command.load([SI, SMALL], url) == 0
    assert "Loading" in capsys.readouterr().err


def test_what_rests_on_a_paper_is_listed(url):
    run("load", SI, SMALL, "--library", url)
    told = answer("list", "--resting-on", "10.1097/01.PHM.0000247633.68694.C1", "--library", url)
    assert told["work"] == "https://doi.org/10.1097/01.phm.0000247633.68694.c1"
    assert [(one["id"], one["references"]) for one in told["guidelines"]] == [(SI, ["reference-4"])]
    assert "cooled-rfa-to-si-joint-fusion" in told["guidelines"][0]["edges"]
    falling = impact(load_guideline(SI).guideline, ["reference-4"])
    assert told["guidelines"][0]["falls"]["edges"] == [change.id for change in falling.fallen if change.what == "edge"]
    assert told["guidelines"][0]["weakens"]["steps"] == [change.id for change in falling.weakened if change.what == "step"]
    assert any(told["guidelines"][0]["falls"].values())
    lines = run("list", "--resting-on", "17117004", "--library", url).stdout.splitlines()
    assert lines[0].startswith(f"{SI}: ")
    assert lines[-1] == f"1 guideline in {url} rests on https://pubmed.ncbi.nlm.nih.gov/17117004"


def test_what_falls_over_a_whole_library_is_what_falls_in_each_guideline(url, tmp_path):
    for id in ("a", "b"):
        small(tmp_path, id, name=f"{id}.yaml")
    run("load", SI, str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml"), "--library", url)
    told = answer("impact", "doi:10.1000/BOOTS", "--library", url)
    assert told["work"] == "https://doi.org/10.1000/boots"
    assert [one["guideline"] for one in told["guidelines"]] == ["a", "b"]
    for one in told["guidelines"]:
        assert one == answer("impact", str(tmp_path / f"{one['guideline']}.yaml"), *one["references"])
        assert one == answer("impact", one["guideline"], *one["references"], "--library", url)
    lines = run("impact", "10.1000/boots", "--library", url).stdout.splitlines()
    assert lines.count("Loses all support") == 2
    assert lines[-1] == f"2 guidelines in {url} cite https://doi.org/10.1000/boots"
    assert run("impact", "10.1000/none", "--library", url).stdout == f"0 guidelines in {url} cite https://doi.org/10.1000/none\n"
    assert "names no paper" in refused("impact", "boots", "--library", url)[0]
    assert "--library" in refused("impact", SI)[0]


def test_a_question_is_answered_as_table_json_and_csv(url, tmp_path):
    run("load", SI, "--library", url)
    asked = "SELECT ?title { ?g a ew:Guideline ; dcterms:title ?title }"
    title = "Management of Bilateral Sacroiliac Joint Sclerosis"
    assert run("query", asked, "--library", url).stdout.splitlines() == ["title", title, "", "1 row"]
    assert answer("query", asked, "--library", url)["results"]["bindings"][0]["title"]["value"] == title
    assert run("query", asked, "--library", url, "--to", "csv").stdout == f"title\n{title}\n"
    assert run("query", "--file", "-", "--library", url, given="ASK { ?s a ew:Step }").stdout == "yes\n"
    file = tmp_path / "question.rq"
    file.write_text(asked, encoding="utf-8")
    run("query", "--file", str(file), "--library", url, "--to", "csv", "--output", str(tmp_path / "answer.csv"))
    assert (tmp_path / "answer.csv").read_text("utf-8") == f"title\n{title}\n"


def test_more_rows_than_asked_for_are_told(url):
    run("load", SI, "--library", url)
    done = run("query", "SELECT ?s { ?s a ew:Statement }", "--rows", "3", "--library", url)
    assert done.stdout.splitlines()[-1] == "the first 3 rows of more"
    done = run("query", "SELECT ?s { ?s a ew:Statement }", "--rows", "3", "--to", "csv", "--library", url)
    assert (len(done.stdout.splitlines()), done.stderr) == (4, "note: the first 3 rows of more; --rows allows for more\n")


def test_what_a_question_may_not_do_is_refused_in_plain_words(url):
    run("load", SI, "--library", url)
    for text in ("DROP ALL", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "LOAD <file:///etc/passwd>", "SELECT"):
        assert "[library-query]" in refused("query", text, "--library", url)[0]
    assert refused("query", "--library", url) == ["error: give a question, or a file that holds one with --file"]
    assert ids(url) == [SI]


def test_the_environment_names_the_library_where_no_option_does(url, monkeypatch):
    monkeypatch.setenv("EDGEWISE_LIBRARY", url)
    run("load", SI)
    assert answer("list")["library"] == url


def test_without_a_name_it_is_what_comes_with_edgewise_and_ones_own(tmp_path):
    told = answer("load", SMALL)
    assert (told["library"], told["loaded"]) == (DEFAULT, ["ankle-test"])
    assert (tmp_path / "data" / "edgewise" / "guidelines" / "ankle-test" / "guideline.yaml").is_file()
    assert [one["id"] for one in answer("list")["guidelines"]] == ["ankle-test", "ottawa-ankle", "pulmonary-embolism", SI]
    assert "[library-shipped]" in refused("remove", SI)[0]
    assert answer("remove", "ankle-test")["removed"] == "ankle-test"
    assert not (tmp_path / "data" / "edgewise" / "guidelines" / "ankle-test").exists()


def test_a_library_that_is_not_there_is_told_with_the_way_to_make_it(tmp_path):
    url = f"oxigraph:{tmp_path / 'none'}"
    for arguments in (("list",), ("remove", SI), ("query", "ASK {}")):
        (line,) = refused(*arguments, "--library", url)
        assert "there is no library at this path" in line
        assert f"--library {url}" in line
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("url", ["ftp://example.org/x", "oxigraph:", "http://ann:pw@example.org/sparql", "http://example.org/"])
def test_a_url_that_names_no_library_is_refused(url):
    (line,) = refused("list", "--library", url)
    assert "[library-address]" in line
    assert "pw" not in line


def test_a_folder_lists_what_cannot_be_used_after_what_can(tmp_path):
    (tmp_path / "good").mkdir()
    small(tmp_path / "good", name="guideline.yaml")
    (tmp_path / "bad.yaml").write_text("id: bad\nsteps: []\ncolour: red\n", encoding="utf-8")
    done = run("list", "--library", str(tmp_path))
    assert done.exit_code == 1
    assert "1 guideline in" in done.stdout
    assert f"{tmp_path / 'bad.yaml'}:" in done.stderr
    assert {finding["file"] for finding in answer("list", "--library", str(tmp_path), code=1)["findings"]} == {str(tmp_path / "bad.yaml")}


def test_json_is_one_object_whatever_stands_in_it(url, tmp_path):
    file = small(tmp_path, title="\u202eEvil </script> \u2028 {}")
    run("load", str(file), "--library", url)
    done = run("list", "--library", url, "--json")
    assert "\u202e" not in done.stdout
    with open_store(url) as store:
        assert json.loads(done.stdout)["guidelines"][0]["title"] == store.entry("thumb").title
