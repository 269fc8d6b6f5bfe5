r"""Between plain text and the value of a BibTeX field. LaTeX is data here: nothing of it is ever run.

pylatexenc, which bibtexparser decodes with, knows the accents, letters and symbols. It leaves out what it does not know, obeys
``\input``, ``\footnote`` and the like, and takes ``%`` for a comment: so whatever is not in its tables of letters, or in our list of
what only sets type, is shielded before it sees the value, and stays as text.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from functools import cache

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import get_default_latex_context_db as get_default_syntax
from pylatexenc.macrospec import std_macro

_TO_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: "\\" + sign for sign in "&%#_$"},
}
_WRITE = str.maketrans(_TO_TEX)
_FROM_TEX = {tex: plain for plain, tex in _TO_TEX.items()}
_OURS = re.compile("|".join(re.escape(tex) for tex in sorted(_FROM_TEX, key=len, reverse=True)))
_BRACES = str.maketrans("", "", "{}")
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=['`!?])(?=['`])")  # LaTeX makes dashes and quotation marks of these
_SIGNS = re.compile(r"[\\{}$%~]|--|``|''|[!?]`")  # whatever has none of them is plain already
_TOKEN = re.compile(r"\\([A-Za-z]+|.|\Z)|\$(?!\s)((?:\\.|[^$\\])+?)(?<!\s)\$(?!\d)|\$(\\[A-Za-z]+|[<>=~])\$|[%&$]", re.DOTALL)
_SCRIPT = re.compile(r"([_^])(?:\{([^{}]{1,20})\}|(\\circ(?![A-Za-z])|[^\\{}]))")
_LOW = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_HIGH = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_ADDRESS = re.compile(r"\\(?:url|path)\s*\{(.*)\}", re.DOTALL)

_ACCENTS = frozenset("'`\"^~=.") | frozenset("cHkbdruv")
_SPACING = frozenset(" \n,;:!-/@\\")
_SET_TYPE = frozenset(
    "emph textrm textit textbf textmd textsc textsf textsl texttt textup text textnormal textsuperscript textsubscript underline mbox "
    "mathrm mathbf mathit mathsf mathbb mathtt mathcal mathscr mathfrak ensuremath frac nicefrac sqrt texorpdfstring url path href "
    "em it bf sc sl tt rm sf itshape bfseries scshape slshape upshape normalfont mkbibemph mkbibitalic mkbibbold relax protect".split()
)
_LETTERS = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciicircum": "^",
    "textgreater": ">",
    "textless": "<",
    "pounds": "£",
    "copyright": "©",
    "degree": "°",
    "S": "§",
    "P": "¶",
    "slash": "/",
    "TeX": "TeX",
    "LaTeX": "LaTeX",
    "-": "",  # where a word may be parted
    "\\": " ",
}
_WITH_ARGUMENTS = {"url": "%s", "path": "%s", "href": "%(2)s", "enquote": "“%s”", "mkbibquote": "“%s”"}

logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # findings say it, with the line


def write_tex(text: str) -> str:
    r"""Write plain text so that neither BibTeX nor LaTeX sees a command, an open brace or a ligature in it.

    >>> print(write_tex("50 % of {all} \\input --"))
    50 \% of \textbraceleft{}all\textbraceright{} \textbackslash{}input -{}-
    """
    return _LIGATURE.sub("{}", write_address(text))


def write_address(text: str) -> str:
    """Write an identifier or web address, in which ``--`` is no dash."""
    return text.translate(_WRITE)


def read_tex(value: str) -> str:
    r"""The plain text of a field's value: our own escapes exactly, accents composed, protecting braces and fonts taken off.

    >>> print(read_tex(write_tex("50 % of {all} \\input")))
    50 % of {all} \input
    >>> print(read_tex(r"{M}{\"u}ller \& Sons: \textit{H$_2$O} in the 2\textsuperscript{nd} {\em year}, $\alpha$ and \input{x}"))
    Müller & Sons: H₂O in the 2nd year, α and \inputx
    """
    if not _SIGNS.search(value):
        return value
    try:
        text: str = _decoder().latex_to_text(_shielded(value), latex_context=_syntax())
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError):  # a command without what it needs
        text = value.translate(_BRACES)
    return unicodedata.normalize("NFC", text.replace("\u00a0", " "))


def read_address(value: str) -> str:
    r"""The plain text of an identifier or web address, in which ``~`` and ``--`` mean themselves.

    >>> print(read_address(r"\url{https://example.org/~ann/a--b\_c}"))
    https://example.org/~ann/a--b_c
    """
    bare = found[1] if (found := _ADDRESS.search(value)) else value
    parts: list[str] = []
    end = 0
    for ours in _OURS.finditer(bare):
        parts += [bare[end : ours.start()].translate(_BRACES), _FROM_TEX[ours[0]]]
        end = ours.end()
    return "".join([*parts, bare[end:].translate(_BRACES)])


def commands(value: str) -> tuple[str, ...]:
    r"""The LaTeX commands in a value that reading it leaves as they stand, each once.

    >>> commands(r"{\bf A} trial \input{x} \&"), commands(write_tex(r"\input"))
    (('\\input',), ())
    """
    words = (found[1] for found in _TOKEN.finditer(value.replace("$", " ")) if found[1])
    return tuple(dict.fromkeys("\\" + word for word in words if word.isalpha() and word not in _known()))


def _shielded(value: str) -> str:
    return _TOKEN.sub(_shield, value)


def _shield(found: re.Match[str]) -> str:
    command, formula = found[1], found[2] or found[3]
    if formula is not None:
        sound = formula.count("{") == formula.count("}")
        return f"${_shielded(_SCRIPT.sub(_script, formula))}$" if sound else rf"\${_shielded(formula)}\$"
    if command is None:
        return "\\" + found[0]
    return found[0] if command in _known() else r"\textbackslash{}" + command


def _script(found: re.Match[str]) -> str:
    """A figure set low or high, where Unicode has it."""
    held = found[2] or found[3]
    if held == r"\circ" and found[1] == "^":
        return "°"
    moved = held.translate(_LOW if found[1] == "_" else _HIGH)
    return found[0] if any(sign in held for sign in moved) else moved


@cache
def _known() -> frozenset[str]:
    """What pylatexenc reads as a letter, sign or accent, and what only sets type or space."""
    specs = _tables().iter_macro_specs(categories=["latex-base", "advanced-symbols"])
    letters = {spec.macroname for spec in specs if isinstance(spec.simplify_repl, str) and "%" not in spec.simplify_repl}
    return frozenset(letters - {"today"} | {*"&%#_${}", *_LETTERS, *_WITH_ARGUMENTS} | _ACCENTS | _SPACING | _SET_TYPE)


@cache
def _decoder() -> LatexNodes2Text:
    return LatexNodes2Text(latex_context=_tables(), math_mode="text")


@cache
def _tables():  # type: ignore[no-untyped-def]
    tables = get_default_latex_context_db()
    ours = [MacroTextSpec(name, simplify_repl=text) for name, text in (_LETTERS | _WITH_ARGUMENTS).items()]
    ours += [MacroTextSpec(name, discard=False) for name in _SET_TYPE if name.startswith("math") or tables.get_macro_spec(name) is None]
    tables.add_context_category("edgewise", prepend=True, macros=ours)
    return tables


@cache
def _syntax():  # type: ignore[no-untyped-def]
    syntax = get_default_syntax()
    syntax.add_context_category(
        "edgewise", prepend=True, macros=[std_macro(name, False, 2 if name == "href" else 1) for name in _WITH_ARGUMENTS]
    )
    return syntax
