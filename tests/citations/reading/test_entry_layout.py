"""Entries as lists print them, each taken apart, or left whole where the layout does not tell."""

import pytest

from edgewise.citations.reading.article import read_article_text
from edgewise.citations.reading.drafting import draft
from edgewise.citations.reading.entry_layout import Layout, layout


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (
            "Lee A, Roe BC, et al. Belts and braces in pain. J Belt Res. 2014;370(17):1583-1593. doi:10.1000/jbr.2014.2135",
            Layout("Lee A, Roe BC, et al", "Belts and braces in pain", "J Belt Res", 2014, "370", "17", "1583-1593"),
        ),
        (
            "Lee A. Is it so? A trial. Bone. 2015;386(10008):2059-2068.",
            Layout("Lee A", "Is it so? A trial", "Bone", 2015, "386", "10008", "2059-2068"),
        ),
        ("Lee A. Rest 130/0.42 or not. Bone. 2012;367(2):e124.", Layout("Lee A", "Rest 130/0.42 or not", "Bone", 2012, "367", "2", "e124")),
        (
            "Lee A. 2017 report on belts. Bone. 2018 Jun 3;71(6):S13-S15.",
            Layout("Lee A", "2017 report on belts", "Bone", 2018, "71", "6", "S13-S15"),
        ),
        (
            "BELT Investigators. Belts. The trial. Bone. 2008;58:9.",
            Layout("BELT Investigators", "Belts. The trial", "Bone", 2008, "58", "", "9"),
        ),
        (
            "Institute of Belts. Belts (B136). London: IOB; 2019. https://example.org/b136",
            Layout("Institute of Belts", "Belts (B136)", "London: IOB", 2019),
        ),
        ("College of Belts. On belts. 2023.", Layout("College of Belts", "On belts", "", 2023)),
        ("Belts of 1583 to 1593, a history", Layout()),
    ],
)
def test_an_entry_is_taken_apart(raw, found):
    assert layout(raw) == found


def test_volume_and_pages_of_an_article_stand_in_its_draft():
    text = "Care\n\nRest helps [1].\n\nReferences\n\n1. Lee A, Roe B. Is rest good? A trial. Bone. 2001;15(8):1801-1810.\n"
    drafted = draft(read_article_text(text, "rest.txt", "text"))
    for said in ('title: "Is rest good? A trial"', "year: 2001", 'field: volume, value: "15"', 'field: pages, value: "1801-1810"'):
        assert said in drafted
