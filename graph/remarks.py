"""What modellers and editors add to a guideline: remarks, explained terms, settings of the audit. The rest of the pieces are in `model`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """A remark of a modeller or editor; never the source's own word."""

    id: str
    text: str
    stated_by: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the glossary: a word of the trade and what it means in plain words. Who explains it is always said."""

    id: str
    term: str
    explanation: str
    stated_by: str
    spellings: tuple[str, ...] = ()  # others than the term itself
    based_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """How severe a rule of the audit is for this guideline: ``error``, ``warning``, ``note`` or ``off``."""

    id: str
    rule: str
    severity: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """A decision to let findings of one rule stand; `about` empty: all of them; `situation` empty: in whatever situation."""

    id: str
    rule: str
    reason: str
    about: tuple[str, ...] = ()
    situation: str = ""
