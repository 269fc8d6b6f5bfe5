"""What the Audit page shows: the report on a guideline as it is now, and what the ledger says of its citations.

The file is read once for every version of it, the ledger at every drawing. A report that an article's text or look-ups
went into stays in the session of the editor who gave them; all others are shared.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import streamlit as st

from edgewise.citations.audit.engine import Audited, Report, examine
from edgewise.citations.audit.settings import AuditSettings, Waived, find_settings, kept_settings
from edgewise.citations.ledger.entries import LedgerEntry, LedgerError
from edgewise.citations.ledger.fingerprints import CitationLink, links
from edgewise.citations.ledger.signoffs import Standing, orphans, standings
from edgewise.citations.ledger.store import Ledger, open_ledger
from edgewise.citations.reading.article import Article
from edgewise.explorer.cards.graph_places import Behind, behind
from edgewise.explorer.cards.wording import capital
from edgewise.explorer.environment import LEDGER
from edgewise.explorer.pages.audit import looking_up
from edgewise.explorer.shell import session_article
from edgewise.explorer.shell.guidelines import Opened, beside, file_of, loaded
from edgewise.explorer.shell.user_files import NoHome, ledger_address
from edgewise.graph.model import Guideline
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding

_MISSING = "ledger-missing"


@dataclass(frozen=True, slots=True)
class Kept:
    """What the ledger holds of a guideline; `problem` says in plain words why it cannot be read."""

    entries: tuple[LedgerEntry, ...] = ()
    shown: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Audit:
    """All that one drawing of the page needs.

    Attributes:
        name: of the guideline in addresses.
        guideline: that is audited.
        report: findings, waived ones, and what was not checked.
        links: every citation with what it joins, by id.
        standings: what the ledger says of each; empty where it cannot be read.
        orphans: standing sign-offs of citations that the guideline no longer has.
        kept: the ledger's entries on this guideline.
        article: its text, if this session's editor has loaded it.
        behind: where each passage is to be seen in the graph.
    """

    name: str
    guideline: Guideline
    report: Report
    links: Mapping[str, CitationLink]
    standings: Mapping[str, Standing]
    orphans: tuple[LedgerEntry, ...]
    kept: Kept
    article: Article | None
    behind: Behind

    def finding(self, key: str) -> Finding | None:
        """The finding of that key in addresses."""
        return keyed(self.report.findings).get(key)

    def waived(self, key: str) -> Waived | None:
        """The waived finding of that key."""
        return dict(zip(keyed([one.finding for one in self.report.waived]), self.report.waived, strict=True)).get(key)


def audit_of(opened: Opened) -> Audit:
    """Audit an opened guideline with the ledger and the session's article.

    Raises:
        EdgewiseError: the file or the settings beside it cannot be read.
    """
    guideline = opened.guideline
    source = loaded(opened.name)
    file, article, kept = file_of(opened.name), session_article.loaded(opened.name), kept_of(guideline.iri)
    settings = find_settings(file) if file else kept_settings(beside(opened.name), opened.name)
    standing = {} if kept.problem else standings(guideline, kept.entries)
    lost = orphans(guideline, kept.entries)
    subject = Audited(guideline, source, article, None if kept.problem else standing, lost, looking_up.found(opened.name))
    last = kept.problem or (kept.entries[-1].digest if kept.entries else "")
    report = _report((opened.name, source.digest, _written(settings), last), subject, settings)
    return Audit(opened.name, guideline, report, links(guideline), standing, lost, kept, article, _behind(source.digest, guideline))


def key_of(finding: Finding) -> str:
    """A finding's name in addresses: its rule and what it says, so that it stays the same from one audit to the next.

    >>> key_of(Finding(rule="M101", message="marker 7 points to no entry", subject="urn:g/marker-7"))
    'M101-f447dbc8'
    """
    said = "\n".join((finding.rule, finding.subject, finding.message))
    return f"{finding.rule}-{sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def keyed(findings: Iterable[Finding]) -> dict[str, Finding]:
    """Findings by their names in addresses; of several that say the same, as of one number in two sentences, the later ones are counted.

    >>> one = Finding(rule="M107", message="'10' could be a marker", line=3)
    >>> [key.removeprefix(key_of(one)) for key in keyed([one, one])]
    ['', '-2']
    """
    found: dict[str, Finding] = {}
    seen = Counter[str]()
    for one in findings:
        key = key_of(one)
        seen[key] += 1
        found[key if seen[key] == 1 else f"{key}-{seen[key]}"] = one
    return found


def ledger_to_sign() -> Ledger:
    """The ledger, open for writing; begun where there is none yet.

    Raises:
        LedgerError: there can be none.
        OSError: its folder cannot be made.
    """
    where = ledger_address()
    if not os.environ.get(LEDGER):
        Path(where).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return open_ledger(where, create=True)


def kept_of(iri: str) -> Kept:
    """What the ledger holds of a guideline, read afresh; a ledger that does not exist yet holds nothing."""
    try:
        where = ledger_address()
        ledger = open_ledger(where)
        return Kept(ledger.entries(iri), ledger.shown)
    except NoHome as error:  # nobody's home, so no ledger of one's own
        return Kept(problem=str(error))
    except LedgerError as error:
        if _not_begun(where) or any(finding.rule == _MISSING for finding in error.findings):
            return Kept(shown=error.findings[0].file)
        return Kept(problem=words(error))


def all_entries() -> tuple[LedgerEntry, ...]:
    """The whole ledger, for an export: its chain holds only as a whole.

    Raises:
        LedgerError: it cannot be read.
    """
    return open_ledger(ledger_address()).entries()


def words(error: SourceError) -> str:
    """An error as sentences for a reader, without the names of rules."""
    return " ".join(_sentence(f"{one.message}; {one.repair}" if one.repair else one.message) for one in error.findings[:5])


def _not_begun(where: str) -> bool:
    """The folder of the user's own ledger is made with the first sign-off."""
    return not os.environ.get(LEDGER) and not Path(where).parent.exists()


def _sentence(told: str) -> str:
    return f"{capital(told).rstrip('.')}."


@st.cache_resource(show_spinner=False, max_entries=16)
def _behind(digest: str, _guideline: Guideline) -> Behind:  # noqa: ARG001  # the digest is the cache's key
    return behind(_guideline)


def _written(settings: AuditSettings) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(settings.levels.items()))


def _report(key: tuple[Any, ...], subject: Audited, settings: AuditSettings) -> Report:
    if subject.article is None and subject.lookups is None:
        return _shared(key, subject, settings)
    mine = (*key, id(subject.article), id(subject.lookups))
    if st.session_state.get("audit:key") != mine:
        st.session_state["audit:report"] = examine(subject, settings)
        st.session_state["audit:key"] = mine
    return cast(Report, st.session_state["audit:report"])


@st.cache_resource(show_spinner=False, max_entries=32)
def _shared(key: tuple[Any, ...], _subject: Audited, _settings: AuditSettings) -> Report:  # noqa: ARG001  # for the cache
    return examine(_subject, _settings)
