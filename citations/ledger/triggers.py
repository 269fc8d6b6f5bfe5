"""What the database itself refuses: any change to an entry, and any entry that does not continue the chain.

The ledger's own code never tries either; the guards are for everything else that can open the database. Whoever may drop
a trigger can get round them, and is then found out by `Ledger.verify`.
"""

from __future__ import annotations

from edgewise.citations.ledger.entries import START

TABLE = "edgewise_ledger"

_TAIL = f"(SELECT digest FROM {TABLE} ORDER BY seq DESC LIMIT 1)"  # noqa: S608  # here and below: the only parts are constants of this file
_BREAKS = f"""
  NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM {TABLE})
  OR NEW.previous <> coalesce({_TAIL}, '{START}')
  OR EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR digest = NEW.digest)
"""  # noqa: S608

# The check before inserting is also what stops INSERT OR REPLACE, whose hidden DELETE fires no trigger in SQLite.
_SQLITE: dict[str, tuple[str, ...]] = {
    name: (f"CREATE TRIGGER {name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{refusal}'); END",)
    for name, event, refusal in (
        (f"{TABLE}_keeps_what_is_written", f"UPDATE ON {TABLE}", "the ledger is append-only: nothing is changed"),
        (f"{TABLE}_keeps_every_entry", f"DELETE ON {TABLE}", "the ledger is append-only: nothing is deleted"),
        (f"{TABLE}_continues_the_chain", f"INSERT ON {TABLE} WHEN {_BREAKS}", "the entry does not continue the chain"),
    )
}

_REFUSAL = f"{TABLE}_refuse()"
_CHECK = f"{TABLE}_check()"
_FUNCTIONS = (
    f"""CREATE OR REPLACE FUNCTION {_REFUSAL} RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the ledger is append-only: nothing is changed or deleted'; END $$""",
    f"""CREATE OR REPLACE FUNCTION {_CHECK} RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF {_BREAKS} THEN
            RAISE EXCEPTION 'the entry does not continue the chain' USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$""",
)
# ALWAYS: also in a session that plays a replica, where ordinary triggers sleep.
_TRIGGERS = {
    f"{TABLE}_keeps_every_entry": f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION {_REFUSAL}",
    f"{TABLE}_continues_the_chain": f"BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {_CHECK}",
}
_POSTGRESQL: dict[str, tuple[str, ...]] = {
    name: (*_FUNCTIONS, f"CREATE TRIGGER {name} {rule}", f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {name}")
    for name, rule in _TRIGGERS.items()
}
_GUARDS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
_QUERIES = {
    "sqlite": f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{TABLE}'",  # noqa: S608
    "postgresql": f"SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass('{TABLE}') AND tgenabled = 'A'",  # noqa: S608
}


def statements(dialect: str) -> list[str]:
    """The statements that set up the guards of a new ledger.

    >>> len(statements("sqlite"))
    3
    """
    return [statement for group in _GUARDS[dialect].values() for statement in group]


def names(dialect: str) -> set[str]:
    """The guards that a sound ledger has."""
    return set(_GUARDS[dialect])


def query(dialect: str) -> str:
    """The statement that lists the guards at work."""
    return _QUERIES[dialect]
