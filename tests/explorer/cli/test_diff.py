"""`edgewise diff`: the difference told in patients, versions out of git, matches corrected, exit codes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from edgewise.graph.library import load
from edgewise.graph.shelf import find
from edgewise.graph.walking.facts import parse_facts
from edgewise.graph.walking.walk import walk
from tests.explorer.calls import SI, answer, refused, run
from tests.explorer.pages.compare.guidelines import preferring

LOWER = ("      atLeast: 80\n      atMost: 90\n", "      atLeast: 75\n      atMost: 90\n")


def changed(folder: Path, *swaps: tuple[str, str], name: str = "other.yaml") -> str:
    """The shipped guideline with some text swapped, in a file."""
    text = find(SI).read_text(encoding="utf-8")
    for old, new in swaps:
        assert old in text, old
        text = text.replace(old, new)
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_lower_threshold_is_told_as_the_patients_between_the_two(tmp_path: Path) -> None:
    done = run("diff", SI, changed(tmp_path, LOWER))
    assert done.exit_code == 1
    assert "Care differs: 1 group of patients now goes elsewhere." in done.stdout
    assert "2 values, the lower 75 % to less than 80 %" in done.stdout
    assert "A: the source does not say what comes next" in done.stdout
    assert "B: on to “Cooled RFA, S1–S3 lateral branches”" in done.stdout


def test_the_example_walks_to_the_old_answer_in_the_one_and_the_new_in_the_other(tmp_path: Path) -> None:
    other = changed(tmp_path, LOWER)
    (group,) = answer("diff", SI, other, code=1)["groups"]
    for file, side in ((SI, "a"), (other, "b")):
        guideline = load(file).guideline
        walked = walk(guideline, parse_facts(group["example"][side], guideline))
        told = group["walks"][side]
        assert (list(walked.due), list(walked.silent_at), walked.stands) == (told["due"], told["silentAt"], told["stands"])
    assert group["walks"]["a"]["silentAt"] == ["diagnostic-injections"]
    assert group["walks"]["b"]["due"] == ["cooled-rfa"]


def test_a_switched_preference_is_a_change_of_care_told_in_patients(tmp_path: Path) -> None:
    one, other = (changed(tmp_path, preferring(*ranks), name=f"{ranks[0]}.yaml") for ranks in ((1, 2), (2, 1)))
    done = run("diff", one, other)
    assert done.exit_code == 1
    assert "Care differs: 1 group of patients is told otherwise which step to choose." in done.stdout
    assert "To choose from “Which X-ray”: Suspicion of active inflammatory disease: no" in done.stdout
    assert "A: first “X-ray spine”, then “X-ray SI joints”" in done.stdout
    assert "in B: due: X-ray SI joints or X-ray spine (first X-ray SI joints)" in done.stdout
    assert "modeller's reading" in done.stdout
    found = answer("diff", one, other, code=1)
    (group,) = found["preferences"]
    assert (found["groups"], group["step"], group["choice"]["a"]) == ([], None, "which-xray")
    assert group["choice"]["order"]["b"] == {"tiers": [["xray-si-joints"], ["xray-spine"]], "stated": True, "beside": []}
    for side, first in (("a", "xray-spine"), ("b", "xray-si-joints")):
        guideline = load(one if side == "a" else other).guideline
        (choice,) = walk(guideline, parse_facts(group["example"][side], guideline)).alternatives
        assert choice.preferred == (first,)


def test_ranks_in_the_same_order_are_no_change_of_care(tmp_path: Path) -> None:
    done = run("diff", *(changed(tmp_path, preferring(*ranks), name=f"{ranks[1]}.yaml") for ranks in ((1, 2), (2, 5))))
    assert done.exit_code == 0
    assert "only words, order or ids differ" in done.stdout


def test_the_same_guideline_twice_is_the_same() -> None:
    done = run("diff", SI, SI)
    assert done.exit_code == 0
    assert "The two are the same." in done.stdout


def test_other_words_are_no_change_of_care(tmp_path: Path) -> None:
    done = run("diff", SI, changed(tmp_path, ("label: two or more blocks with 80–90 % relief", "label: said in other words")))
    assert done.exit_code == 0
    assert "Care is the same for all patients" in done.stdout


def test_a_case_whose_expectation_breaks_is_named(tmp_path: Path) -> None:
    told = answer("diff", SI, changed(tmp_path, LOWER), code=1)
    assert [one["where"] for one in told["changes"] if one["kind"] == "case"] == ["On the night shift, stage 3"]


def test_two_kinds_of_things_are_not_matched(tmp_path: Path) -> None:
    (line,) = refused("diff", SI, changed(tmp_path), "--match", "cooled-rfa=block-relief")
    assert "'cooled-rfa' is a step, and 'block-relief' is a observable" in line


def test_what_is_matched_by_hand_is_told(tmp_path: Path) -> None:
    renamed = changed(tmp_path, ("cooled-rfa", "ablation"), ("Cooled RFA", "Ablation"))
    told = answer("diff", SI, renamed, "--match", "cooled-rfa=ablation")
    assert {"kind": "step", "a": "cooled-rfa", "b": "ablation", "how": "given", "answers": []} in told["matches"]
    assert told["groups"] == []
    alone = answer("diff", SI, renamed, "--match", "cooled-rfa=", code=1)
    assert any("Ablation" in group["new"] for group in alone["groups"])


def test_an_id_that_is_in_neither_is_refused_with_the_nearest(tmp_path: Path) -> None:
    (line,) = refused("diff", SI, changed(tmp_path), "--match", "cooled-rf=cooled-rfa")
    assert "did you mean 'cooled-rfa'?" in line


@pytest.mark.parametrize("pair", ["cooled-rfa", "="])
def test_what_is_no_pair_is_refused(pair: str) -> None:
    assert refused("diff", SI, SI, "--match", pair)


# Versions ---------------------------------------------------------------------------------------------------------------


def git(folder: Path, *arguments: str) -> None:
    named = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *named, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A guideline in git, of which the threshold was lowered by the last commit."""
    git(tmp_path, "init", "-q")
    changed(tmp_path, name="mine/guideline.yaml")
    (tmp_path / "mine" / "cases.yaml").write_bytes(find(SI).with_name("cases.yaml").read_bytes())
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "As it was")
    changed(tmp_path, LOWER, name="mine/guideline.yaml")
    git(tmp_path, "commit", "-qam", "Lower the threshold")
    return tmp_path


@pytest.mark.parametrize("name", ["mine@HEAD~1", "mine/guideline.yaml@HEAD~1"])
def test_a_version_is_read_out_of_git_with_the_cases_of_that_time(repository: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(repository)
    told = answer("diff", name, "mine", code=1)
    assert [group["walks"]["b"]["due"] for group in told["groups"]] == [["cooled-rfa"]]
    assert [one["a"] for one in told["changes"] if one["kind"] == "case"]


def test_a_file_that_is_no_more_is_read_out_of_git_too(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    (repository / "mine" / "guideline.yaml").unlink()
    assert answer("diff", "mine/guideline.yaml@HEAD~1", "mine/guideline.yaml@HEAD", code=1)["careDiffers"] is True


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("nowhere", "git knows no revision 'nowhere'"),
        ("--output=x", "no revision"),
        ("HEAD:mine/guideline.yaml", "no revision"),
        ("", "no revision"),
    ],
)
def test_what_is_no_revision_is_refused_and_nothing_is_written(
    repository: Path, monkeypatch: pytest.MonkeyPatch, revision: str, said: str
) -> None:
    monkeypatch.chdir(repository)
    before = sorted(repository.rglob("*"))
    (line,) = refused("diff", f"mine/guideline.yaml@{revision}", "mine")
    assert said in line
    assert sorted(repository.rglob("*")) == before


def test_neither_filters_nor_attributes_of_a_repository_are_run(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    trap = repository / "sprung"
    for setting in ("diff.trap.textconv", "filter.trap.smudge", "core.fsmonitor", "core.pager", "core.sshCommand"):
        git(repository, "config", setting, f"touch {trap}")
    (repository / ".gitattributes").write_text("*.yaml diff=trap filter=trap\n", encoding="utf-8")
    assert run("diff", "mine@HEAD~1", "mine@HEAD").exit_code == 1
    assert not trap.exists()


def test_outside_of_git_it_is_said(tmp_path: Path) -> None:
    file = changed(tmp_path)
    (line,) = refused("diff", f"{file}@HEAD", file)
    assert "git" in line
    assert "Traceback" not in line


def test_a_folder_with_an_at_in_its_name_is_a_folder(tmp_path: Path) -> None:
    changed(tmp_path, name="my@home/guideline.yaml")
    assert run("diff", str(tmp_path / "my@home"), SI).exit_code == 0


@pytest.mark.parametrize("kind", ["folder", "oxigraph"])
def test_guidelines_out_of_libraries_are_compared_as_their_files_are_cases_included(tmp_path: Path, kind: str) -> None:
    url = str(tmp_path / "library") if kind == "folder" else f"oxigraph:{tmp_path / 'library'}"
    other = changed(tmp_path, LOWER, (f"id: {SI}", "id: si-other"))
    run("load", SI, other, "--library", url)

    def told(*arguments: str) -> dict[str, object]:
        found = answer("diff", *arguments, code=1)
        return {key: value for key, value in found.items() if key not in ("a", "b")}

    files = told(SI, other)
    assert any(one["kind"] == "case" for one in files["changes"]), "a case breaks, and is told of files"
    assert told(SI, "si-other", "--library", url) == files
    assert told(f"{url}#{SI}", f"{url}#si-other") == files
    assert told(SI, other, "--library", url) == files


def test_what_no_library_has_is_told(tmp_path: Path) -> None:
    run("load", SI, "--library", str(tmp_path / "library"))
    assert "unknown guideline 'none'" in refused("diff", SI, "none", "--library", str(tmp_path / "library"))[0]
    assert "write URL#ID" in refused("diff", SI, "http://127.0.0.1:9/query#data=/x")[0]
    assert "there is no library" in refused("diff", SI, f"oxigraph:{tmp_path / 'none'}#x")[0]
