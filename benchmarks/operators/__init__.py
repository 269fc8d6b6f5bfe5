"""Small faults that an editor or an article can make, and the one rule that has to see each of them."""

from __future__ import annotations

from benchmarks.operators import gaps, markers, process, references, statements
from benchmarks.operators.table import OPERATORS, Operator

__all__ = ["OPERATORS", "Operator", "gaps", "markers", "process", "references", "statements"]
