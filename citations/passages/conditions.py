"""The conditions that a sentence names: words that medicine ends in -itis, -osis and the like, and a list; each with what says which."""

from __future__ import annotations

import re
from typing import NamedTuple

from edgewise.citations.passages.words import COMMON, SILENT, words
from edgewise.graph import clinical_units

_NAMED = r"""pain aches? headaches? migraines? diseases? disorders? syndromes? cancers? carcinomas? tumou?rs? fractures? infections? failure
    diabetes hypertension hypotension strokes? embol(?:ism|us|i) asthma injur(?:y|ies) ulcers? depression anxiety obesity dementia
    arrest sepsis shock fevers? infarctions? thrombos[ei]s oedema edema epilepsy seizures? allerg(?:y|ies) tuberculosis malaria hiv aids
    pneumonia bleeding ha?emorrhages? sprains? tears? stenos[ei]s hernias? instability dislocations? spasms? neuropath(?:y|ies)
    pre-?eclampsia leprosy influenza swelling weakness numbness palsy insufficiency deficiency withdrawal overdose poisoning""".split()
_ENDINGS = r"""itis itides a?emias? path(?:y|ies) algias? uria penias? rrho?ea dynia ectas(?:is|es) scleros(?:is|es) troph(?:y|ies)
    lithiasis megaly omas? os(?:is|es)""".split()
_NONE = r"""(?:pro|dia)gnos[ei]s diploma aroma hypnosis osmosis symbiosis apoptosis mitosis meiosis phagocytosis (?:sym|em|tele)path\w+
    \w*purposes? \w*chromosom\w* those \w*doses? \w*poses? whose loses? noses? hoses? chooses? closes?""".split()
_HEAD = re.compile(rf"(?<![\w-])(?:{'|'.join(_NAMED)}|[a-z]{{3,}}(?:{'|'.join(_ENDINGS)}))(?!\w)", re.IGNORECASE)
_NO_HEAD = re.compile("|".join(_NONE), re.IGNORECASE)
_BEFORE = re.compile(r"(?:[A-Za-z]+(?:-[A-Za-z]+)*[ -]){1,2}$")
_VERB = re.compile(r"\w+(?:ed|ing|ly)|(?:reduc|increas|caus|treat|prevent|reliev|improv|lower|worsen)(?:e?s|e)?", re.IGNORECASE)
_TELLING = ("low", "high")  # low back pain, high blood pressure: no level of anything
_NEAR = 50  # characters in front of a condition that are looked at


class Condition(NamedTuple):
    """A condition as named, with the stems of its name; the last is the thing itself, those before say which."""

    shown: str
    stems: tuple[str, ...]


def conditions(sentence: str) -> tuple[Condition, ...]:
    """The conditions that a sentence names, each once, with up to two words before that say which.

    >>> [one.shown for one in conditions("Chronic low back pain without sacroiliitis; heart failure has no prognosis.")]
    ['low back pain', 'sacroiliitis', 'heart failure']
    """
    found: dict[tuple[str, ...], Condition] = {}
    for match in _HEAD.finditer(sentence):
        if _NO_HEAD.fullmatch(match[0]):
            continue
        named = (*_which(sentence[max(0, match.start() - _NEAR) : match.start()]), match[0])
        stems = tuple(stem for word in named for stem in words(word)[:1])
        if stems:
            found.setdefault(stems, Condition(" ".join(named), stems))
    return tuple(found.values())


def _which(before: str) -> list[str]:
    """The words in front of a condition that say which one it is."""
    match = _BEFORE.search(before)
    kept: list[str] = []
    for word in reversed(re.split(r"[ -]", match[0].rstrip(" -")) if match else []):
        if not _says_which(word):
            break
        kept.insert(0, word)
    return kept


def _says_which(word: str) -> bool:
    stems = words(word)
    if not stems or word.casefold() in SILENT or _VERB.fullmatch(word) or _HEAD.fullmatch(word):
        return False
    return (stems[0] not in COMMON or word.casefold() in _TELLING) and not clinical_units.spelt(word)
