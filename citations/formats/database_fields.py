"""What databases write into the fields of their exports: notes beside a number, records' addresses in place of works', words for no pages.

Seen in exports of Embase, Ovid, ProQuest, EBSCO, Scopus, Web of Science, Inspec and EndNote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from edgewise.citations.formats.csl_items import ISBN, ISSN, Item

_ISSN, _ISBN = (re.compile(rf"(?<![\w-]){number.pattern}(?![\w-])") for number in (ISSN, ISBN))
PMID = re.compile(r"(?P<pmid>[1-9]\d{0,7})")
_PUBMED = re.compile(rf"(?:PMID|MEDLINE|PubMed)\s*:?\s*{PMID.pattern}", re.IGNORECASE)
_PUBMEDS_OWN = re.compile(r"pubmed|medline|\bnlm\b", re.IGNORECASE)
_NO_PAGES = re.compile(r"no\s*[–-]?\s*(?:pagination\s+)?(?:specified|pagination)|n\.?\s?pag\.?", re.IGNORECASE)
_RECORDS = re.compile(
    r"(?:www\.)?(?:scopus|embase|webofscience|webofknowledge|isiknowledge)\.com|(?:search|www)\.proquest\.com|(?:\w+\.)*ebscohost\.com"
    r"|ovidsp(?:\.\w+)*\.ovid\.com|gateway\.(?:webofknowledge|isiknowledge|proquest)\.com"
)


def title_of(text: str) -> str:
    """A title as the work bears it: without the full stop and the brackets of a translation that PubMed and others set.

    >>> title_of("[Rest at night]."), title_of("Is rest good?"), title_of("Care in the U.S.")
    ('Rest at night', 'Is rest good?', 'Care in the U.S.')
    """
    plain = " ".join(text.split())
    plain = plain if re.search(r"(?:^|[\s.])[A-Z]\.$", plain) else plain.removesuffix(".")
    return plain[1:-1] if plain.startswith("[") and plain.endswith("]") and plain.count("[") == 1 else plain


def serial_numbers(words: str) -> Item:
    """ISBN, else ISSN, out of what stands in their common field, with whatever is noted beside them.

    >>> serial_numbers("03064530 (ISSN)"), serial_numbers("1234-5678, 1234-5679"), serial_numbers("978-3-16-148410-0 (ISBN)")
    ({'ISSN': '03064530'}, {'ISSN': '1234-5678'}, {'ISBN': '978-3-16-148410-0'})
    """
    isbn = _ISBN.search(words)
    issn = None if isbn else _ISSN.search(words)
    return ({"ISBN": isbn[0]} if isbn else {}) | ({"ISSN": issn[0]} if issn else {})


def pubmed_number(accession: str, database: str = "") -> str:
    """The PubMed number that an accession number says it is, or that one of this database must be; empty for any other.

    >>> pubmed_number("PMID:123"), pubmed_number("MEDLINE:123"), pubmed_number("123"), pubmed_number("WOS:000123")
    ('123', '123', '', '')
    >>> pubmed_number("123", "Ovid MEDLINE(R)"), pubmed_number("123", "Embase Medline")
    ('123', '')
    """
    own = _PUBMEDS_OWN.search(database) and "embase" not in database.casefold()  # which has Medline's records under its own numbers
    found = _PUBMED.fullmatch(accession.strip()) or (PMID.fullmatch(accession) if own else None)
    return found["pmid"] if found else ""


def page_range(first: str, last: str = "") -> str:
    """Pages from two fields; empty where they only say that there are none. A plus for a last page means "and others".

    >>> page_range("7", "9"), page_range("7", "7"), page_range("No", "Specified"), page_range("7", "+"), page_range("", "9")
    ('7–9', '7', '', '7', '9')
    """
    last = "" if last in ("+", first) else last
    return "" if _NO_PAGES.fullmatch(f"{first} {last}".strip()) else "–".join(filter(None, (first, last)))


def is_record(address: str) -> bool:
    """Whether an address is that of a database's record of the work, which opens for subscribers of the database alone.

    >>> is_record("https://www.scopus.com/inward/record.uri?eid=1"), is_record("<Go to ISI>://WOS:000123"), is_record("https://who.int/a")
    (True, True, False)
    """
    if address.casefold().startswith(("<go to isi>", "&lt;go to isi", "://wos")):
        return True
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.path.strip("/") and _RECORDS.fullmatch((parts.hostname or "").casefold()))


def links(addresses: Sequence[str]) -> Item:
    """The address of a work, and what others stand beside it: the first that is not a record's, else the first.

    >>> links(["https://www.scopus.com/record/1", "https://rest.example/a"])
    {'URL': 'https://rest.example/a', 'further links': ['https://www.scopus.com/record/1']}
    """
    address = next((one for one in addresses if not is_record(one)), next(iter(addresses), ""))
    further = [one for one in addresses if one != address]
    return ({"URL": address} if address else {}) | ({"further links": further} if further else {})
