"""The list of clinical units, ``ontology/units.toml``: what readers see for a UCUM code, and which code a spelling stands for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Atoms of codes that are not listed, as they are read inside a compound; a prefix may stand before those that UCUM lets bear one.
_ATOMS = {
    "Cel": "°C", "[degF]": "°F", "[IU]": "IU", "[iU]": "IU", "[Hg]": "Hg", "[H2O]": "H₂O", "eq": "Eq", "osm": "Osm", "deg": "°", "l": "L",
    "[lb_av]": "lb", "[in_i]": "in", "[ft_i]": "ft", "[HPF]": "high-power field", "[LPF]": "low-power field", "[drp]": "drops",
    "d": "day", "wk": "week", "mo": "month", "a": "year",
}  # fmt: skip
_PREFIXED = ("[IU]", "[iU]", "[Hg]", "[H2O]", "eq", "osm", "l")
_PIECES = re.compile(r"\{[^{}]*\}|\[[^\[\]]*\]|[./()]|10[*^][+-]?[0-9]+|[^./(){}\[\]]+")
_POWER = re.compile(r"(.*?[^0-9+-])([+-]?[0-9]+)")
_LITRE = re.compile(r"(?<=[/dmun])l\b|^l\b")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻µμ·", "0123456789-uu.")


@dataclass(frozen=True, slots=True)
class ClinicalUnit:
    """A unit as guidelines use it.

    Attributes:
        code: of UCUM.
        name: what readers see; empty where a number stands alone.
        one: the name behind the number one.
        spellings: others that stand for it.
        mistaken: spellings that UCUM reads as another unit.
    """

    code: str
    name: str
    one: str
    spellings: tuple[str, ...] = ()
    mistaken: tuple[str, ...] = ()


@cache
def listed() -> Mapping[str, ClinicalUnit]:
    """The list, by code.

    >>> listed()["mm[Hg]"].name, listed()["a"].one
    ('mmHg', 'year')
    """
    rows = tomllib.loads((files("edgewise.ontology") / "units.toml").read_text(encoding="utf-8"))["unit"]
    units = (
        ClinicalUnit(row["code"], row["name"], row.get("one", row["name"]), tuple(row.get("spellings", ())), tuple(row.get("mistaken", ())))
        for row in rows
    )
    return {unit.code: unit for unit in units}


def name(code: str, *, one: bool = False) -> str:
    """What readers see for a code, of one or of many.

    >>> name("mm[Hg]"), name("{points}"), name("{points}", one=True), name("ug/L"), name("/min"), name("[pH]")
    ('mmHg', 'points', 'point', 'µg/L', '/min', '')
    >>> name("ug/m2"), name("10*6/mL"), name("u[IU]/mL"), name("{drops}/wk"), name("ng/mL{FEU}"), name("bananas")
    ('µg/m²', '10⁶/mL', 'µIU/mL', 'drops/week', 'ng/mL FEU', 'bananas')
    """
    if code in listed():
        unit = listed()[code]
        return unit.one if one else unit.name
    readable = _readable(code)
    counted = one and re.fullmatch(r"\{[^{}]*[^s]s\}", code)
    return readable[:-1] if counted else readable


@cache
def _readable(code: str) -> str:
    pieces = _PIECES.findall(code.removeprefix("1/") if code.startswith("1/") else code)
    if "".join(pieces) != code.removeprefix("1/"):
        return code
    told = ""
    for at, piece in enumerate(pieces):
        annotates = piece.startswith("{") and at and pieces[at - 1] not in "./("
        told += (" " if annotates else "") + _atom(piece, joined=at + 1 < len(pieces) and pieces[at + 1].startswith("["))
    return f"/{told}" if code.startswith("1/") else told


def _atom(piece: str, *, joined: bool = False) -> str:
    """One atom of a code; `joined` to a bracket, it is a prefix such as the ``u`` of ``u[IU]`` or part of a name such as ``mm[Hg]``."""
    if piece.startswith("{"):
        return re.sub(r"\bm([23])\b", lambda found: "m" + found[1].translate(_RAISED), piece[1:-1].replace("_", " "))
    if piece in ("/", "(", ")"):
        return piece
    if piece == ".":
        return "·"
    if piece.startswith(("10*", "10^")):
        return "10" + piece[3:].translate(_RAISED)
    if power := _POWER.fullmatch(piece):
        return _atom(power[1]) + power[2].translate(_RAISED)
    return _plain_atom(piece, joined=joined)


def _plain_atom(piece: str, *, joined: bool) -> str:
    if piece in _ATOMS:
        return _ATOMS[piece]
    for atom in _PREFIXED:
        if piece.endswith(atom) and len(piece) <= len(atom) + 2:
            return piece.removesuffix(atom).replace("u", "µ") + _ATOMS[atom]
    if piece.startswith("["):
        return piece[1:-1].split("_")[0].replace("'U", " units").replace("'", " ")
    return "µ" + piece[1:] if piece.startswith("u") and (len(piece) > 1 or joined) else piece


def spelt(text: str) -> str:
    """The code of the list for a spelling, capitals and signs as they come; empty where there is none.

    >>> spelt("Years"), spelt("bpm"), spelt("mcg/L"), spelt("μg/l"), spelt("°C"), spelt("mg per dL"), spelt("mm[Hg]"), spelt("bananas")
    ('a', '/min', 'ug/L', 'ug/L', 'Cel', 'mg/dL', 'mm[Hg]', '')
    """
    exact, folded = _spellings()
    return exact.get(text) or folded.get(_folded(text), "")


def exactly(text: str) -> str:
    """The code for a spelling as it stands in the list, letter by letter: ``C`` is found and ``c`` is not; but a litre may be ``l``.

    >>> exactly("C"), exactly("c"), exactly("mg/dl")
    ('Cel', '', 'mg/dL')
    """
    exact = _spellings()[0]
    return exact.get(text) or exact.get(_LITRE.sub("L", text), "")


@cache
def mistaken() -> Mapping[str, str]:
    """Spellings that UCUM reads as another unit, each with the code that is meant.

    >>> mistaken()["C"], mistaken()["mL/min/1.73.m2"]
    ('Cel', 'mL/min/{1.73_m2}')
    """
    return {text: unit.code for unit in listed().values() for text in unit.mistaken}


@cache
def _spellings() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Every spelling as it is, and folded where it has more than one letter: a single letter means another unit in capitals."""
    exact: dict[str, str] = {}
    for unit in listed().values():
        for text in filter(None, (unit.code, unit.name, unit.one, *unit.spellings, *unit.mistaken)):
            exact.setdefault(text, unit.code)
    folded: dict[str, str] = {}
    for text, code in exact.items():
        if len(text) > 1 and text not in mistaken():
            folded.setdefault(_folded(text), code)
    return exact, folded


def _folded(text: str) -> str:
    """A spelling whatever its capitals, spaces, signs of micro and raised figures."""
    plain = re.sub(r"\s*(?:/|\bper\b)\s*", "/", text.translate(_LOWERED).casefold())
    return re.sub(r"\bmcg\b", "ug", " ".join(plain.split()))


def in_ascii(text: str) -> str:
    """A code as UCUM writes it, where it was told with the sign of micro, raised figures or ``mcg``.

    >>> in_ascii("μg/kg/h"), in_ascii("mcg/m²"), in_ascii("10⁶/L"), in_ascii("mg per kg")
    ('ug/kg/h', 'ug/m2', '10*6/L', 'mg/kg')
    """
    raised = re.sub(r"^[x×]?\s?10(?=[⁰¹²³⁴⁵⁶⁷⁸⁹⁻])", "10*", text.strip())
    plain = re.sub(r"\s*(?:/|\bper\b)\s*", "/", raised.translate(_LOWERED))
    return re.sub(r"\bmcg\b", "ug", plain)
