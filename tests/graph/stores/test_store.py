"""What every library does, wherever it lies: one suite for all of them."""

from __future__ import annotations

import pytest

from edgewise.citations.audit.engine import audit
from edgewise.citations.audit.rules.rule import Audited
from edgewise.graph.library import load_file
from edgewise.graph.stores.addresses import open_store
from edgewise.graph.stores.beside import Beside
from edgewise.graph.stores.entry import entry_of
from edgewise.graph.stores.errors import StoreError
from edgewise.graph.stores.folder import FolderStore
from edgewise.graph.stores.loading import load_files
from edgewise.graph.stores.record import record_of
from edgewise.graph.walking.walk import walk
from edgewise.graph.writing.export import export
from edgewise.ontology.errors import SourceError, UnknownName
from tests.graph.stores.guidelines import ANKLE, EMBOLISM, SHIPPED, SI, load, small

EDITED = "10.1097/01.phm.0000247633.68694.c1"


def ids(store):
    return [entry.id for entry in store.entries()]


# In and out -----------------------------------------------------------------------------------------------------------------


def test_what_was_put_in_is_listed_by_id(store):
    for id in (SI, ANKLE, EMBOLISM):
        store.put(load(id))
    assert ids(store) == [ANKLE, EMBOLISM, SI]
    assert len(store) == 3


def test_an_entry_says_what_the_guideline_says(store):
    told = store.put(load(SI))
    assert told == store.entry(SI) == store.entries()[0]
    assert told == entry_of(load(SI).shown_as(store.entry(SI).file))
    assert (told.review_status, told.updated, told.steps, told.edges, told.references) == ("pending", "2026-02-08", 11, 13, 6)


def test_a_guideline_is_found_by_its_iri_too(store):
    store.put(load(SI))
    iri = load(SI).guideline.iri
    assert store.entry(iri).id == store.open(iri).guideline.id == SI
    store.remove(iri)
    assert ids(store) == []


@pytest.mark.parametrize("id", SHIPPED)
def test_no_answer_differs_between_a_file_and_a_library(store, id):
    store.put(load(id))
    ours, theirs = store.open(id), load(id)
    assert ours.guideline == theirs.guideline
    assert (ours.content, ours.format, ours.digest) == (theirs.content, theirs.format, theirs.digest)
    assert export(ours.graph, "nquads") == export(theirs.graph, "nquads") == export(store.triples(id), "nquads")
    theirs = theirs.shown_as(ours.file)
    assert ours.findings == theirs.findings
    assert audit(Audited(ours.guideline, ours)) == audit(Audited(theirs.guideline, theirs))
    assert walk(ours.guideline, {}) == walk(theirs.guideline, {})
    assert ours.line(ours.guideline.iri) == theirs.line(theirs.guideline.iri) > 0


def test_a_page_of_a_list_goes_on_after_an_id(store, tmp_path):
    for number in range(5):
        store.put(load_file(small(tmp_path, f"g{number}", name=f"{number}.yaml")))
    assert [entry.id for entry in store.entries(limit=2)] == ["g0", "g1"]
    assert [entry.id for entry in store.entries("g1", 2)] == ["g2", "g3"]
    assert [entry.id for entry in store.entries("g1a")] == ["g2", "g3", "g4"]
    assert store.entries("g4") == ()


def test_putting_again_replaces_the_whole(store, tmp_path):
    store.put(load_file(small(tmp_path, title="Old")))
    store.put(load_file(small(tmp_path, title="New")))
    assert [entry.title for entry in store.entries()] == ["New"]
    assert store.open("thumb").guideline.title == "New"
    found = store.query("SELECT ?title { GRAPH ?g { ?g dcterms:title ?title } }").rows
    assert [row[0]["value"] for row in found] == ["New"]


def test_many_are_put_in_together_one_of_them_twice(store, tmp_path):
    records = [record_of(load_file(small(tmp_path, id, title=f"{id} {n}"))) for n, id in enumerate(("a", "b", "a", "c"))]
    assert [entry.id for entry in store.put_many(records)] == ["a", "b", "a", "c"]
    assert [entry.title for entry in store.entries()] == ["a 2", "b 1", "c 3"]


def test_what_was_told_stays_when_nobody_asks_for_the_rest(store, tmp_path):
    records = (record_of(load_file(small(tmp_path, f"g{n:03}"))) for n in range(100))
    putting = store.put_many(records)
    first = next(putting)
    putting.close()
    assert first.id in ids(store)
    assert len(store) < 100


def test_removing_takes_the_whole_out_and_leaves_the_others(store):
    for id in (SI, ANKLE):
        store.put(load(id))
    assert store.remove(SI).id == SI
    assert ids(store) == [ANKLE]
    assert not store.query(f"ASK {{ GRAPH <{load(SI).guideline.iri}> {{ ?s ?p ?o }} }}").boolean
    assert store.resting_on(EDITED) == ()
    assert store.open(ANKLE).guideline == load(ANKLE).guideline


@pytest.mark.parametrize(
    "id", ["", "ankle", "a b> } ; DROP ALL", "https://w3id.org/edgewise/guideline/none", "\\u003e", "x\0", "ä" * 5000, "../g"]
)
def test_an_id_that_is_none_is_unknown_and_harms_nothing(store, id):
    store.put(load(ANKLE))
    for ask in (store.entry, store.open, store.remove, store.triples):
        with pytest.raises(UnknownName):
            ask(id)
    assert ids(store) == [ANKLE]


def test_an_empty_library_has_nothing(url):
    with open_store(url) as store:
        store.put(load(ANKLE))
        store.remove(ANKLE)
        assert (store.entries(), len(store), store.resting_on("1"), store.faults()) == ((), 0, (), ())
        assert store.query("SELECT * { GRAPH ?g { ?g a ew:Guideline } }").rows == ()


def test_another_who_opens_it_sees_what_was_written(url):
    with open_store(url) as one, open_store(url) as other:
        one.put(load(ANKLE))
        assert ids(other) == [ANKLE]
        one.put(load(SI))
        assert ids(other) == [ANKLE, SI]
        other.remove(ANKLE)
        assert ids(one) == [SI]
    assert open_store(url).url == one.url == other.url


def test_two_guidelines_of_one_id_are_not_taken(store, tmp_path):
    store.put(load(ANKLE))
    text = export(load(ANKLE).graph, "turtle").replace("https://w3id.org/edgewise/guideline/", "https://example.org/other/")
    (tmp_path / "other.ttl").write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match="id-taken"):
        store.put(load_file(tmp_path / "other.ttl"))
    assert store.open(ANKLE).guideline == load(ANKLE).guideline


@pytest.mark.parametrize("to", ["turtle", "jsonld", "nquads", "trig"])
def test_every_format_that_can_be_read_can_be_kept(store, tmp_path, to):
    file = tmp_path / {"turtle": "g.ttl", "jsonld": "g.jsonld", "nquads": "g.nq", "trig": "g.trig"}[to]
    file.write_text(export(load(ANKLE).graph, to), encoding="utf-8")
    loaded = load_file(file)
    store.put(loaded)
    assert store.open(ANKLE).guideline == loaded.guideline
    assert store.entry(ANKLE).format == to
    store.put(load(ANKLE))
    assert ids(store) == [ANKLE]
    assert store.entry(ANKLE).format == "yaml"


# What lies beside it ---------------------------------------------------------------------------------------------------------

CASES = Beside(b"guideline: thumb\ncases: []\n# \xe2\x97\x87\n", '{"severity": {"S309": "note"}}')


def test_cases_and_settings_are_kept_with_the_guideline_and_given_back_byte_by_byte(store, tmp_path):
    store.put(load_file(small(tmp_path)), CASES)
    store.put(load(ANKLE))
    assert store.beside("thumb") == store.beside(store.entry("thumb").iri) == CASES
    assert store.beside(ANKLE) == Beside()
    assert store.held().beside == {"thumb": CASES.digest}
    assert store.open("thumb").guideline.id == "thumb"


def test_they_stay_where_nobody_says_otherwise_and_go_where_somebody_does(store, tmp_path):
    store.put(load_file(small(tmp_path, title="Old")), CASES)
    store.put(load_file(small(tmp_path, title="New")))
    assert (store.entry("thumb").title, store.beside("thumb")) == ("New", CASES)
    other = Beside(b"guideline: thumb\ncases: []\n", "")
    store.put(load_file(small(tmp_path, title="New")), other)
    assert store.beside("thumb") == other
    store.put(load_file(small(tmp_path, title="New")), Beside())
    assert store.beside("thumb") == Beside()
    assert store.held().beside == {}


def test_they_go_with_the_guideline_but_for_files_of_a_folder_which_are_somebodys_work(store, tmp_path):
    store.put(load_file(small(tmp_path)), CASES)
    store.remove("thumb")
    with pytest.raises(UnknownName):
        store.beside("thumb")
    store.put(load_file(small(tmp_path)))
    assert store.beside("thumb") == (CASES if isinstance(store, FolderStore) else Beside())
    with pytest.raises(UnknownName):
        store.beside("none")


def test_loading_takes_them_along_and_again_when_they_alone_have_changed(store, tmp_path):
    file = small(tmp_path, name="guideline.yaml")
    (tmp_path / "cases.yaml").write_bytes(CASES.cases)
    (tmp_path / "pyproject.toml").write_text('[tool.edgewise.audit]\nseverity = { S309 = "note" }\n')
    assert [entry.id for entry in load_files(store, [str(file)]).loaded] == ["thumb"]
    assert store.beside("thumb") == CASES
    assert load_files(store, [str(file)]).kept == ["thumb"]
    (tmp_path / "cases.yaml").write_bytes(b"guideline: thumb\ncases: []\n")
    assert [entry.id for entry in load_files(store, [str(file)]).loaded] == ["thumb"]
    assert store.beside("thumb").cases == b"guideline: thumb\ncases: []\n"
    (tmp_path / "cases.yaml").write_bytes(b"guideline: another\ncases: []\n")
    load_files(store, [str(file)])
    assert store.beside("thumb").cases == b"", "the cases of another guideline are not its own"


def test_no_guideline_can_claim_what_lies_beside_another(store, tmp_path):
    text = export(load(ANKLE).graph, "turtle") + f"\n<{load(ANKLE).guideline.iri}> <https://w3id.org/edgewise/library#beside> 'x' .\n"
    (tmp_path / "g.ttl").write_text(text, encoding="utf-8")
    try:
        store.put(load_file(tmp_path / "g.ttl"))
    except SourceError:
        return  # the shapes refuse it
    assert store.beside(ANKLE) == Beside()


# What rests on a paper -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("identifier", [EDITED, EDITED.upper(), f"https://doi.org/{EDITED}", "17117004", "PMID: 17117004"])
def test_what_rests_on_a_paper_is_found_over_the_whole_library(store, identifier):
    for id in (SI, ANKLE):
        store.put(load(id))
    (found,) = store.resting_on(identifier)
    assert (found.entry.id, found.references) == (SI, ("reference-4",))
    assert {"s8", "s11"} <= set(found.statements)
    assert "conservative-care-to-diagnostic-injections" in found.edges
    assert {"si-joint-fusion", "cooled-rfa"} & set(found.steps)


def test_one_paper_in_two_guidelines_is_one(store, tmp_path):
    for id in ("a", "b"):
        store.put(load_file(small(tmp_path, id)))
    ((work,),) = store.query("SELECT DISTINCT ?work { ?reference biro:references ?work }").rows
    assert work["value"] == "https://doi.org/10.1000/boots"
    assert [one.entry.id for one in store.resting_on("doi:10.1000/BOOTS")] == ["a", "b"]


def test_papers_that_several_guidelines_cite_are_told_once_with_how_many_do(store, tmp_path):
    for id in ("a", "b", "c"):
        store.put(load_file(small(tmp_path, id)))
    store.put(load(SI))
    (found,) = store.shared()
    assert (found.work, found.guidelines) == ("https://doi.org/10.1000/boots", 3)
    guideline = store.open(found.iri).guideline
    assert guideline.id in ("a", "b", "c")
    assert "10.1000/Boots" in [one.value for one in guideline.references[found.reference].identifiers]
    store.remove("a")
    store.remove("b")
    assert store.shared() == ()


@pytest.mark.parametrize("id", [SI, ANKLE, "ankl", ""])
def test_whether_a_guideline_is_there_is_told_without_a_word(store, id):
    store.put(load(ANKLE))
    assert store.holds(id) == (id == ANKLE)


@pytest.mark.parametrize("identifier", ["", "paper", "10.1", "10.1000/x> } DROP", "https://evil.example/", "0", "٣"])
def test_what_names_no_paper_is_refused(store, identifier):
    store.put(load(ANKLE))
    with pytest.raises(StoreError, match="no-work"):
        store.resting_on(identifier)


def test_a_doi_of_odd_signs_is_only_a_name(store):
    store.put(load(ANKLE))
    for odd in (
        '10.1000/a>"b',
        "10.1000/{}|^`\\",
        "10.1000/x?#%00",
        "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2",
    ):
        assert store.resting_on(odd) == ()
