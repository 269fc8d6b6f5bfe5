"""Identifiers as registries know them: those of `edgewise.graph.identifiers`, which a library ties references together by."""

from __future__ import annotations

from edgewise.graph.identifiers import Malformed as Malformed
from edgewise.graph.identifiers import doi as doi
from edgewise.graph.identifiers import isbn as isbn
from edgewise.graph.identifiers import pmid as pmid
