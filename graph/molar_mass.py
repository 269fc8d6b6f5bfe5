"""By what a measured substance's mass and amount convert, and who says so."""

from __future__ import annotations

from edgewise.graph.model import Guideline, Observable
from edgewise.graph.pathway import Pathway
from edgewise.graph.units import short

ADDED = "added by an editor"


def molar_mass_told(guideline: Guideline, observable: Observable) -> str:
    """The molar mass of what is measured, and whose word it is; empty where none is given.

    >>> from decimal import Decimal
    >>> lactate = Observable("l", "Lactate", "", "quantity", unit="mmol/L", molar_mass=Decimal("90.08"))
    >>> molar_mass_told(Guideline("g", "urn:g", "", "", "", "", "", "", "", ""), lactate)
    'mass and amount convert by 90.08 g/mol, added by an editor'
    """
    if observable.molar_mass is None:
        return ""
    passages = Pathway.of(guideline).passages
    places = "; ".join(str(passages[id].place) for id in observable.molar_mass_from if id in passages)
    return f"mass and amount convert by {short(observable.molar_mass)} g/mol, {f'stated by the source ({places})' if places else ADDED}"
