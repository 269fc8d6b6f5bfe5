"""Reference lists in JATS as each kind of publisher tags them: names, titles, sources and identifiers whole, whatever holds them."""

from __future__ import annotations

import pytest
from lxml import etree

from edgewise.citations.reading.jats_entries import reference_list


def entry(inside: str):
    (found,), _ = reference_list([etree.fromstring(f"<ref xmlns:xlink='http://www.w3.org/1999/xlink' id='b1'>{inside}</ref>")])
    return found


def person(family: str, given: str, tag: str = "name", more: str = "") -> str:
    return f"<{tag}><surname>{family}</surname><given-names>{given}</given-names>{more}</{tag}>"


def group(*people: str, kind: str = "author") -> str:
    return f"<person-group person-group-type='{kind}'>{''.join(people)}</person-group>"


WORK = "<article-title>Rest</article-title><source>Bone</source><year>2001</year><volume>10</volume><fpage>1</fpage><lpage>5</lpage>"
ELEMENT = f"<element-citation publication-type='journal'>{{}}{WORK}</element-citation>"


@pytest.mark.parametrize(
    ("names", "line"),
    [
        (group(person("Doe", "A"), person("Roe", "BC")), "Doe A, Roe BC"),  # Elsevier, BMJ, Hindawi
        (group(person("Doe", "A.B."), person("Roe", "C.-D.")), "Doe AB, Roe C-D"),  # MDPI
        (group(person("Doe", "A. B.", more="<suffix>Jr.</suffix>"), "<etal/>"), "Doe AB Jr, et al."),
        (group(person("Doe", "Ann Mary"), person("Roe", "B.")), "Doe, Ann Mary; Roe, B."),  # Frontiers
        (person("van der Doe", "A") + person("Roe", "B"), "van der Doe A, Roe B"),  # old `citation` of BMC
        (group("<collab>Rest Group</collab>"), "Rest Group"),
        (group(person("Doe", "A"), "<collab>Rest Group</collab>"), "Doe A, Rest Group"),
        ("<collab>Rest Group<contrib-group><contrib>" + person("Doe", "A") + "</contrib></contrib-group></collab>", "Rest Group"),
        (person("Doe", "A", "string-name") + ", " + person("Roe", "B.", "string-name"), "Doe A, Roe B"),  # Wiley, OUP
        (group("<string-name><surname>Doe</surname>, A. B.</string-name>"), "Doe AB"),
        (group("<string-name>Ann Doe</string-name>"), "Ann Doe"),
        (group("<name-alternatives>" + person("Doe", "A") + person("Do", "A") + "</name-alternatives>"), "Doe A"),
        ("<anonymous/>", "Anonymous"),
        (group("Doe A, Roe B"), "Doe A, Roe B"),
        (group(person("Doe", "A")) + " <italic>et al.</italic> ", "Doe A, et al."),
        (group(person("Doe", "A"), "; et al"), "Doe A, et al."),
        (group(person("Eddy", "E"), kind="editor") + group(person("Doe", "A")), "Doe A"),
        (group(person("Doe", "A"), kind="allauthors") + group(person("Tran", "T"), kind="translator"), "Doe A"),
        (group("<name name-style='eastern'><surname>Kim</surname><given-names>Y</given-names></name>"), "Kim Y"),
        (group("<name><surname>Plato</surname></name>"), "Plato"),
    ],
)
def test_authors_are_read_whatever_holds_them(names, line):
    assert entry(ELEMENT.format(names)).author == line


@pytest.mark.parametrize("kind", ["editor", "editors", "ed", "guest-editor"])
def test_editors_stand_apart_from_authors(kind):
    found = entry(ELEMENT.format(group(person("Doe", "A")) + group(person("Eddy", "E"), "<etal/>", kind=kind)))
    assert (found.author, found.editors) == ("Doe A", "Eddy E, et al.")


@pytest.mark.parametrize(
    ("titles", "title", "container"),
    [
        ("<article-title>HbA<sub>1c</sub> one.</article-title><source>Bone</source>", "HbA1c one", "Bone"),
        ("<article-title>HbA<sub> 1c </sub>, <italic>E. coli</italic>?</article-title><source>Bone</source>", "HbA1c, E. coli?", "Bone"),
        ("<chapter-title>Three</chapter-title><source>The book</source>", "Three", "The book"),
        ("<data-title>Five</data-title><source>Store</source>", "Five", "Store"),
        ("<part-title>Part</part-title><source>The book</source>", "Part", "The book"),
        ("<source>The book.</source>", "The book", ""),
        ("<article-title>A talk</article-title><conf-name>Rest Days</conf-name>", "A talk", "Rest Days"),
        ("<article-title xml:lang='de'>Ruhe</article-title><trans-title>Rest</trans-title><source>Knochen</source>", "Ruhe", "Knochen"),
        ("<trans-title>Rest</trans-title><source>Knochen</source>", "Rest", "Knochen"),
        ("<article-title>Care in the U.S.</article-title><source>Bone</source>", "Care in the U.S.", "Bone"),
        ("<article-title>O <alternatives><tex-math>$</tex-math><math>x</math></alternatives></article-title>",
         "O x", ""),
    ],
)  # fmt: skip
def test_titles_and_what_holds_them_are_told_apart(titles, title, container):
    found = entry(f"<element-citation>{group(person('Doe', 'A'))}<year>2001</year>{titles}</element-citation>")
    assert (found.title, found.container) == (title, container)


@pytest.mark.parametrize(
    ("held", "doi"),
    [
        ("<pub-id pub-id-type='doi'>10.1000/two</pub-id>", "10.1000/two"),
        ("<pub-id pub-id-type='doi'>doi: http://dx.doi.org/10.1000/two</pub-id>", "10.1000/two"),
        ("<pub-id pub-id-type='DOI'>https://doi.org/10.1000/two.</pub-id>", "10.1000/two"),
        ("<pub-id pub-id-type='doi' xlink:href='https://doi.org/10.1000/two'>Read it</pub-id>", "10.1000/two"),
        ("<ext-link ext-link-type='doi' xlink:href='10.1000/two'>there</ext-link>", "10.1000/two"),
        ("<ext-link ext-link-type='uri' xlink:href='http://library.example/doi/10.1000/two/abstract'>there</ext-link>", "10.1000/two"),
        ("<comment>doi: <ext-link ext-link-type='uri' xlink:href='http://doi.org/10.1000/two'>Read</ext-link></comment>", "10.1000/two"),
        ("<pub-id pub-id-type='doi'>10.1002/(SICI)1097(19980815)17:15&lt;1661::AID-SIM968&gt;3.0.CO;2-2</pub-id>",
         "10.1002/(SICI)1097(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"),
        ("<pub-id pub-id-type='doi'>10.3319/TAO.2009.25.02(IWNOP)</pub-id>", "10.3319/TAO.2009.25.02(IWNOP)"),
        ("<pub-id pub-id-type='doi'>doi:11.1000/two</pub-id>", "11.1000/two"),  # malformed: the audit says so
        ("<uri>https://example.org/two</uri>", ""),
    ],
)  # fmt: skip
def test_a_doi_is_bare_and_whole(held, doi):
    assert entry(ELEMENT.format(held)).doi == doi


@pytest.mark.parametrize(
    "held",
    [
        "<pub-id pub-id-type='pmid'>123456</pub-id>",
        "<pub-id pub-id-type='pmid'>PMID: 123456</pub-id>",
        "<ext-link ext-link-type='pmid' xlink:href='123456'>there</ext-link>",
        "<ext-link ext-link-type='uri' xlink:href='https://pubmed.ncbi.nlm.nih.gov/123456/'>PubMed</ext-link>",
        "<ext-link ext-link-type='uri' xlink:href='http://www.ncbi.nlm.nih.gov/pubmed/123456'>PubMed</ext-link>",
        "<comment>PMID: 123456.</comment>",
    ],
)
def test_a_pubmed_number_is_bare(held):
    assert entry(ELEMENT.format(held)).pmid == "123456"


def test_numbers_of_pmc_and_publishers_are_no_pubmed_number():
    assert entry(ELEMENT.format("<pub-id pub-id-type='pmcid'>PMC123456</pub-id><pub-id pub-id-type='other'>77</pub-id>")).pmid == ""


@pytest.mark.parametrize(
    ("dated", "year"),
    [
        ("<year iso-8601-date='2001'>2001</year>", 2001),
        ("<year>2001a</year>", 2001),
        ("<date><year>2001</year></date>", 2001),
        ("<date-in-citation>accessed <year>2019</year></date-in-citation><year>2001</year>", 2001),
        ("<year>in press</year>", 0),
    ],
)
def test_the_year_is_the_work_s_and_not_that_of_a_visit(dated, year):
    assert entry(f"<element-citation>{group(person('Doe', 'A'))}<article-title>Rest</article-title>{dated}</element-citation>").year == year


@pytest.mark.parametrize("tag", ["element-citation", "citation", "nlm-citation", "mixed-citation"])
def test_every_kind_of_citation_is_read(tag):
    found = entry(f"<{tag}>{group(person('Doe', 'A'))}{WORK}</{tag}>")
    assert (found.author, found.title, found.container, found.year, found.volume, found.pages) == (
        "Doe A",
        "Rest",
        "Bone",
        2001,
        "10",
        "1-5",
    )


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        ("Doe A, Roe BC. Rest helps. Bone. 2001;10(2):1-5.", ("Doe A, Roe BC", "Rest helps", "Bone", 2001, "10", "2", "1-5")),
        ("Doe, A. and Roe, B. C.: Rest, I, J. Bone, 10, 1–5, 2001.", ("Doe A, Roe BC", "Rest, I", "J. Bone", 2001, "10", "", "1–5")),
        ("Doe, A., &amp; Roe, B. C. (2001). Rest helps. <italic>Bone</italic>, 10(2), 1–5. https://doi.org/10.1000/x",
         ("Doe A, Roe BC", "Rest helps", "Bone", 2001, "10", "2", "1–5")),
        ("Doe A, Roe BC (2001) Rest helps. J. Am. Bone 10:1–5", ("Doe A, Roe BC", "Rest helps", "J. Am. Bone", 2001, "10", "", "1–5")),
        ("Doe A, et al. (2001) Is it so? A trial. Bone 10:1–5", ("Doe A, et al.", "Is it so? A trial", "Bone", 2001, "10", "", "1–5")),
        ("Doe, A. 2001. Rest helps. Bone 10(2): 1–5.", ("Doe A", "Rest helps", "Bone", 2001, "10", "2", "1–5")),
        ("Rest: a history of 1583 to 1593.", ("", "", "", 0, "", "", "")),
    ],
)  # fmt: skip
def test_an_untagged_citation_is_taken_apart_by_its_layout(raw, parts):
    found = entry(f"<label>1</label><mixed-citation>{raw}</mixed-citation>")
    assert (found.author, found.title, found.container, found.year, found.volume, found.issue, found.pages) == parts


def test_what_is_tagged_in_part_is_filled_from_the_text():
    found = entry("<mixed-citation>Doe A, Roe B. Rest helps. <source>Bone</source>. <year>2001</year>;10:1-5.</mixed-citation>")
    assert (found.author, found.title, found.container, found.year) == ("Doe A, Roe B", "Rest helps", "Bone", 2001)
    lead = entry(
        "<mixed-citation>Doe A, Roe B. <article-title>Rest</article-title>. <source>Bone</source> <year>2001</year></mixed-citation>"
    )
    assert (lead.author, lead.title, lead.container) == ("Doe A, Roe B", "Rest", "Bone")


def test_the_raw_text_is_as_printed_without_stray_blanks():
    names = f"{person('Doe', 'A')}, {person('Roe', 'B')}"
    work = "<article-title>HbA<sub>1c</sub></article-title>. <source>Bone</source> <year>2001</year>;3:1-2."
    mixed = f"<mixed-citation>{names}. {work}</mixed-citation>"
    assert entry(f"<label>1.</label>{mixed}").raw == "Doe A, Roe B. HbA1c. Bone 2001;3:1-2."


@pytest.mark.parametrize(
    "inside",
    [
        "<citation-alternatives>{mixed}{element}</citation-alternatives>",  # Springer
        "{mixed}{element}",  # SciELO
    ],
)
def test_two_forms_of_one_citation_are_one_work(inside):
    mixed = "<mixed-citation>Doe A. Rest. Bone 2001;10:1-5</mixed-citation>"
    found = entry("<label>1</label>" + inside.format(mixed=mixed, element=ELEMENT.format(group(person("Doe", "A")))))
    assert (found.raw, found.author, found.title, found.further) == ("Doe A. Rest. Bone 2001;10:1-5", "Doe A", "Rest", ())


def test_several_works_under_one_number_are_all_kept():
    second = "<element-citation><article-title>Sleep</article-title><year>2002</year></element-citation>"
    found = entry(f"<label>7</label>{ELEMENT.format(group(person('Doe', 'A')))}{second}")
    assert (found.number, found.title, [(one.number, one.title, one.year) for one in found.further]) == (7, "Rest", [(7, "Sleep", 2002)])
    assert "Sleep" in found.raw


@pytest.mark.parametrize("label", ["<label>7</label>", "<label>[7]</label>", "<label><bold>7.</bold></label>"])
def test_a_number_is_read_from_its_label_however_it_is_set(label):
    found = entry(f"{label}<mixed-citation>Doe A. Rest.</mixed-citation>")
    assert (found.number, found.printed) == (7, True)


@pytest.mark.parametrize(
    "inside", ["<mixed-citation><label>7</label>Doe A. Rest.</mixed-citation>", "<mixed-citation>7. Doe A. Rest.</mixed-citation>"]
)
def test_a_number_within_the_citation_is_the_entry_s(inside):
    found = entry(inside)
    assert (found.number, found.printed, found.raw) == (7, True, "Doe A. Rest.")


def test_a_note_in_the_list_is_an_entry_of_its_text():
    assert entry("<label>1</label><note><p>See the supplement.</p></note>").raw == "See the supplement."


def test_entities_of_a_dtd_are_read_as_their_characters():
    citation = "<element-citation><article-title>TNF-&alpha; up</article-title></element-citation>"
    xml = f"<!DOCTYPE ref PUBLIC 'x' 'y.dtd'><ref id='b1'>{citation}</ref>"
    (found,), _ = reference_list([etree.fromstring(xml, etree.XMLParser(resolve_entities=False, load_dtd=False))])
    assert found.title == "TNF-α up"
