"""The authors of a BibTeX entry, out of and into the people of a CSL item; bibtexparser takes each name apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

from edgewise.citations.formats.details import fold
from edgewise.citations.formats.names import AND_OTHERS, parse_names
from edgewise.citations.formats.tex import read_tex, write_tex

_MARK = re.compile(r"[{}]")


def read_people(line: str) -> list[dict[str, str]]:
    r"""The people of an author field, each with family and given name or as a literal.

    >>> read_people(r"van der Berg, Karl AND {Poe and Sons} and others")
    [{'family': 'van der Berg', 'given': 'Karl'}, {'literal': 'Poe and Sons'}, {'literal': 'et al.'}]
    >>> [one["family"] for one in read_people("Doe E, Roe G, Poe KA")]
    ['Doe', 'Roe', 'Poe']
    """
    names = _names(line)
    if len(names) == 1 and (listed := _listed(names[0])):
        return listed
    return [_person(name.rstrip(" ,")) for name in names]


def unparted_names(line: str) -> list[str]:
    r"""What no "and" parts though commas may, and so was read as one name; what stands in braces is meant as one.

    >>> unparted_names("Doe, Ann, Roe, Kim and Low, Al"), unparted_names("{Doe, Roe, Poe and Sons}")
    (['Doe, Ann, Roe, Kim'], [])
    """
    names = [name.rstrip(" ,") for name in _names(line)]
    if len(names) == 1 and _listed(names[0]):
        return []
    literals = [_person(name).get("literal", "") for name in names if not _is_braced(name)]
    return [literal for literal in literals if literal.count(",") > 1]


def write_people(people: Iterable[Mapping[str, str]]) -> str:
    """The author field of people.

    >>> write_people([{"family": "van der Berg", "given": "A."}, {"literal": "et al."}])
    '{van der Berg}, A. and others'
    """
    return " and ".join(_written(person) for person in people)


def _names(line: str) -> list[str]:
    names: list[str] = split_multiple_persons_names(" ".join(line.split()))
    return names


def _written(person: Mapping[str, str]) -> str:
    if literal := person.get("literal"):
        return "others" if literal == AND_OTHERS else "{" + write_tex(literal) + "}"
    # Braces keep a surname of several words, or one with an "and" in it, together.
    return ", ".join(f"{{{part}}}" if re.search(r"\w\w\W", part) else part for part in map(write_tex, (person["family"], person["given"])))


def _listed(line: str) -> list[dict[str, str]]:
    """``Doe E, Roe G`` is no BibTeX, but what other programs print: two people where it is certain, else nobody."""
    names = parse_names(read_tex(line)) if "," in line else ()
    sure = len(names) > 1 and not any(name.literal for name in names)
    return [{"family": name.family, "given": name.given} for name in names] if sure else []


def _person(name: str) -> dict[str, str]:
    if name.casefold() == "others":
        return {"literal": AND_OTHERS}
    if _is_braced(name):
        return {"literal": read_tex(name)}
    try:
        parts = parse_single_name_into_parts(name, strict=True)
    except ValueError:
        return {"literal": read_tex(name)}
    family = " ".join([*parts.von, *parts.last])
    given = " ".join([*parts.first, *parts.jr])
    return {"family": fold(read_tex(family)), "given": fold(read_tex(given))}


def _is_braced(name: str) -> bool:
    """Whether one pair of braces holds the whole name."""
    depth = 0
    for mark in _MARK.finditer(name):
        depth += 1 if mark[0] == "{" else -1
        if depth == 0:
            return name.startswith("{") and mark.end() == len(name)
    return False
