"""People out of lines of authors, however they are written, for comparing alone."""

from __future__ import annotations

import pytest

from edgewise.citations.formats.people import Person, before_others, is_shortened, people


@pytest.mark.parametrize(
    "line",
    [
        "Doe AB, Röe-Poe C",
        "Doe A. B., Röe-Poe C.",
        "Doe, A. B., Röe-Poe, C.",
        "Doe, Ann Bess; Röe-Poe, Carl",
        "Ann Bess Doe and Carl Röe-Poe",
        "A. B. Doe & C. Röe-Poe",
        "Doe AB Jr, Röe-Poe C III",
        "Doe AB,   Röe-Poe C,\n et al.",
        "Doe AB; Röe-Poe C; and others",
    ],
)
def test_two_people_are_found_in_every_way_of_writing_them(line):
    assert people(line) == (Person("doe", "AB"), Person("roepoe", "C"))


@pytest.mark.parametrize("line", ["", "World Health Organization", "Royal College of Thumbs & Toes", "12 authors", ";;,,"])
def test_organisations_and_nobody_are_no_people(line):
    assert people(line) == ()


@pytest.mark.parametrize(
    ("line", "names"), [("Doe A, et al", 1), ("Doe A, Roe B, Poe C, et al.", 3), ("Doe, A., Roe, B., et al.", 2), ("et al.", 0)]
)
def test_names_before_the_others_are_counted(line, names):
    assert is_shortened(line)
    assert before_others(line) == names


@pytest.mark.parametrize("line", ["Doe A, Roe B", "Etal A", "Alet B, Ali E", ""])
def test_whoever_names_all_leaves_nobody_out(line):
    assert not is_shortened(line)


@pytest.mark.parametrize("line", [" " * 10**6, "," * 10**6, "A" * 10**6, "and " * 10**5, "et al " * 10**5, "(" * 10**5])
def test_no_line_takes_for_ever(line):
    people(line)
    before_others(line)
