"""What an entry keeps beside fingerprints: our own words as they were signed, and which texts were read; never a word of those texts."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest
from rdflib.namespace import DCTERMS, PROV
from sqlalchemy import create_engine, text

from edgewise.citations.ledger.entries import START, Content, LedgerError
from edgewise.citations.ledger.fingerprints import Seen
from edgewise.citations.ledger.json_lines import lines, parse, take
from edgewise.citations.ledger.remembered import LONGEST, OurWords, TextRead
from edgewise.citations.ledger.signoffs import sign, standings
from edgewise.citations.ledger.store import open_ledger
from edgewise.citations.ledger.triggers import TABLE
from edgewise.citations.ledger.triples import triples

CITATION = "a/citations/1"
HASH = "sha256:" + "a" * 64
READ = (
    TextRead("pubmed:123", "2026-01-31", HASH, ("sha256:" + "b" * 64, "sha256:" + "c" * 64)),
    TextRead("file:a strange, ünusual name.pdf", "2026-01-31", HASH),
)


@pytest.fixture
def ledger(where):
    return open_ledger(where, create=True)


def without_later_columns(where):
    """The ledger as versions wrote it that knew nothing of words and texts read."""
    engine = create_engine(where) if "://" in where else create_engine(f"sqlite:///{where}")
    with engine.begin() as connection:
        for column in ("our_words", "texts_read"):
            connection.execute(text(f"ALTER TABLE {TABLE} DROP COLUMN {column}"))
    engine.dispose()


def test_a_sign_off_keeps_our_words_and_which_texts_were_read(ledger, make):
    sign(ledger, make(), CITATION, "partly", "Ann Lee", read=READ)
    content = ledger.entries()[0].content
    assert content.words == OurWords("Rest.", "recommendation", "1", "On rest. 2020")
    assert content.read == READ
    assert ledger.verify() == ()


def test_a_stale_sign_off_still_knows_the_old_words(ledger, make):
    sign(ledger, make("Rest."), CITATION, "supported", "Ann Lee")
    stale = standings(make("Rest for a week."), ledger.entries())[CITATION]
    assert stale.state == "stale"
    assert stale.entry.content.words.statement == "Rest."


def test_an_export_and_an_import_carry_them(ledger, elsewhere, make):
    sign(ledger, make(), CITATION, "partly", "Ann Lee", read=READ)
    exported = "".join(lines(ledger.entries()))
    second = open_ledger(elsewhere, create=True)
    take(second, exported)
    assert second.entries()[0].content.read == READ
    assert "".join(lines(second.entries())) == exported


def test_an_entry_from_before_has_neither_and_keeps_its_id():
    said = Content(kind="withdrawal", guideline="urn:g", citation="urn:g/c", name="Ann Lee", replaces=START, nonce="0" * 16, time="t")
    assert said.data().keys() & {"words", "read"} == set()
    assert said.id == "sha256:a502f83bfb13df8d542d6efa24a2a65d3b3b795ae89ed00d7d09c61732ffd47f"


def test_a_ledger_from_before_is_read_unaltered_and_takes_new_entries(where, make):
    old = Content(
        kind="sign-off", guideline="urn:edgewise:g", citation="urn:edgewise:g/a/citations/1", name="Ann Lee", verdict="partly",
        seen=Seen(HASH, HASH, HASH, HASH),
    )  # fmt: skip
    open_ledger(where, create=True).adopt([old])
    without_later_columns(where)
    reopened = open_ledger(where)
    assert reopened.verify() == ()
    assert reopened.entries()[0].content == old
    sign(reopened, make(), CITATION, "partly", "Bo Ek", read=READ)
    assert [entry.content.read for entry in open_ledger(where).entries()] == [(), READ]


def test_who_may_not_widen_a_ledger_from_before_is_told_who_may(postgresql, make):
    url = postgresql.database()
    open_ledger(url, create=True)
    without_later_columns(url)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE ROLE guest LOGIN"))
        connection.execute(text(f"GRANT SELECT, INSERT ON {TABLE} TO guest"))
    engine.dispose()
    guest = open_ledger(url.replace("tester@", "guest@"))
    with pytest.raises(LedgerError, match="may not give it its new columns; let the owner of the table sign or import once"):
        sign(guest, make(), CITATION, "partly", "Ann Lee")
    sign(open_ledger(url), make(), CITATION, "partly", "Ann Lee")
    assert len(guest.entries()) == 1
    sign(guest, make(), CITATION, "supported", "Bo Ek")
    assert len(guest.entries()) == 2


def test_an_import_widens_a_ledger_from_before(ledger, where, elsewhere, make):
    sign(ledger, make(), CITATION, "partly", "Ann Lee", read=READ)
    exported = "".join(lines(ledger.entries()))
    open_ledger(elsewhere, create=True)
    without_later_columns(elsewhere)
    take(open_ledger(elsewhere), exported)
    assert open_ledger(elsewhere).entries()[0].content.read == READ


@pytest.mark.parametrize("column", ["our_words", "texts_read"])
@pytest.mark.parametrize("put", ["null", '"x"', "[1]", '{"statement": "Run."}', "[[[", '[{"source": 1}]'])
def test_words_and_texts_that_were_altered_are_found(tmp_path, make, column, put):
    file = tmp_path / "signed.db"
    ledger = open_ledger(file, create=True)
    sign(ledger, make(), CITATION, "partly", "Ann Lee", read=READ)
    with closing(sqlite3.connect(file)) as other:
        other.execute(f"DROP TRIGGER {TABLE}_keeps_what_is_written")
        other.execute(f"UPDATE {TABLE} SET {column} = ?", [put])
        other.commit()
    try:
        told = [one.rule for one in ledger.verify()]
    except LedgerError as error:
        told = [one.rule for one in error.findings]
    assert "ledger-broken" in told


@pytest.mark.parametrize(
    "read",
    [
        TextRead("somewhere", "2026-01-31", HASH),
        TextRead("pubmed:1\n2", "2026-01-31", HASH),
        TextRead("pubmed:1", "yesterday", HASH),
        TextRead("pubmed:1", "2026-02-31", HASH),
        TextRead("pubmed:1", "2026-01-31", "sha256:1"),
        TextRead("pubmed:1", "2026-01-31", HASH, ("The sentence itself, which is never kept.",)),
        TextRead("pubmed:1", "2026-01-31", HASH, (HASH,) * 21),
    ],
)
def test_a_text_that_is_not_named_dated_and_fingerprinted_is_refused(ledger, make, read):
    with pytest.raises(LedgerError):
        sign(ledger, make(), CITATION, "partly", "Ann Lee", read=[read])
    assert ledger.entries() == ()


@pytest.mark.parametrize(
    "change",
    [
        {"words": "Rest."},
        {"words": {"statement": "Rest."}},
        {"read": {}},
        {"read": [{"source": "pubmed:1"}]},
        {"read": [{"source": "pubmed:1", "date": "2026-01-31", "digest": HASH, "sentences": "x"}]},
        {"more": 1},
    ],
)
def test_a_line_that_holds_something_else_there_is_a_fault(ledger, make, change):
    sign(ledger, make(), CITATION, "partly", "Ann Lee", read=READ)
    line = json.loads(next(lines(ledger.entries())))
    with pytest.raises(LedgerError):
        parse(json.dumps({**line, **change}))


def test_words_that_are_too_long_to_keep_are_cut(ledger, make):
    sign(ledger, make("Rest. " * 1000), CITATION, "partly", "Ann Lee")
    kept = ledger.entries()[0].content.words.statement
    assert len(kept) == LONGEST["statement"]
    assert kept.endswith("…")


def test_as_triples_a_sign_off_names_what_was_read_and_keeps_our_words_alone(ledger, make):
    sign(ledger, make(), CITATION, "partly", "Ann Lee", read=READ)
    graph = triples(ledger.entries(), make())
    texts = list(graph.objects(None, PROV.hadPrimarySource))
    assert sorted(str(graph.value(one, DCTERMS.source)) for one in texts) == sorted(one.source for one in READ)
    parts = [part for one in texts for part in graph.objects(one, DCTERMS.hasPart)]
    assert sorted(str(graph.value(part, DCTERMS.identifier)) for part in parts) == sorted(READ[0].sentences)
    assert {str(value) for value in graph.objects(None, PROV.value)} == {"Rest.", "On rest. 2020"}
