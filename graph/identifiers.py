"""Identifiers as registries know them: the plain form of a DOI, PMID or ISBN, or why it cannot be one."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[!-~]+")
_BEFORE_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_BEFORE_PMID = re.compile(r"(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/|pmid:?\s*)", re.IGNORECASE)
_PMID = re.compile(r"[1-9]\d{0,7}")
_LONGEST_DOI = 300


@dataclass(frozen=True, slots=True)
class Malformed:
    """An identifier that cannot be one of its scheme; it is reported and never sent."""

    scheme: str
    value: str
    why: str

    def __str__(self) -> str:
        """
        >>> str(Malformed("pmid", "x1", "a PMID has one to eight digits"))
        "the PMID 'x1' is malformed: a PMID has one to eight digits"
        """
        return f"the {self.scheme.upper()} '{self.value[:80]}' is malformed: {self.why}"


def doi(value: str) -> str | Malformed:
    """The DOI in lower case, without an address in front (DOIs are compared without case).

    >>> doi("https://doi.org/10.1097/01.PHM.0000247633.68694.C1")
    '10.1097/01.phm.0000247633.68694.c1'
    >>> print(doi("10.1097"))
    the DOI '10.1097' is malformed: a DOI is '10.', a number, '/' and a name without spaces
    """
    plain = _BEFORE_DOI.sub("", value.strip(), count=1)
    if _DOI.fullmatch(plain) and len(plain) <= _LONGEST_DOI:
        return plain.lower()
    return Malformed("doi", value, "a DOI is '10.', a number, '/' and a name without spaces")


def pmid(value: str) -> str | Malformed:
    """The PMID in digits.

    >>> pmid("PMID: 17117004"), str(pmid("017"))
    ('17117004', "the PMID '017' is malformed: a PMID has one to eight digits and no zero in front")
    """
    plain = _BEFORE_PMID.sub("", value.strip(), count=1).removesuffix("/")
    if plain.isascii() and _PMID.fullmatch(plain):
        return plain
    return Malformed("pmid", value, "a PMID has one to eight digits and no zero in front")


def isbn(value: str) -> str | Malformed:
    """The ISBN with thirteen digits; its check digit must be right.

    >>> isbn("0-306-40615-2"), isbn("978-0-306-40615-7")
    ('9780306406157', '9780306406157')
    >>> isbn("0-306-40615-3").why
    'its check digit is wrong'
    """
    plain = re.sub(r"[\s-]", "", value).upper().removeprefix("ISBN").removeprefix(":")
    if not plain.isascii() or not re.fullmatch(r"\d{9}[\dX]|97[89]\d{10}", plain):
        return Malformed("isbn", value, "an ISBN has ten or thirteen digits")
    if not _checks(plain):
        return Malformed("isbn", value, "its check digit is wrong")
    return plain if len(plain) == 13 else _thirteen(plain[:9])


def _checks(plain: str) -> bool:
    if len(plain) == 13:
        return _thirteen(plain[3:12], plain[:3]) == plain
    digits = [10 if sign == "X" else int(sign) for sign in plain]
    return sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0


def _thirteen(nine: str, prefix: str = "978") -> str:
    body = prefix + nine
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return f"{body}{-total % 10}"
