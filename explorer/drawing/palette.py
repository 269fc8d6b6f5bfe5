"""Every colour of the explorer, for light and dark ground, and the dashes of the canvas: what no other file may say again (a test looks).

Style sheets take them as CSS variables (`variables`), the canvas as JSON, the hand-outs from here. Text reaches WCAG AA on what lies behind
it (a test reckons it).

A state of evidence is told by colour and by dash, a kind of step by colour and by shape, so that neither needs colour vision.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypedDict


class Stroke(TypedDict):
    """A state of evidence: its name for the legend, its sign, dash pattern in pixels, colour on light and dark ground."""

    label: str
    sign: str
    dash: list[int]
    light: str
    dark: str


class Shade(TypedDict):
    """The colours of a step: fill, border and text."""

    fill: str
    line: str
    text: str


class Fill(TypedDict):
    """A kind of step: its name for the legend, its shape, its colours on light and dark ground."""

    label: str
    shape: str
    light: Shade
    dark: Shade


Scheme = Literal["light", "dark"]

STATES: dict[str, Stroke] = {
    "supported": {"label": "supported", "sign": "●", "dash": [], "light": "#15803d", "dark": "#4ade80"},
    "weak": {"label": "one or tertiary source", "sign": "◐", "dash": [16, 4], "light": "#b45309", "dark": "#fbbf24"},
    "broken": {"label": "broken marker", "sign": "▲", "dash": [7, 4], "light": "#b91c1c", "dark": "#fca5a5"},
    "uncited": {"label": "no citation", "sign": "○", "dash": [1, 5], "light": "#334155", "dark": "#e2e8f0"},
    "inferred": {"label": "not stated by the source", "sign": "◇", "dash": [4, 4], "light": "#5b6472", "dark": "#a8b1bf"},
}

SIDES: dict[str, Stroke] = {
    "same": {"label": "the same in both", "sign": "=", "dash": [], "light": "#56617a", "dark": "#a3b0c6"},
    "changed": {"label": "in both, changed", "sign": "~", "dash": [12, 3, 2, 3], "light": "#7c3aed", "dark": "#b9a3ff"},
    "only-a": {"label": "in A alone", "sign": "−", "dash": [7, 4], "light": "#b45309", "dark": "#fbbf24"},
    "only-b": {"label": "in B alone", "sign": "+", "dash": [2, 3], "light": "#0f766e", "dark": "#2dd4bf"},
}
"""How a step or an edge of two guidelines stands in them, as `STATES` for evidence."""

ROLES: dict[str, str] = {"option": "offered, not said when", "excluded": "not to be taken"}

GROUPS: dict[str, str] = {"together": "begun together", "one-of": "one of these"}

NOTICED: dict[str, dict[str, str]] = {
    "fallen": {"label": "all it cites was retracted", "sign": "☒"},
    "losing": {"label": "cites a retracted work too", "sign": "⊠"},
    "doubted": {"label": "cites a work in doubt", "sign": "⚑"},
}
"""What is known of the works behind a step or an edge, the gravest first: beside the state of evidence, which is as it was cited."""

NOT_NAMED = "∅ not named by the source"
"""An edge that is shut, though nothing the source says rules it out."""


def _shade(fill: str, line: str, text: str) -> Shade:
    return {"fill": fill, "line": line, "text": text}


KINDS: dict[str, Fill] = {
    "Presentation": {"label": "presentation", "shape": "pill",
                     "light": _shade("#1e293b", "#475569", "#ffffff"), "dark": _shade("#3b475c", "#94a3b8", "#ffffff")},
    "Investigation": {"label": "investigation", "shape": "round",
                      "light": _shade("#e0f2fe", "#0284c7", "#0c4a6e"), "dark": _shade("#0b3450", "#38bdf8", "#e0f2fe")},
    "Treatment": {"label": "treatment", "shape": "bar",
                  "light": _shade("#ede9fe", "#7c3aed", "#3b0764"), "dark": _shade("#33245f", "#a78bfa", "#f0ebff")},
    "Endpoint": {"label": "end of the pathway", "shape": "octagon",
                 "light": _shade("#f1f5f9", "#64748b", "#1f2937"), "dark": _shade("#2b3444", "#94a3b8", "#eef2f7")},
    "not-covered": {"label": "not covered", "shape": "octagon",
                    "light": _shade("#fee2e2", "#dc2626", "#7f1d1d"), "dark": _shade("#4c171b", "#f87171", "#fee2e2")},
    "unproven": {"label": "unproven", "shape": "octagon",
                 "light": _shade("#fee2e2", "#dc2626", "#7f1d1d"), "dark": _shade("#4c171b", "#f87171", "#fee2e2")},
    "goal-reached": {"label": "goal reached", "shape": "octagon",
                     "light": _shade("#dcfce7", "#15803d", "#14532d"), "dark": _shade("#12351f", "#4ade80", "#dcfce7")},
    "excluded": {"label": "condition excluded", "shape": "octagon",
                 "light": _shade("#ccfbf1", "#0f766e", "#134e4a"), "dark": _shade("#0d3835", "#2dd4bf", "#ccfbf1")},
    "referral": {"label": "referral", "shape": "octagon",
                 "light": _shade("#e0e7ff", "#4f46e5", "#312e81"), "dark": _shade("#262a5e", "#818cf8", "#e0e7ff")},
    "out-of-scope": {"label": "out of scope", "shape": "octagon",
                     "light": _shade("#fae8ff", "#a21caf", "#701a75"), "dark": _shade("#3d1545", "#e879f9", "#fae8ff")},
    "Lane": {"label": "folded lane", "shape": "round",
             "light": _shade("#e2e8f0", "#475569", "#0f172a"), "dark": _shade("#27303f", "#a3b0c6", "#f1f4f9")},
    "ghost": {"label": "", "shape": "round",
              "light": _shade("#f8fafc", "#64748b", "#334155"), "dark": _shade("#232b39", "#a8b1bf", "#dbe2ec")},
    "dimmed": {"label": "", "shape": "",
               "light": _shade("#f3f4f6", "#858c98", "#586171"), "dark": _shade("#1d232e", "#6f7a8c", "#a3b0c6")},
}  # fmt: skip

# The grounds: the page behind the drawing, the stripes of the lanes, their names; what is not reached or for others only; halo of a due
# step, ring of the selected one, tick, and the marks upon the two.
GROUNDS: dict[Scheme, dict[str, str]] = {
    "light": {
        "page": "#ffffff", "band": "#f3f5fa", "name": "#56617a", "muted": "#7d8695",
        "due": "#c27803", "ring": "#1d4ed8", "tick": "#15803d", "mark": "#ffffff", "markDue": "#ffffff",
    },
    "dark": {
        "page": "#0e1117", "band": "#1a1f2b", "name": "#a3b0c6", "muted": "#6f7a8c",
        "due": "#fbbf24", "ring": "#60a5fa", "tick": "#15803d", "mark": "#ffffff", "markDue": "#111827",
    },
}  # fmt: skip

# Where the reader's system has colours of its own (high contrast), nothing but those: names of CSS, which the canvas resolves.
_FORCED: dict[str, str] = {
    "page": "Canvas", "band": "Canvas", "name": "CanvasText", "muted": "GrayText",
    "due": "Highlight", "ring": "Highlight", "tick": "CanvasText", "mark": "Canvas", "markDue": "HighlightText",
}  # fmt: skip
_FORCED_SHADE = _shade("Canvas", "CanvasText", "CanvasText")


def for_canvas() -> dict[str, dict[str, Any]]:
    """The palette as the canvas reads it: for light, dark and forced colours, inks of states, shades of kinds, grounds.

    >>> for_canvas()["forced"]["states"]["weak"], for_canvas()["dark"]["ground"]["page"]
    ('CanvasText', '#0e1117')
    """
    schemes: tuple[Scheme, ...] = ("light", "dark")
    found: dict[str, dict[str, Any]] = {
        scheme: {
            "states": {name: state[scheme] for name, state in STATES.items()},
            "kinds": {name: kind[scheme] for name, kind in KINDS.items()},
            "ground": GROUNDS[scheme],
        }
        for scheme in schemes
    }
    gray = _shade("Canvas", "GrayText", "GrayText")
    kinds = {name: gray if name == "dimmed" else _FORCED_SHADE for name in KINDS}
    return {**found, "forced": {"states": dict.fromkeys(STATES, "CanvasText"), "kinds": kinds, "ground": _FORCED}}


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
    "line": Ink("#dfe4ec", "#313a4b"),  # between things that stand apart anyhow
    "edge": Ink("#828b99", "#6f7a8c"),  # around what can be pressed or filled in
    "brand": Ink("#5b21b6", "#c4b5fd"),
    "on-brand": Ink(PAPER, "#1e1038"),
    "own-line": Ink("#ddd6fe", "#4c3d80"),
    "picked": Ink("#ede9fe", "#382a63"),
    "picked-ink": Ink("#4c1d95", "#ede9fe"),
    "picked-line": Ink("#7c3aed", "#a78bfa"),
    "warning": Ink("#78350f", "#fcd34d"),
    "warning-line": Ink("#f6dd9a", "#5a4413"),
    "tip": Ink("#1e293b", "#1e293b"),
    "paper": Ink(PAPER, PAPER),
    "paper-line": Ink("#c7ccd6", "#c7ccd6"),
}
"""What the style sheets name ``--ew-text`` and so on, beside `TONES`."""

CHART_INKS = {
    "light": {"text": "#111827", "quiet": "#4b5768", "dot": "#64748b", "picked": "#6d28d9", "score": PAPER, "row": "#f0ebff"},
    "dark": {"text": "#e8ecf3", "quiet": "#a9b4c6", "dot": "#94a3b8", "picked": "#b9a3ff", "score": "#111827", "row": "#2a2145"},
}
BAND_FILLS = {
    "light": {"usually not appropriate": "#fdf0ee", "may be appropriate": "#fdf7e6", "usually appropriate": "#edf8f0"},
    "dark": {"usually not appropriate": "#2b1b1c", "may be appropriate": "#282314", "usually appropriate": "#14261c"},
}


def variables() -> str:
    """All colours that style sheets use, as CSS variables of the whole page; with forced colours the system's stand in for them.

    >>> "--ew-page: light-dark(#ffffff, #0e1117);" in variables()
    True
    """
    inks = {**INKS, **{name: Ink(tone.light, tone.dark) for name, tone in TONES.items()}, **_of_drawing()}
    inks |= {f"{name}-ground": Ink(tone.light_ground, tone.dark_ground) for name, tone in TONES.items()}
    inks |= {f"side-{name}": Ink(side["light"], side["dark"]) for name, side in SIDES.items()}
    inks |= {f"{name.replace(' ', '-')}-ground": Ink(fill, BAND_FILLS["dark"][name]) for name, fill in BAND_FILLS["light"].items()}
    chosen = " ".join(f"--ew-{name}: light-dark({ink.light}, {ink.dark});" for name, ink in inks.items())
    forced = " ".join(f"--ew-{name}: {_SYSTEM.get(name, _system(name))};" for name in inks)
    return f":root {{ {chosen} }}\n@media (forced-colors: active) {{ :root {{ {forced} }} }}"


_SYSTEM = {
    "link": "LinkText", "picked": "Highlight", "picked-ink": "HighlightText", "brand": "Highlight", "on-brand": "HighlightText",
    "paper": "Canvas", "muted": "GrayText", "due": "Highlight",
    **{f"kind-dimmed-{part}": "GrayText" for part in ("line", "text")},
}  # fmt: skip


def _system(name: str) -> str:
    """What a system's own colours make of one of ours: a ground, or ink upon it."""
    return "Canvas" if name in {"page", "band", "tip", "mark"} or name.endswith(("-ground", "-fill")) else "CanvasText"


def _of_drawing() -> dict[str, Ink]:
    """What a drawing in a document needs beside the inks: the grounds, and the shades of the kinds."""
    light, dark = GROUNDS["light"], GROUNDS["dark"]
    grounds = {name: Ink(light[name], dark[name]) for name in ("name", "muted")}
    parts: tuple[Literal["fill", "line", "text"], ...] = ("fill", "line", "text")
    return grounds | {f"kind-{name}-{part}": Ink(kind["light"][part], kind["dark"][part]) for name, kind in KINDS.items() for part in parts}


def end_of(kind: str, endpoint: str) -> str:
    """In which sense the pathway ends at a step, as the legend says it; empty where it does not end, or nothing more is said.

    >>> end_of("Endpoint", "excluded"), end_of("Endpoint", ""), end_of("Treatment", "")
    ('end: condition excluded', '', '')
    """
    known = {**{name: kind["label"] for name, kind in KINDS.items()}, "discharge": "discharge", "not-stated": "not stated"}
    return f"end: {known[endpoint]}" if kind == "Endpoint" and known.get(endpoint) else ""


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
