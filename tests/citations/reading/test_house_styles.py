"""Clinical prose as other houses print it: what is cited, in every setting of the marker, among the figures that a guideline is full of."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from edgewise.citations.reading.article import Article, read_article_text

SUBJECTS = """straw bedding|return of pain|relapses in spring|wool belts|burden of stiffness|weight of hedgehogs|body mass|sugar in blood|
diabetes of burrowers|carriers of a gene|low counts of cells|movement as advice|grading advice|short courses|pills and placebo|
tables of trials|fall of cytokines|first guideline|second guideline|third guideline|dissent|more dissent|vitamins|uptake of tracers|
early exercise|phases of trials|warm baths|cost of baths|wishes of keepers|long winters"""
NAMES = (
    "Lee Ray Kim Poe Fox Orr Day May Roe Ash Bay Cox Dunn Eads Firth Gow Hart Ives Jay Keel Lamb Moss Nash Oak Pym Quin Reed Shaw Todd Uhl"
)
LIST = "\n\nReferences\n\n" + "".join(
    f"{n}. {name} A. On {subject.strip()}. Acta Ex. 20{n:02};{n}:1-9.\n"
    for n, (name, subject) in enumerate(zip(NAMES.split(), SUBJECTS.split("|"), strict=True), 1)
)
# A marker stands in braces before the stop, as the author wrote it; everything else is a figure of the prose.
PROSE = """Back pain

Stiff backs are common in adult hedgehogs{1}. Most are well within 6 weeks{2,3}, but one in three relapses within 12 months{4}. The burden \
was last estimated by a survey of 40 burrows{5}, in which 25 animals{6} took part.

A body mass index above 30 kg/m2, a waist of 45 cm and little movement{7} are risk factors; so is an HbA1c of more than 7.5% at any \
time{8}. Type 2 diabetes is another{9}, although carriers of BRCA1 were spared{10}. Animals with few CD4 cells (below 200 cells/mm3){11} \
were left out of 3 of the 5 trials.

Treatment

\u201cKeep moving\u201d{12} is the first advice (grade 1B){13}. Ibuprofen, 5 mg every 8 hours for 5 days{14,15}, was better than placebo \
(p = 0.03, n = 24; see Table 2){16}, and serum IL-6 fell by 40% in both groups{17}. Three guidelines agree{18-20}; two do not{21,22}. \
Neither vitamin B12 in serum{23} nor uptake of 18F-FDG in the back{24} foretold the course at 10 or 20 weeks.

Exercise is safe from the third week{25}. In phase 3 trials, 7 of 9 animals preferred warm baths{26,27}, which cost 12 euros a month{28}. \
See Figure 1 for the pathway and Box 3 for red flags. Keepers' wishes count{29}, and long winters, of 16 weeks or more, call for \
patience{30}. Most guidelines{18-20} say so as well; Dunn and colleagues{14} tried 5 mg at night{15}."""
STYLES = {
    "behind the stop, glued": ("", ",", "\u2013", True),
    "behind the stop, apart": (" ", ", ", "\u2013", True),
    "before the stop, glued": ("", ",", "-", False),
    "before the stop, apart": (" ", ",", "\u2013", False),
}


def printed(prose: str, style: str) -> str:
    gap, comma, dash, behind = STYLES[style]
    written = re.sub(r"\{([^}]*)\}", lambda match: "{" + match[1].replace(",", comma).replace("-", dash) + "}", prose)
    if behind:
        written = re.sub(r"(\{[^}]*\})([.,;:])", r"\2\1", written)
    return re.sub(r"\{([^}]*)\}", rf"{gap}\1", written)


def cited(prose: str) -> Counter[int]:
    found: Counter[int] = Counter()
    for match in re.finditer(r"\{([^}]*)\}", prose):
        for piece in match[1].split(","):
            first, _, last = piece.partition("-")
            found.update(range(int(first), int(last or first) + 1))
    return found


def counts(article: Article) -> tuple[Counter[int], Counter[int]]:
    return (
        Counter(number for marker in article.markers for number in marker.numbers),
        Counter(number for one in article.abstentions for number in one.numbers),
    )


@pytest.mark.parametrize("style", STYLES)
def test_a_guideline_is_read_in_every_house_style(style: str) -> None:
    found, doubts = counts(read_article_text(printed(PROSE, style) + LIST, "a.txt", "text"))
    truth = cited(PROSE)
    assert found - truth == Counter()
    assert (truth - found) - doubts == Counter()
    assert (found & truth).total() >= 0.85 * truth.total()


# What a figure of the prose, a unit, a symbol, a quotation or a bracket stands beside, and a right answer for all four settings.
BESIDE = {
    "behind a year": "The burden was last estimated in 2019{5}. It has grown since.",
    "behind a count": "The baths were tried by 12 patients{5}. All of them came back.",
    "behind a unit": "The dose was never more than 50 mg{5}. It was swallowed with water.",
    "behind a quotation": "The keepers call it \u201cthe sulks\u201d{5}. It passes by itself.",
    "behind a bracket": "The keepers agree (all but one){5}. It passes by itself.",
    "behind a gene": "The animals carry a variant of MMP{5}. It does no harm.",
    "behind per cent": "The relapses fell by 40%{5}. No harm was seen.",
    "a range": "The keepers agree in this{5-7}. It passes by itself.",
    "before a bracket": "The keepers agree{5} (though not all of them). It passes by itself.",
    "behind an abbreviation": "The keepers agree, as do Fox et al.{5} It passes by itself.",
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("beside", BESIDE)
def test_a_marker_beside_something_else_is_read_or_named(beside: str, style: str) -> None:
    if (beside, style) == ("behind a year", "before the stop, glued"):
        pytest.skip("NOT CHECKED: printed 20195, which nobody can part")
    prose = PROSE.replace("{5}, in which", ", in which").replace("Treatment\n", f"{BESIDE[beside]}\n\nTreatment\n")
    found, doubts = counts(read_article_text(printed(prose, style) + LIST, "a.txt", "text"))
    truth = cited(prose)
    assert (found - truth, (truth - found) - doubts) == (Counter(), Counter())


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "figure",
    [
        "ages of 20-29, 30-39 and 40-49 years", "ages (20-29, 30-39, 40-49) were alike", "equation (4), and (5) follows", "p53 and CD4",
        "10 to 20 mg of B12", "3 m2 of straw", "stage 3 or 4 disease", "a score of 8 (range 5-21)", "COX-2 and IL-6", "on 12 May 2019",
        "in 7 of 12 cases", "grade 2C advice", "level 1 evidence", "18F uptake", "a T3 of 4", "doses of 5, 10 and 20 mg",
        "week 3 and week 12", "H2 blockers", "L4, L5 and S1 roots",
    ],
)  # fmt: skip
def test_figures_of_clinical_prose_are_not_read_as_markers(figure: str, style: str) -> None:
    prose = PROSE.replace("Treatment\n", f"In winter there was talk of {figure}, then it snowed.\n\nTreatment\n")
    found, _ = counts(read_article_text(printed(prose, style) + LIST, "a.txt", "text"))
    assert found - cited(prose) == Counter()
