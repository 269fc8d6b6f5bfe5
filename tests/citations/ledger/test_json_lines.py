"""A ledger goes out as JSON Lines and comes in again, whole or not at all."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.citations.ledger.entries import LedgerError
from edgewise.citations.ledger.json_lines import lines, parse, take
from edgewise.citations.ledger.signoffs import sign, standings, withdraw
from edgewise.citations.ledger.store import Taken, open_ledger

CITATION = "a/citations/1"


def written(ledger, guideline):
    sign(ledger, guideline, CITATION, "supported", "Ann Lee", 'a "quoted"\nnote – ü')
    sign(ledger, guideline, CITATION, "partly", "Ann Lee")
    sign(ledger, guideline, "b/citations/1", "cant-tell", "Bo Ek")
    withdraw(ledger, guideline, CITATION, "Ann Lee", "looked at the wrong page")
    return exported(ledger)


def exported(ledger):
    return "".join(lines(ledger.entries()))


@pytest.fixture
def ledger(where):
    return open_ledger(where, create=True)


@pytest.fixture
def second(elsewhere):
    return open_ledger(elsewhere, create=True)


@pytest.fixture
def export(tmp_path, make):
    return written(open_ledger(tmp_path / "export.db", create=True), make())


def test_an_export_is_one_line_an_entry_in_their_order(export):
    assert [json.loads(line)["seq"] for line in export.splitlines()] == [1, 2, 3, 4]


def test_an_import_into_an_empty_ledger_gives_the_same_bytes_again(ledger, second, make):
    text = written(ledger, make())
    assert take(second, text) == Taken(added=4, known=0)
    assert exported(second) == text
    assert second.verify(ledger.head()) == ()


def test_an_import_taken_twice_adds_nothing(ledger, second, make):
    text = written(ledger, make())
    take(second, text.encode())
    assert take(second, text) == Taken(added=0, known=4)
    assert take(ledger, text) == Taken(added=0, known=4)
    assert exported(second) == text


def test_an_import_continues_what_the_ledger_has_of_it(ledger, second, make):
    take(second, written(ledger, make()))
    sign(ledger, make(), CITATION, "supported", "Ann Lee")
    assert take(second, exported(ledger)) == Taken(added=1, known=4)
    assert exported(second) == exported(ledger)


def test_two_ledgers_that_went_apart_can_be_joined(ledger, second, make):
    sign(second, make(), CITATION, "not-supported", "Cy Fox")
    text = written(ledger, make())
    assert take(second, text) == Taken(added=4, known=0)
    assert second.verify() == ()
    assert [entry.content.name for entry in second.entries()] == ["Cy Fox", "Ann Lee", "Ann Lee", "Bo Ek", "Ann Lee"]
    found = standings(make(), second.entries())
    assert found[CITATION].verdict == "not-supported", "the withdrawal still withdraws what it withdrew"
    assert found["b/citations/1"].verdict == "cant-tell"
    assert take(second, text) == Taken(added=0, known=4)


def test_white_lines_and_a_byte_order_mark_and_windows_line_ends_do_no_harm(export):
    assert len(parse(b"\xef\xbb\xbf" + export.replace("\n", "\r\n\r\n").encode())) == 4


def test_an_empty_file_is_an_empty_ledger():
    assert parse(b"") == ()


@pytest.mark.parametrize(
    "key", ["verdict", "note", "name", "time", "guideline", "citation", "nonce", "replaces", "id", "digest", "previous", "kind"]
)
def test_any_altered_text_is_a_fault_of_its_line(export, key):
    data = [json.loads(line) for line in export.splitlines()]
    data[1][key] += "0"
    with pytest.raises(LedgerError) as caught:
        parse("\n".join(map(json.dumps, data)), "signed.jsonl")
    assert {(fault.file, fault.line) for fault in caught.value.findings} <= {("signed.jsonl", 2), ("signed.jsonl", 3), ("signed.jsonl", 4)}
    assert caught.value.findings[0].line == 2


def test_lines_that_are_missing_doubled_or_swapped_are_faults(export):
    one, two, three, four = export.splitlines()
    for text, line in (([two, three, four], 1), ([one, three, four], 2), ([one, two, two, three, four], 3), ([one, three, two, four], 2)):
        with pytest.raises(LedgerError, match="missing or out of order") as caught:
            parse("\n".join(text))
        assert caught.value.findings[0].line == line


def test_every_faulty_line_is_reported_and_nothing_is_imported(ledger, export):
    one, _, three, four = export.splitlines()
    bad = "\n".join([one, "{", three.replace("Bo Ek", "Bo Ex"), four, "[]"])
    with pytest.raises(LedgerError) as caught:
        take(ledger, bad, "signed.jsonl")
    assert [fault.line for fault in caught.value.findings] == [2, 3, 5]
    assert len(ledger) == 0


HOSTILE = {
    "not JSON": b"{",
    "not an object": b"[1]",
    "no keys": b"{}",
    "a foreign key": b'{"__class__":"x"}',
    "not UTF-8": b"\xff\xfe",
    "half a character": b'{"a":"\\ud800"}',
    "a key twice": b'{"a":1,"a":2}',
    "not a number": b'{"a":NaN}',
    "too deep": b"[" * 50_000,
    "too long": b'"' + b"x" * 200_000 + b'"',
    "a number of many digits": b'{"a":' + b"9" * 20_000 + b"}",
    "null": b"null",
}


@pytest.mark.parametrize("line", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_line_is_a_fault_with_its_line(export, line):
    with pytest.raises(LedgerError) as caught:
        parse(export.encode() + line, "signed.jsonl")
    (fault,) = caught.value.findings
    assert (fault.line, fault.rule) == (5, "ledger-line")
    assert len(str(fault)) < 300


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("seq", "1"),
        ("seq", True),
        ("seq", 0),
        ("seq", 2**63),
        ("seq", 1.0),
        ("name", None),
        ("note", ["x"]),
        ("seen", "x"),
        ("seen", {}),
        ("id", 3),
    ],
)
def test_a_value_of_another_type_is_a_fault(export, key, value):
    data = json.loads(export.splitlines()[0])
    with pytest.raises(LedgerError, match="ledger-line"):
        parse(json.dumps(data | {key: value}))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 3000), st.integers(0, 60))
def test_no_damage_of_a_file_gets_past_or_causes_anything_but_a_report(damage, start, length):
    text = EXPORT[:start] + damage + EXPORT[start + length :]
    try:
        entries = parse(text)
    except LedgerError:
        return
    assert "".join(lines(entries)).encode() == EXPORT[: len("".join(lines(entries)).encode())], (
        "what is accepted is a beginning of the ledger"
    )


def _export():
    """One fixed export, without a database: hypothesis runs many examples."""
    from edgewise.citations.ledger.entries import START, Content, chain
    from edgewise.citations.ledger.fingerprints import Seen

    entries, previous = [], START
    for seq in range(1, 5):
        said = Content(
            kind="sign-off", guideline="urn:g", citation="urn:g/c", name="Ann Lee", verdict="partly", nonce=f"{seq:016x}",
            time="2026-01-31T09:30:00.000Z", seen=Seen(START, START, START, START),
        )  # fmt: skip
        entries.append(chain(said, seq, previous))
        previous = entries[-1].digest
    return "".join(lines(entries)).encode()


EXPORT = _export()
