"""Between plain text and the value of a BibTeX field. LaTeX is data here: nothing of it is ever run."""

from __future__ import annotations

import re

from bibtexparser.latexenc import latex_to_unicode

_TO_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    '"': r"\textquotedbl{}",
    **{sign: "\\" + sign for sign in "&%#_$"},
}
_WRITE = str.maketrans(_TO_TEX)
_FROM_TEX = {tex: plain for plain, tex in _TO_TEX.items()} | {
    tex.replace("{}", " "): plain for plain, tex in _TO_TEX.items() if "{}" in tex
}
_OURS = re.compile("|".join(re.escape(tex) for tex in sorted(_FROM_TEX, key=len, reverse=True)))
_COMMAND = re.compile(r"\\[A-Za-z]+")
_LONGEST_TEX = 5_000  # characters: the library's table of accents is tried entry by entry


def write_tex(text: str) -> str:
    r"""Write plain text so that neither BibTeX nor LaTeX sees a command or an open brace in it.

    >>> print(write_tex("50 % of {all} \\input"))
    50 \% of \textbraceleft{}all\textbraceright{} \textbackslash{}input
    """
    return text.translate(_WRITE)


def read_tex(value: str) -> str:
    r"""The plain text of a field's value: our own escapes exactly, accents by the library, protecting braces taken off.

    >>> print(read_tex(write_tex("50 % of {all} \\input")))
    50 % of {all} \input
    >>> print(read_tex(r"{M}{\"u}ller \& Sons"))
    Müller & Sons
    """
    parts: list[str] = []
    end = 0
    for ours in _OURS.finditer(value):
        parts += [_accents(value[end : ours.start()]), _FROM_TEX[ours[0]]]
        end = ours.end()
    return "".join([*parts, _accents(value[end:])])


def commands(value: str) -> tuple[str, ...]:
    r"""The LaTeX commands in a value that reading it leaves as they stand, each once.

    >>> commands(r"{\bf A} trial \input{x} \&"), commands(write_tex(r"\input"))
    (('\\bf', '\\input'), ())
    """
    left = "".join(_accents(part) for part in _OURS.split(value))
    return tuple(dict.fromkeys(_COMMAND.findall(left)))


def _accents(value: str) -> str:
    if "\\" not in value and "{" not in value and "}" not in value:
        return value
    if len(value) > _LONGEST_TEX:
        return value.replace("{", "").replace("}", "")
    converted: str = latex_to_unicode(value)
    return converted.replace("~", " ")
