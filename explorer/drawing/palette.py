"""Every colour of the explorer, for light and dark ground, and the dashes of the canvas: what no other file may say again (a test looks).

Style sheets take them as CSS variables (`variables`), the canvas as JSON, the hand-outs from here. Text reaches WCAG AA on what lies behind
it (a test reckons it).

A state of evidence is told by colour and by dash, a kind of step by colour and by shape, so that neither needs colour vision.
"""

from __future__ import annotations

from typing import NamedTuple, TypedDict


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

ROLES: dict[str, str] = {"option": "offered, not said when", "excluded": "not to be taken"}

KINDS: dict[str, Fill] = {
    "Presentation": {"label": "presentation", "shape": "pill", "fill": "#1e293b", "line": "#475569", "text": "#ffffff"},
    "Investigation": {"label": "investigation", "shape": "round", "fill": "#e0f2fe", "line": "#0284c7", "text": "#0c4a6e"},
    "Treatment": {"label": "treatment", "shape": "bar", "fill": "#ede9fe", "line": "#7c3aed", "text": "#3b0764"},
    "Endpoint": {"label": "end of the pathway", "shape": "octagon", "fill": "#f1f5f9", "line": "#64748b", "text": "#1f2937"},
    "not-covered": {"label": "not covered", "shape": "octagon", "fill": "#fee2e2", "line": "#dc2626", "text": "#7f1d1d"},
    "unproven": {"label": "unproven", "shape": "octagon", "fill": "#fee2e2", "line": "#dc2626", "text": "#7f1d1d"},
    "ghost": {"label": "", "shape": "round", "fill": "#f8fafc", "line": "#64748b", "text": "#334155"},
    "dimmed": {"label": "", "shape": "", "fill": "#f3f4f6", "line": "#9ca3af", "text": "#586171"},
}

# The grounds: the page behind the drawing, the stripes of the lanes, their names; halo of a due step, ring of the selected one, tick,
# and the marks upon the two.
GROUNDS: dict[str, dict[str, str]] = {
    "light": {
        "page": "#ffffff", "band": "#f3f5fa", "name": "#56617a",
        "due": "#f59e0b", "ring": "#1d4ed8", "tick": "#15803d", "mark": "#ffffff", "markDue": "#111827",
    },
    "dark": {
        "page": "#0e1117", "band": "#1a1f2b", "name": "#a3b0c6",
        "due": "#fbbf24", "ring": "#60a5fa", "tick": "#15803d", "mark": "#ffffff", "markDue": "#111827",
    },
}  # fmt: skip


class Ink(NamedTuple):
    """A colour on light and on dark ground."""

    light: str
    dark: str


class Tone(NamedTuple):
    """A text colour and what lies behind it, on light and on dark ground."""

    light: str
    light_ground: str
    dark: str
    dark_ground: str


def _of_state(state: str, light_ground: str, dark_ground: str) -> Tone:
    return Tone(STATES[state]["light"], light_ground, STATES[state]["dark"], dark_ground)


TONES: dict[str, Tone] = {
    "supported": _of_state("supported", "#f0fdf4", "#0d2417"),
    "weak": _of_state("weak", "#fffbeb", "#2a1f0a"),
    "broken": _of_state("broken", "#fef2f2", "#331417"),
    "uncited": _of_state("uncited", "#f1f5f9", "#232b39"),
    "inferred": _of_state("inferred", "#f4f5f8", "#1f2530"),
    "card": Tone("#0f172a", "#ffffff", "#e8ecf3", "#161b26"),
    "quiet": Tone("#4b5768", "#ffffff", "#a9b4c6", "#161b26"),
    "chip": Tone("#3f4c60", "#f5f7fa", "#c3ccda", "#222938"),
    "own": Tone("#5b21b6", "#f5f3ff", "#d3c4ff", "#261c45"),
}

PAPER = "#ffffff"

INKS: dict[str, Ink] = {
    "text": Ink("#111827", "#f1f4f9"),
    "strong": Ink("#1e293b", "#e8ecf3"),
    "dim": Ink(TONES["quiet"].light, TONES["quiet"].dark),
    "link": Ink("#1d4ed8", "#93b8ff"),
    "page": Ink(GROUNDS["light"]["page"], GROUNDS["dark"]["page"]),
    "band": Ink(GROUNDS["light"]["band"], GROUNDS["dark"]["band"]),
    "line": Ink("#dfe4ec", "#313a4b"),
    "brand": Ink("#5b21b6", "#c4b5fd"),
    "on-brand": Ink(PAPER, "#1e1038"),
    "own-line": Ink("#ddd6fe", "#4c3d80"),
    "picked": Ink("#ede9fe", "#382a63"),
    "picked-ink": Ink("#4c1d95", "#ede9fe"),
    "picked-line": Ink("#a78bfa", "#6d52c4"),
    "warning": Ink("#78350f", "#fcd34d"),
    "warning-line": Ink("#f6dd9a", "#5a4413"),
    "tip": Ink("#1e293b", "#1e293b"),
    "paper": Ink(PAPER, PAPER),
    "paper-line": Ink("#c7ccd6", "#c7ccd6"),
}
"""What the style sheets name ``--ew-text`` and so on, beside `TONES`."""

CHART_INKS = {"light": {"text": "#111827", "quiet": "#4b5768", "dot": "#64748b", "picked": "#6d28d9", "row": "#f0ebff"},
       "dark": {"text": "#e8ecf3", "quiet": "#a9b4c6", "dot": "#64748b", "picked": "#7c3aed", "row": "#2a2145"}}  # fmt: skip
BAND_FILLS = {
    "light": {"usually not appropriate": "#fdf0ee", "may be appropriate": "#fdf7e6", "usually appropriate": "#edf8f0"},
    "dark": {"usually not appropriate": "#2b1b1c", "may be appropriate": "#282314", "usually appropriate": "#14261c"},
}


def variables() -> str:
    """All colours that style sheets use, as CSS variables of the whole page.

    >>> "--ew-page: light-dark(#ffffff, #0e1117);" in variables()
    True
    """
    inks = {**INKS, **{name: Ink(tone.light, tone.dark) for name, tone in TONES.items()}}
    inks |= {f"{name}-ground": Ink(tone.light_ground, tone.dark_ground) for name, tone in TONES.items()}
    return f":root {{ {' '.join(f'--ew-{name}: light-dark({ink.light}, {ink.dark});' for name, ink in inks.items())} }}"


def kind_of(kind: str, endpoint: str) -> str:
    """The key into `KINDS` for a step.

    >>> kind_of("Endpoint", "unproven"), kind_of("Endpoint", "discharge"), kind_of("Treatment", "")
    ('unproven', 'Endpoint', 'Treatment')
    """
    return endpoint if kind == "Endpoint" and endpoint in KINDS else kind


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
