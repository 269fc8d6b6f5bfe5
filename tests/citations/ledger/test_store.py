"""The ledger takes verdicts on and never lets go of one: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import sqlite3
import traceback
from contextlib import closing
from dataclasses import replace

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from edgewise.citations.ledger.address import address
from edgewise.citations.ledger.entries import START, VERDICTS, Content, LedgerError, chain, clean_name
from edgewise.citations.ledger.fingerprints import Seen
from edgewise.citations.ledger.signoffs import sign, withdraw
from edgewise.citations.ledger.store import open_ledger
from edgewise.ontology.errors import EdgewiseError, UnknownName

SEEN = Seen(START, START, START, START)
TABLE = "edgewise_ledger"


@pytest.fixture
def ledger(where):
    return open_ledger(where, create=True)


def raw(where):
    """The database, past the ledger's own code."""
    return create_engine(where if "://" in where else f"sqlite:///{where}")


def rows(where):
    with raw(where).connect() as connection:
        return connection.execute(text(f"SELECT * FROM {TABLE} ORDER BY seq")).all()


def filled(ledger, guideline, times=4):
    return [sign(ledger, guideline, "a/citations/1", "supported", f"Editor {number}", "well") for number in range(times)]


# Signing --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verdict", VERDICTS)
def test_an_entry_holds_all_that_was_said_and_seen(ledger, make, verdict):
    entry = sign(ledger, make(), "b/citations/1", verdict, " Ann  Lee ", "line one\r\nline two ")
    content = ledger.entries()[0].content
    assert ledger.entries() == (entry,)
    assert (content.verdict, content.name, content.note) == (verdict, "Ann Lee", "line one\nline two")
    assert (content.guideline, content.citation) == ("urn:edgewise:g", "urn:edgewise:g/b/citations/1")
    assert content.seen.sentence == "sha256:" + "f" * 64
    assert content.time.endswith("Z")


def test_a_reopened_ledger_holds_what_was_written(ledger, where, make):
    entries = filled(ledger, make())
    again = open_ledger(where)
    assert again.entries() == tuple(entries)
    assert len(again) == 4
    assert again.head() == entries[-1].digest


def test_entries_are_found_by_guideline_and_citation(ledger, make):
    other = replace(make(), iri="urn:edgewise:h")
    sign(ledger, make(), "a/citations/1", "partly", "Ann Lee")
    sign(ledger, make(), "b/citations/1", "partly", "Ann Lee")
    sign(ledger, other, "b/citations/1", "partly", "Ann Lee")
    assert [e.seq for e in ledger.entries("urn:edgewise:g")] == [1, 2]
    assert [e.seq for e in ledger.entries("urn:edgewise:g", "urn:edgewise:g/b/citations/1")] == [2]
    assert [e.seq for e in ledger.entries("urn:edgewise:h")] == [3]


@pytest.mark.parametrize("name", ["", "   ", "---", "x" * 201, "Ann\nLee", "Ann\x00", "Ann\u202eeeL", "Ann\ud800", "\u200b"])
def test_a_name_that_names_nobody_is_refused(ledger, make, name):
    with pytest.raises(LedgerError, match="ledger-name"):
        sign(ledger, make(), "a/citations/1", "partly", name)
    assert len(ledger) == 0


@pytest.mark.parametrize(("typed", "kept"), [("José", "José"), ("李 雷", "李 雷"), ("Ann\u00a0 Lee", "Ann Lee"), ("x" * 200, "x" * 200)])
def test_a_name_is_kept_in_one_spelling(typed, kept):
    assert clean_name(typed) == kept


@pytest.mark.parametrize("note", ["x" * 10_001, "a\x00b", "a\x1bb", "a\ud800"])
def test_a_note_that_cannot_be_shown_is_refused(ledger, make, note):
    with pytest.raises(LedgerError, match="ledger-note"):
        sign(ledger, make(), "a/citations/1", "partly", "Ann Lee", note)


def test_an_unknown_verdict_or_citation_is_refused(ledger, make):
    with pytest.raises(LedgerError, match="'maybe' is not a verdict; known are supported"):
        sign(ledger, make(), "a/citations/1", "maybe", "Ann Lee")
    with pytest.raises(UnknownName, match="unknown citation 'a/citations/9'"):
        sign(ledger, make(), "a/citations/9", "partly", "Ann Lee")
    assert len(ledger) == 0


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_marker_without_entry_supports_nothing(ledger, make, verdict):
    if verdict in ("supported", "partly"):
        with pytest.raises(LedgerError, match="marker 7 points to no entry"):
            sign(ledger, make(), "a/citations/2", verdict, "Ann Lee")
    else:
        assert sign(ledger, make(), "a/citations/2", verdict, "Ann Lee").seq == 1


def test_only_a_standing_verdict_can_be_withdrawn_and_the_error_says_whose_stand(ledger, make):
    sign(ledger, make(), "a/citations/1", "partly", "Ann Lee")
    with pytest.raises(LedgerError, match=r"no verdict of Bo Ek stands.*verdicts stand by Ann Lee"):
        withdraw(ledger, make(), "a/citations/1", "Bo Ek")
    withdraw(ledger, make(), "a/citations/1", "Bo Ek", "left us", editor="Ann Lee")
    with pytest.raises(LedgerError, match="nobody's verdict stands"):
        withdraw(ledger, make(), "a/citations/1", "Ann Lee")
    assert [entry.content.kind for entry in ledger.entries()] == ["sign-off", "withdrawal"]


# Nothing is overwritten ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "attack",
    [
        f"UPDATE {TABLE} SET verdict = 'supported'",
        f"UPDATE {TABLE} SET note = '' WHERE seq = 2",
        f"DELETE FROM {TABLE}",
        f"DELETE FROM {TABLE} WHERE seq = 4",
        f"INSERT INTO {TABLE} SELECT 6, 'x', 'x', 'x', kind, guideline, citation, name, verdict, note, time, replaces, nonce, "
        f"seen_statement, seen_citation, seen_reference, seen_sentence, our_words, texts_read FROM {TABLE} WHERE seq = 4",
        f"INSERT INTO {TABLE} SELECT 5, 'x', 'x', 'x', kind, guideline, citation, name, verdict, note, time, replaces, nonce, "
        f"seen_statement, seen_citation, seen_reference, seen_sentence, our_words, texts_read FROM {TABLE} WHERE seq = 4",
    ],
)
def test_the_database_itself_refuses_to_change_delete_or_fork(ledger, where, make, attack):
    filled(ledger, make())
    before = rows(where)
    with pytest.raises(DBAPIError, match=r"append-only|does not continue the chain"), raw(where).begin() as connection:
        connection.execute(text(attack))
    assert rows(where) == before


@pytest.mark.parametrize(
    "taken", ["4, 'x', 'x', 'x'", "5, 'x', 'x', id", "5, digest, digest, 'x'", "5, previous, 'x', 'x'", "NULL, 'x', 'x', 'x'"]
)
def test_sqlite_refuses_to_replace_although_replacing_fires_no_trigger_on_delete(tmp_path, make, taken):
    ledger = open_ledger(tmp_path / "signed.db", create=True)
    filled(ledger, make())
    before = ledger.entries()
    attack = (
        f"INSERT OR REPLACE INTO {TABLE} SELECT {taken}, kind, guideline, citation, 'Forger', verdict, note, time, replaces, nonce, "
        f"seen_statement, seen_citation, seen_reference, seen_sentence, our_words, texts_read FROM {TABLE} WHERE seq = 4"
    )
    with closing(sqlite3.connect(tmp_path / "signed.db")) as other, pytest.raises(sqlite3.IntegrityError):
        other.execute(attack)
    assert ledger.entries() == before


@pytest.mark.parametrize("attack", [f"TRUNCATE {TABLE}", f"SET session_replication_role = replica; DELETE FROM {TABLE}"])
def test_postgresql_refuses_to_truncate_and_to_play_a_replica(postgresql, make, attack):
    where = postgresql.database()
    ledger = open_ledger(where, create=True)
    filled(ledger, make())
    name = where.rpartition("/")[2].partition("?")[0]
    with postgresql.connect(name) as connection, pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        connection.execute(attack)
    assert len(ledger) == 4


# Tampering is found --------------------------------------------------------------------------------------------------------------


def tamper(where, *statements):
    """As whoever owns the database can: the guards off, then on again."""
    with raw(where).begin() as connection:
        if "://" in where:
            connection.execute(text(f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL"))
            for statement in statements:
                connection.execute(text(statement))
            for name in ("keeps_every_entry", "continues_the_chain"):
                connection.execute(text(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {TABLE}_{name}"))
            return
        held = connection.execute(text(f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{TABLE}'")).all()
        for name, _ in held:
            connection.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            connection.execute(text(statement))
        for _, sql in held:
            connection.exec_driver_sql(sql)


ALTERED = {
    "verdict": "not-supported", "note": "ill", "name": "Forger", "time": "2020-01-01T00:00:00.000Z", "guideline": "urn:x",
    "citation": "urn:x",
    "nonce": "0" * 16, "replaces": START, "previous": START[:-1] + "1", "digest": START, "id": START, "seen_statement": START,
    "seen_citation": START, "seen_reference": START, "seen_sentence": START[:-1] + "2",
}  # fmt: skip


@pytest.mark.parametrize("column", ALTERED)
def test_any_altered_column_is_found_and_its_entry_named(ledger, where, make, column):
    filled(ledger, make())
    assert ledger.verify() == ()
    tamper(where, f"UPDATE {TABLE} SET {column} = '{ALTERED[column]}' WHERE seq = 3")
    (found,) = ledger.verify()
    assert found.message.startswith("entry 3 "), found
    assert found.repair
    assert found.file == ledger.shown


def test_a_missing_entry_is_found(ledger, where, make):
    filled(ledger, make())
    tamper(where, f"DELETE FROM {TABLE} WHERE seq = 2")
    assert "entry 3 stands where entry 2 should" in ledger.verify()[0].message


def test_a_tail_that_was_cut_off_is_found_by_the_head_taken_before(ledger, where, make):
    head = filled(ledger, make())[-1].digest
    assert ledger.verify(head) == ()
    tamper(where, f"DELETE FROM {TABLE} WHERE seq = 4")
    assert ledger.verify() == (), "nothing inside the ledger can tell"
    assert [found.rule for found in ledger.verify(head)] == ["ledger-cut"]


def test_removed_guards_are_reported(tmp_path, make):
    ledger = open_ledger(tmp_path / "signed.db", create=True)
    with closing(sqlite3.connect(tmp_path / "signed.db")) as other:
        other.execute(f"DROP TRIGGER {TABLE}_keeps_every_entry")
    (found,) = ledger.verify()
    assert found.rule == "ledger-unguarded"
    assert "keeps_every_entry" in found.message


def test_an_entry_that_was_turned_into_bytes_is_an_error_and_no_traceback(tmp_path, make):
    where = str(tmp_path / "signed.db")
    ledger = open_ledger(where, create=True)
    filled(ledger, make())
    tamper(where, f"UPDATE {TABLE} SET name = x'ff' WHERE seq = 2")
    with pytest.raises(EdgewiseError, match="entry 2"):
        ledger.verify()
    with pytest.raises(EdgewiseError, match="entry 2"):
        ledger.entries()


def test_unsound_content_is_never_written(ledger):
    said = Content(kind="sign-off", guideline="urn:g", citation="urn:other/c", name="", verdict="partly", seen=SEEN, time="now", nonce="?")
    with pytest.raises(LedgerError) as caught:
        ledger.append("urn:g", "urn:other/c", lambda _: said)
    assert len(caught.value.findings) == 4, "every fault at once"
    assert len(ledger) == 0


def test_the_digest_depends_on_place_and_predecessor_and_the_id_on_neither():
    said = Content(kind="sign-off", guideline="urn:g", citation="urn:g/c", name="Ann Lee", verdict="partly", seen=SEEN)
    places = [chain(said, 1, START), chain(said, 2, START), chain(said, 1, START[:-1] + "1")]
    assert len({entry.id for entry in places}) == 1
    assert len({entry.digest for entry in places}) == 3


# Addresses ------------------------------------------------------------------------------------------------------------------------

SECRET = "hunter2"


@pytest.mark.parametrize(
    "given",
    [
        f"postgresql+psycopg://ann:{SECRET}@127.0.0.1:1/db",
        f"postgresql+psycopg://ann:{SECRET}@127.0.0.1:port/db",
        f"postgresql+psycopg://ann:x@{SECRET}@127.0.0.1:1/db",
        f"postgresql+psycopg://ann:x/{SECRET}@127.0.0.1:1/db",
        f"postgresql+psycopg://127.0.0.1:1/db?user=ann&password={SECRET}",
        f"postgresql+psycopg://127.0.0.1:1/db?unheard={SECRET}",
        f"postgresql+psycopg://{SECRET}@127.0.0.1:1/db",
        f"postgresql://ann:{SECRET}@127.0.0.1/db",
        f"mysql://ann:{SECRET}@127.0.0.1/db",
        f"ann:{SECRET}@127.0.0.1/db",
        f"sqlite://ann:{SECRET}@127.0.0.1/db",
    ],
)
def test_no_error_repeats_credentials(given):
    with pytest.raises(LedgerError) as caught:
        open_ledger(given, create=True)
    assert SECRET not in "".join(traceback.format_exception(caught.value, limit=0))
    assert caught.value.findings[0].repair


@pytest.mark.parametrize(
    "given", ["", ":memory:", "sqlite://", "sqlite:///:memory:", "sqlite:///a.db?mode=ro", "file:a.db", "oracle://h/d", "a\0b"]
)
def test_what_is_no_address_of_a_ledger_is_refused(given):
    with pytest.raises(LedgerError, match="ledger-address"):
        open_ledger(given, create=True)


def test_a_sqlite_url_and_a_path_are_the_same_ledger(tmp_path, make):
    filled(open_ledger(tmp_path / "a b%.db", create=True), make())
    assert len(open_ledger(f"sqlite:///{tmp_path}/a%20b%25.db")) == 4


def test_reading_makes_no_ledger(where):
    with pytest.raises(LedgerError, match="ledger-missing"):
        open_ledger(where)
    if "://" not in where:
        assert not address(where).path.exists()


@pytest.mark.parametrize("content", [b"id: g\ntitle: a guideline, no ledger\n" * 100, b"SQLite format 3\0" + b"\xff" * 4096])
@pytest.mark.parametrize("create", [True, False])
def test_a_file_that_is_no_ledger_is_left_alone(tmp_path, content, create):
    path = tmp_path / "guideline.yaml"
    path.write_bytes(content)
    with pytest.raises(LedgerError, match=r"no SQLite database|damaged|fails with|disk failed"):
        open_ledger(path, create=create)
    assert path.read_bytes() == content


def test_a_database_without_a_ledger_says_how_to_start_one(tmp_path):
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE x (y)")
    with pytest.raises(LedgerError, match="this database holds no ledger; sign a citation to start one"):
        open_ledger(tmp_path / "other.db")


def test_a_table_of_another_shape_is_refused(tmp_path):
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute(f"CREATE TABLE {TABLE} (seq INTEGER)")
    with pytest.raises(LedgerError, match="another version"):
        open_ledger(tmp_path / "other.db", create=True)


def test_a_ledger_that_others_keep_locked_is_an_error_in_words(tmp_path, make, monkeypatch):
    monkeypatch.setattr("edgewise.citations.ledger.store.PATIENCE", 0)
    ledger = open_ledger(tmp_path / "signed.db", create=True)
    with closing(sqlite3.connect(tmp_path / "signed.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match="other programs keep the ledger busy"):
            sign(ledger, make(), "a/citations/1", "partly", "Ann Lee")
        other.execute("ROLLBACK")
    assert sign(ledger, make(), "a/citations/1", "partly", "Ann Lee").seq == 1
