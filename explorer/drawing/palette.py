"""The colours and dashes of the canvas, for light and dark ground. Text reaches WCAG AA on what lies behind it (a test reckons it).

A state of evidence is told by colour and by dash, a kind of step by colour and by shape, so that neither needs colour vision.
"""

from __future__ import annotations

from typing import TypedDict


class Stroke(TypedDict):
    """A state of evidence: its name for the legend, dash pattern in pixels, colour on light and dark ground."""

    label: str
    dash: list[int]
    light: str
    dark: str


class Fill(TypedDict):
    """A kind of step: fill, border and text."""

    label: str
    shape: str
    fill: str
    line: str
    text: str


STATES: dict[str, Stroke] = {
    "supported": {"label": "supported", "dash": [], "light": "#15803d", "dark": "#4ade80"},
    "weak": {"label": "one or tertiary source", "dash": [16, 4], "light": "#b45309", "dark": "#fbbf24"},
    "broken": {"label": "broken marker", "dash": [7, 4], "light": "#b91c1c", "dark": "#fca5a5"},
    "uncited": {"label": "no citation", "dash": [1, 5], "light": "#334155", "dark": "#e2e8f0"},
    "inferred": {"label": "not stated by the source", "dash": [4, 4], "light": "#5b6472", "dark": "#a8b1bf"},
}

ROLES: dict[str, str] = {"option": "offered, not said when", "excluded": "advised against"}

KINDS: dict[str, Fill] = {
    "Presentation": {"label": "presentation", "shape": "pill", "fill": "#1e293b", "line": "#475569", "text": "#ffffff"},
    "Investigation": {"label": "investigation", "shape": "round", "fill": "#e0f2fe", "line": "#0284c7", "text": "#0c4a6e"},
    "Treatment": {"label": "treatment", "shape": "bar", "fill": "#ede9fe", "line": "#7c3aed", "text": "#3b0764"},
    "Endpoint": {"label": "end of the pathway", "shape": "octagon", "fill": "#f1f5f9", "line": "#64748b", "text": "#1f2937"},
    "not-covered": {"label": "not covered", "shape": "octagon", "fill": "#fee2e2", "line": "#dc2626", "text": "#7f1d1d"},
    "ghost": {"label": "", "shape": "round", "fill": "#f8fafc", "line": "#64748b", "text": "#334155"},
    "dimmed": {"label": "", "shape": "", "fill": "#f3f4f6", "line": "#9ca3af", "text": "#586171"},
}

# The grounds: the page behind the drawing, the stripes of the lanes, their names; halo of a due step, ring of the selected one, tick.
GROUNDS: dict[str, dict[str, str]] = {
    "light": {"page": "#ffffff", "band": "#f3f5fa", "name": "#56617a", "due": "#f59e0b", "ring": "#1d4ed8", "tick": "#15803d"},
    "dark": {"page": "#0e1117", "band": "#1a1f2b", "name": "#a3b0c6", "due": "#fbbf24", "ring": "#60a5fa", "tick": "#15803d"},
}


def kind_of(kind: str, endpoint: str) -> str:
    """The key into `KINDS` for a step.

    >>> kind_of("Endpoint", "not-covered"), kind_of("Endpoint", "discharge"), kind_of("Treatment", "")
    ('not-covered', 'Endpoint', 'Treatment')
    """
    return endpoint if kind == "Endpoint" and endpoint == "not-covered" else kind


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours by WCAG 2.

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
