"""The words of a sentence as they are compared: without their endings, in one spelling, and without those that say nothing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from edgewise.graph.fulltext.stems import stems

_TOKEN = re.compile(r"[a-z0-9]+(?:[-'’/][a-z0-9]+)*(?:\.[0-9]+)*")
_PART = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*")
_GREEK = str.maketrans({
    "α": " alpha ", "β": " beta ", "γ": " gamma ", "δ": " delta ", "ε": " epsilon ", "κ": " kappa ", "λ": " lambda ", "μ": " mu ",
    "µ": " mu ", "ω": " omega ",
})  # fmt: skip
# British and American, and what medicine writes both ways: one spelling of each, which nobody ever reads.
_SPELLING = [
    (re.compile(pattern), put)
    for pattern, put in (
        ("ae|oe", "e"),
        (r"(?<=[a-z]{3})our(?=$|s$|ed$|ing|al|able)", "or"),
        (r"is(?=e$|ed$|es$|ing$|ation)", "iz"),
        (r"ys(?=e$|ed$|es$|ing$)", "yz"),
        (r"(?<=[a-z]{2})tre(?=s?$)", "ter"),
        ("sulph", "sulf"),
    )
]
_IRREGULAR = {
    "mice": "mouse", "women": "woman", "men": "man", "children": "child", "feet": "foot", "teeth": "tooth", "died": "death",
    "dies": "death", "die": "death", "dying": "death", "dead": "death", "fell": "fall", "fallen": "fall", "rose": "rise", "risen": "rise",
    "led": "lead", "grew": "grow", "grown": "grow", "found": "find", "shown": "show", "given": "give", "gave": "give", "lost": "lose",
    "loss": "lose", "losing": "lose", "bacteria": "bacterium", "worse": "bad", "worst": "bad", "better": "good", "best": "good",
    "diagnoses": "diagnosis", "metastases": "metastasis", "vertebrae": "vertebra", "bought": "buy", "bound": "bind",
}  # fmt: skip
SILENT = frozenset(
    """a about above after again against all also although am among an and another any are as at be because been before being below
    between both but by can cannot could did do does doing down during each either etc even ever for from further had has have having he
    her here hers him his how however i if in into is it its itself just may me might more most much must my neither no nor not now of off
    on once one only or other our ours out over own per rather same she should so some such than that the their theirs them then there
    these they this those though through thus to too under until up upon us very via was we were what when where whether which while who
    whom whose why will with within without would yet you your""".split()
)
"""Words that stand in every sentence. Counted they would make a long sentence near to everything."""
COMMON = frozenset(
    stems(
        """patient study result associate association significant significantly effect group use used using show find finding analysis
        data method trial compare compared increase decrease higher lower level high low level rate risk treatment clinical year age case
        control report observe test outcome evidence conclusion background objective suggest need role different difference important
        possible person people individual include make give recommend recommended consider help""".split()
    )
)
"""Stems that so many sentences of medicine share that meeting them says little."""


def words(text: str) -> tuple[str, ...]:
    """The stems of a text's telling words in their order; of a compound its parts, and the whole of it written as one word.

    >>> words("Women with pre-eclampsia, tumours or IL-2 did not die.")
    ('woman', 'preeclampsia', 'pre', 'eclampsia', 'tumor', 'il2', 'death')
    """
    return _words(text)


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    found = [piece for token in _TOKEN.findall(folded(text)) for piece in _pieces(token) if piece not in SILENT]
    return tuple(stems([_spelt(word) for word in found]))


def folded(text: str) -> str:
    """A text in small Latin letters, without accents; Greek letters by their names.

    >>> folded("TNF-α, Sjögren")
    'tnf- alpha , sjogren'
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_GREEK))
    return "".join(one for one in plain if not unicodedata.combining(one)).replace("‐", "-").replace("–", "-").replace("−", "-")


def _pieces(token: str) -> list[str]:
    parts = [part for part in _PART.findall(token) if part != "s"]
    if len(parts) < 2:
        return parts
    return ["".join(parts), *(part for part in parts if len(part) > 2)]


def _spelt(word: str) -> str:
    word = _IRREGULAR.get(word, word)
    for pattern, put in _SPELLING if word.isalpha() else ():
        word = pattern.sub(put, word)
    return word
