"""Where the registries are: the one file that names their addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple
from urllib.parse import urlencode

from edgewise.citations.lookup.works import Registry


class RegistryServer(NamedTuple):
    """A registry's address and how many requests a second it allows until its headers say otherwise."""

    registry: Registry
    base: str
    per_second: float


CROSSREF = RegistryServer("crossref", "https://api.crossref.org", 5.0)
PUBMED = RegistryServer("pubmed", "https://eutils.ncbi.nlm.nih.gov", 3.0)
PUBMED_WITH_KEY = 10.0  # requests a second


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to a registry, without who asks: the same question has the same text, on disk and in a preview.

    `form` is that of the answer; one in XML is given and kept as ``{"xml": text}``.
    """

    place: RegistryServer
    path: str
    fields: tuple[tuple[str, str], ...] = ()
    form: Literal["json", "xml"] = "json"

    @property
    def address(self) -> str:
        """The whole address.

        >>> Ask(CROSSREF, "/works", (("rows", "5"),)).address.endswith("/works?rows=5")
        True
        """
        return self.place.base + self.path + (f"?{urlencode(self.fields)}" if self.fields else "")
