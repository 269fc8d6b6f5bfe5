"""Words that mean the same to whoever writes about medicine: a statement in plain words meets its source in learned ones."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from edgewise.citations.passages.words import words

_ALIKE = """
heart cardiac cardiovascular | kidney renal nephropathy | liver hepatic | lung pulmonary respiratory | brain cerebral | bone osseous
skeletal | skin cutaneous dermal | stomach gastric | bowel intestinal gut | muscle muscular | nerve neural neuropathy | blood
haematological | eye ocular | joint articular | spine spinal vertebral | back lumbar | muscle myopathy | breast mammary | womb uterus
uterine | vessel vascular | cancer tumour carcinoma malignancy neoplasm malignant | infection infected sepsis | swelling oedema | fever
pyrexia febrile | inflammation inflammatory | pain painful ache analgesia analgesic | death mortality fatal lethal survival | illness
disease disorder | bleeding haemorrhage haemorrhagic | clot thrombosis thrombus thrombotic | stroke cerebrovascular | tiredness fatigue
| breathlessness dyspnoea | vomiting emesis | itching pruritus | seizure convulsion epilepsy epileptic | fat obese obesity overweight |
sugar glucose glycaemia glycaemic | newborn neonate neonatal | child paediatric infant | adolescent teenager | old elderly older
geriatric | woman female | man male | pregnancy pregnant gestation maternal | birth delivery childbirth livebirth | doctor physician
clinician | drug medicine medication pharmaceutical | steroid corticosteroid glucocorticoid prednisolone | operation surgery surgical |
scan imaging | radiograph radiography xray radiographic | injection injected infiltration | relief alleviation improvement | therapy
treatment intervention | harm adverse complication side | movement motion mobility migration | speed velocity fast | slow slower delay
delayed | fall decline decrease reduction drop diminish lower fewer less smaller reduce | rise increase growth elevation higher greater
more larger elevate | prevent avoid avert protect protective | cause induce trigger lead | block inhibit suppress prevent impair | help
facilitate promote enhance | need require necessary | enough sufficient | start initiate onset begin | stop cease discontinue | repeat
recurrent recurrence relapse | useful effective efficacy effectiveness benefit beneficial | danger hazard hazardous risk | share
proportion percentage | tell distinguish discriminate differentiate separate | detect identify diagnose diagnosis | worldwide global |
chance likelihood probability | mouse murine rodent rat | erythrocyte rbc | leukocyte wbc | bacterium bacterial | virus viral | gene
genetic genomic genome | variant polymorphism mutation snp variation | prescriber physician
"""


@cache
def _table() -> Mapping[str, frozenset[str]]:
    held: dict[str, set[str]] = {}
    for line in _ALIKE.split("|"):
        alike = set(words(line))
        for word in alike:
            held.setdefault(word, set()).update(alike)
    return {word: frozenset(alike - {word}) for word, alike in held.items()}


def alike(stem: str) -> frozenset[str]:
    """The stems that may stand for one; none where none is known.

    >>> sorted(alike("renal"))
    ['kidney', 'nephropathi']
    """
    return _table().get(stem, frozenset())
