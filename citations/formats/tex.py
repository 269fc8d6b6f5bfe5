r"""Between plain text and the value of a BibTeX field. LaTeX is data here: nothing of it is ever run.

bibtexparser's own table is not used: it replaces beginnings of commands (``\input`` becomes ``ınput``).
"""

from __future__ import annotations

import re
import unicodedata

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
_COMMAND = re.compile(r"\\[A-Za-z]+")
_ABOVE = dict(zip("`'^\"~=.", "\u0300\u0301\u0302\u0308\u0303\u0304\u0307", strict=True))
_NAMED = dict(zip("uvHcdbkr", "\u0306\u030c\u030b\u0327\u0323\u0331\u0328\u030a", strict=True))
_BASE = r"\{(\\?[A-Za-z])\}", r"(\\[ij](?![A-Za-z])|[A-Za-z])"
_ACCENT = re.compile(rf"\\(?:([`'^\"~=.]) ?(?:{_BASE[0]}|{_BASE[1]})|([uvHcdbkr])(?: ?{_BASE[0]}| {_BASE[1]}))")
_LETTERS = {
    "ss": "ß",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "o": "ø",
    "O": "Ø",
    "aa": "å",
    "AA": "Å",
    "l": "ł",
    "L": "Ł",
    "i": "ı",
    "j": "ȷ",
}
_LETTERS |= {"dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘"}
_LETTER = re.compile(r"\\([A-Za-z]+)(?:\{\}|[ ]|(?![A-Za-z]))")


def write_tex(text: str) -> str:
    r"""Write plain text so that neither BibTeX nor LaTeX sees a command or an open brace in it.

    >>> print(write_tex("50 % of {all} \\input"))
    50 \% of \textbraceleft{}all\textbraceright{} \textbackslash{}input
    """
    return text.translate(_WRITE)


def read_tex(value: str) -> str:
    r"""The plain text of a field's value: our own escapes exactly, accents composed, protecting braces taken off.

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
    left = " ".join(_composed(part) for part in _OURS.split(value))
    return tuple(dict.fromkeys(_COMMAND.findall(left)))


def _accents(value: str) -> str:
    """Accents and letters of one stretch; braces, which only protect, go; a tie is a space, but not in an address."""
    plain = _composed(value).replace("{", "").replace("}", "")
    return plain if "://" in plain else plain.replace("~", " ")


def _composed(value: str) -> str:
    return _LETTER.sub(lambda found: _LETTERS.get(found[1], found[0]), _ACCENT.sub(_accented, value))


def _accented(found: re.Match[str]) -> str:
    mark = _ABOVE[found[1]] if found[1] else _NAMED[found[4]]
    letter = (found[2] or found[3] or found[5] or found[6]).lstrip("\\")
    return unicodedata.normalize("NFC", letter + mark)
