"""What was acknowledged stays: with the signer killed, the server killed, and several signers at once."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import psycopg
import pytest

from edgewise.citations.ledger import store
from edgewise.citations.ledger.entries import START, Content
from edgewise.citations.ledger.fingerprints import Seen
from edgewise.citations.ledger.store import open_ledger
from tests.places import ROOT

SEEN = Seen(START, START, START, START)
SIGNER = ROOT / "tests" / "citations" / "signer.py"


def signing(where, name="Ann Lee", times=200):
    command = [sys.executable, str(SIGNER), where, name, str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})


def acknowledged(process, until):
    """The ids that the signer was told are kept, as far as `until` of them and then whatever else was on its way."""
    first = [process.stdout.readline() for _ in range(until)]
    process.kill()
    rest, _ = process.communicate(timeout=120)
    assert process.returncode == -9, "the signer was to be killed in the middle"
    lines = b"".join([*first, rest]).decode().splitlines(keepends=True)
    return [line.strip() for line in lines if line.endswith("\n")]


def in_order(where):
    ledger = open_ledger(where)
    assert ledger.verify() == ()
    return [entry.id for entry in ledger.entries()]


@pytest.mark.parametrize("until", [1, 83, 150])
def test_no_acknowledged_sign_off_is_lost_when_the_signer_is_killed(where, until):
    told = acknowledged(signing(where), until)
    kept = in_order(where)
    assert until <= len(told) < 200
    assert kept[: len(told)] == told
    assert len(kept) <= len(told) + 1, "at most the one in hand was kept without being acknowledged"


def test_signing_goes_on_after_a_kill(where):
    told = acknowledged(signing(where), 20)
    process = signing(where, "Bo Ek", 5)
    after = process.communicate(timeout=120)[0].decode().split()
    kept = in_order(where)
    assert kept[: len(told)] == told
    assert kept[-5:] == after


def test_no_acknowledged_sign_off_is_lost_when_the_server_is_killed(postgresql):
    where = postgresql.database()
    process = signing(where)
    first = [process.stdout.readline() for _ in range(60)]
    try:
        postgresql.kill()
    finally:
        rest, errors = process.communicate(timeout=120)
        postgresql.start()
    told = b"".join([*first, rest]).decode().split()
    kept = in_order(where)
    assert 60 <= len(told) < 200
    assert kept[: len(told)] == told
    assert len(kept) <= len(told) + 1
    assert b"no server answers" in errors.splitlines()[-1] or b"broke off" in errors.splitlines()[-1], errors


def test_four_processes_that_sign_at_once_keep_one_chain(where):
    """They also race to make the ledger: none exists when they start."""
    processes = [signing(where, f"Editor {number}", 25) for number in range(4)]
    told = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, told
    ledger = open_ledger(where)
    entries = ledger.entries()
    assert ledger.verify() == ()
    assert [entry.seq for entry in entries] == list(range(1, 101))
    assert [entry.previous for entry in entries] == [START, *(entry.digest for entry in entries[:-1])]
    ids = [entry.id for entry in entries]
    for number, (out, _) in enumerate(told):
        own = out.decode().split()
        assert [entry.id for entry in entries if entry.content.name == f"Editor {number}"] == own
        assert len(own) == 25
    assert len(set(ids)) == 100


def test_while_an_entry_is_composed_no_other_writer_gets_in(where):
    """An entry follows from those before it: whoever composes one must be alone from the first look, not from the first word."""
    ledger, tried = open_ledger(where, create=True), []

    def compose(before):
        tried.append(_may_write(where))
        return Content(kind="sign-off", guideline="urn:g", citation="urn:g/c", name="Ann Lee", verdict="cant-tell", seen=SEEN)

    ledger.append("urn:g", "urn:g/c", compose)
    assert (tried, _may_write(where)) == ([False], True)


def _may_write(where: str) -> bool:
    """Whether another writer could begin at this moment."""
    if "://" in where:
        with psycopg.connect(where.replace("+psycopg", "")) as other:
            return other.execute(f"SELECT pg_try_advisory_xact_lock({store._LOCK})").fetchone() == (True,)
    with closing(sqlite3.connect(where, timeout=0, isolation_level=None)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        other.execute("ROLLBACK")
        return True


def test_sqlite_writes_ahead_and_waits_for_the_disk(tmp_path):
    ledger = open_ledger(tmp_path / "signed.db", create=True)
    with ledger._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2, "FULL"
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000
    with sqlite3.connect(tmp_path / "signed.db") as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_postgresql_waits_for_the_disk_even_where_the_database_is_set_not_to(postgresql):
    where = postgresql.database()
    name = where.rpartition("/")[2].partition("?")[0]
    with postgresql.connect() as connection:
        connection.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'")
    ledger, said = open_ledger(where, create=True), []
    ledger._write(lambda connection: said.append(connection.exec_driver_sql("SHOW synchronous_commit").scalar()))
    ledger._write(lambda connection: said.append(connection.exec_driver_sql("SHOW transaction_isolation").scalar()))
    assert said == ["on", "read committed"]
