"""Small inputs on which readers failed, each with its right value: those beside the checkout, and our own of the same kind."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from edgewise.citations.reading.article import Article, read_article, read_article_text
from tests.places import SHARED

CASES = SHARED / "cases" / "reading"
LIST = "\n\nReferences\n\n" + "".join(
    f"{n}. {name} A. Title {n}. Acta Ex. 200{n};1:1-2.\n" for n, name in enumerate(("Lee", "Ray", "Kim", "Poe", "Fox"), 1)
)


def case(name: str) -> Article:
    path: Path = CASES / name
    if not path.is_file():
        reason = f"NOT CHECKED: no {path} beside this checkout"
        warnings.warn(reason, stacklevel=2)
        pytest.skip(reason)
    return read_article(path)


def read(text: str, format: str = "text") -> Article:
    return read_article_text(text + LIST, "a.txt", format)


def numbers(article: Article) -> list[int]:
    return [number for marker in article.markers for number in marker.numbers]


def test_case_12_superscripts_glued_to_words() -> None:
    assert (numbers(case("12.txt")), case("12.txt").abstentions) == ([1, 2, 3, 1, 4], ())


def test_case_13_indices_are_no_markers() -> None:
    assert (numbers(case("13.txt")), case("13.txt").abstentions) == ([3], ())


def test_case_14_keys_a_footnote_and_a_link() -> None:
    article = case("14.md")
    assert [entry.raw for entry in article.references] == ["doe2001", "roe2002", "poe2003", "Lee D. Heat. BMJ. 2005."]
    assert (numbers(article), [one.numbers for one in article.abstentions]) == ([1, 2, 3, 4], [(3,)])
    assert all("affiliation" not in sentence.text for sentence in article.sentences)


def test_case_15_dois_are_whole_and_bare() -> None:
    assert [entry.doi for entry in case("15.txt").references] == [
        "10.3319/TAO.2009.05.25.02(IWNOP)",
        "10.1002/(SICI)1096-9861(19960129)365:1<113::AID-CNE9>3.0.CO;2-6",
        "10.1111/nous.12244",
        "10.1093/analys/anw053",
        "10.1038/nphys1170",
    ]


@pytest.mark.parametrize(
    ("entry", "doi"),
    [
        ("doi:10.1000/ab.c(XYZ)", "10.1000/ab.c(XYZ)"),
        ("(doi: 10.1000/abc)", "10.1000/abc"),
        ("https://example.org/doi/10.1000/abc/full?x=1", "10.1000/abc"),
        ("<https://doi.org/10.1000/abc>.", "10.1000/abc"),
        ("[10.1000/12-3(2006)87[1:AB]2.0.CO;2]", "10.1000/12-3(2006)87[1:AB]2.0.CO;2"),
        ("doi 10.1000/(SICI)1-2(1996)3:1<1::AID-X1>3.0.CO;2-6.", "10.1000/(SICI)1-2(1996)3:1<1::AID-X1>3.0.CO;2-6"),
    ],
)
def test_a_doi_keeps_the_brackets_it_opens_and_loses_what_an_address_appends(entry: str, doi: str) -> None:
    article = read_article_text(f"Care\n\nIt held [1].\n\nReferences\n\n1. Lee A. Straw. Acta Ex. 2001;1:1-2. {entry}\n", "a.txt", "text")
    assert article.references[0].doi == doi


def test_a_bracket_of_any_length_is_read() -> None:
    cited = list(range(1, 400, 2))
    entries = "\n".join(f"{n}. Lee A. Title {n}. 2001." for n in range(1, 401))
    article = read_article_text(f"Care\n\nIt held [{', '.join(map(str, cited))}].\n\nReferences\n\n{entries}\n", "a.txt", "text")
    assert numbers(article) == cited


def test_ranges_across_a_dash_of_the_prose_stay_apart() -> None:
    article = read("Care\n\nIt rose by 56 % [1] \u221266 % [2, 3]. It fell [4].")
    assert [marker.numbers for marker in article.markers] == [(1,), (2, 3), (4,)]


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("Straw warms the animals1. Belts hold them2,3. Heat fades quickly4 and returns5.", "bare"),
        ("Straw warms the animals.1 Belts hold them.2,3 Heat fades quickly,4 and returns.5", "bare"),
        ("Straw warms the animals. 1 Belts hold them. 2, 3 Heat fades quickly, 4 and returns. 5", "bare"),
        ("Straw warms the animals 1. Belts hold them 2-3. Heat fades quickly 4, and returns 5.", "bare"),
        ("\u201cStraw warms the animals.\u201d1 Belts (of wool)2,3 hold them. Heat fades quickly,4 and returns.5", "bare"),
        ("Straw warms the animals (1). Belts hold them (2, 3). Heat fades quickly (4), and (in 2012) it returns (5).", "parenthesis"),
        ("Straw warms the animals ( 1). Belts hold them ( 2; 3). Heat fades quickly ( 4), and it returns ( 5).", "parenthesis"),
        ("Straw warms the animals.\u00b9 Belts hold them.\u00b2,\u00b3 Heat fades in\u2074 days, and returns.\u2075", "superscript"),
        ("Straw warms the animals.^1 Belts hold them.^2,3 Heat fades quickly,^4 and returns.^5", "superscript"),
        ("Straw warms the animals[1]. Belts hold them[2]-[3]. Heat fades quickly[4], and returns[5].", "bracket"),
        ("Straw warms the animals.[1] Belts hold them.[2; 3] Patients had it.[4] Patients lost it.[5]", "bracket"),
    ],
)
def test_markers_are_read_however_they_are_set(text: str, style: str) -> None:
    article = read(f"Care\n\n{text}")
    assert (article.style, numbers(article)) == (style, [1, 2, 3, 4, 5])


@pytest.mark.parametrize(
    "figure",
    [
        "genes S1, S2 and p53",
        "a BMI of 25 kg/m2",
        "a field of 3 km2",
        "CO2 and H2O",
        "see faqs2.asp",
        "COX2 of the CD4 cells",
        "x86 machines",
        "1,200 of 2,300",
    ],
)
def test_figures_glued_to_symbols_stay_in_the_prose(figure: str) -> None:
    text = f"Straw warms the animals1. Belts hold them2,3. Heat fades quickly4 and returns5. It was {figure} that told them."
    assert numbers(read(f"Care\n\n{text}")) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("text", ["over [10, 20] ms", "imidazo[1,2]pyridine"])
def test_an_interval_or_a_name_in_brackets_is_not_decided(text: str) -> None:
    article = read(f"Care\n\nStraw helps [1]. Belts do [2, 3]. Heat fades [4]. It held {text} then.".replace("10, 20", "3, 5"))
    assert (numbers(article), len(article.abstentions)) == ([1, 2, 3, 4], 1)


def test_an_exponent_is_no_marker_and_a_figure_behind_a_year_is_not_decided() -> None:
    article = read(
        "Care\n\nStraw helps.\u00b9 Belts do.\u00b2 Heat fades.\u00b3 It took 10\u00b3 days of \u00b9\u00b3C in 2012\u2075 then."
    )
    assert (numbers(article), [one.numbers for one in article.abstentions]) == ([1, 2, 3], [(5,)])


def test_a_raised_figure_that_closes_the_order_is_a_marker_behind_a_year_too() -> None:
    article = read("Care\n\nStraw helps.\u00b9 Belts do.\u00b2 Heat fades.\u00b3 It was so in 2012\u2074 then. It held.\u2075")
    assert (numbers(article), article.abstentions) == ([1, 2, 3, 4, 5], ())


def test_what_the_list_says_decides_where_neither_words_nor_order_do() -> None:
    said = "Straw helps. 1 Belts do. 2 Heat fades. 3 Ice thaws. 4 As Ray 2 held, belts help. As Day 2 fell, belts help."
    article = read(f"Care\n\n{said}")
    assert numbers(article)[:5] == [1, 2, 3, 4, 2]
