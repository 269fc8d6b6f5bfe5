"""Titles and printed entries that say that their work was taken back, in the words of publishers, and those that only sound like it."""

from __future__ import annotations

import pytest

from edgewise.citations.lookup.marked_titles import bare, marked_entry, marked_title


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("RETRACTED: On hips", "retraction"),
        ("Retracted: On hips", "retraction"),
        ("[Retracted] On hips", "retraction"),
        ("(Retracted) On hips", "retraction"),
        ("RETRACTED ARTICLE: On hips", "retraction"),
        ("Retracted – On hips", "retraction"),
        ("On hips [RETRACTED]", "retraction"),
        ("On hips (Retracted article. See vol. 3, pg. 9, 2012)", "retraction"),
        ("WITHDRAWN: On hips", "withdrawal"),
        ("Withdrawn: On hips", "withdrawal"),
        ("TEMPORARILY REMOVED: On hips", "withdrawal"),
        ("ZURÜCKGEZOGEN: Über Hüften", "retraction"),
        ("Zurückgezogener Artikel: Über Hüften", "retraction"),
        ("Article rétracté : Sur les hanches", "retraction"),
        ("[RÉTRACTÉ] Sur les hanches", "retraction"),
        ("RETIRÉ: Sur les hanches", "withdrawal"),
        ("Artículo retractado: Sobre las caderas", "retraction"),
        ("RETRACTADO: Sobre las caderas", "retraction"),
        ("Retraction notice to “On hips” [J Ex 10 (2010) 1–5]", "is-notice"),
        ("Retraction note to: On hips", "is-notice"),
        ("Notice of retraction: On hips", "is-notice"),
        ("Statement of Retraction: On hips", "is-notice"),
        ("Retraction: On hips", "is-notice"),
        ("Rétractation : Sur les hanches", "is-notice"),
        ("Nota de retractación: Sobre las caderas", "is-notice"),
        ("Rücknahme: Über Hüften", "is-notice"),
        ("Expression of concern: On hips", "concern"),
        ("Editorial Expression of Concern to: On hips", "concern"),
        ("Expression of Concern", "concern"),
    ],
)
def test_a_title_that_says_so_is_told_by_its_kind(title, kind):
    found = marked_title(title)
    assert found is not None
    assert found.kind == kind
    assert found.words.casefold() in title.casefold()


@pytest.mark.parametrize(
    "title",
    [
        "Retraction of the lung after drainage",
        "Retracted eardrums in children",
        "Retraction notices in medicine, counted",
        "Retractions and who cites them: a study",
        "Withdrawn children in class",
        "Withdrawal of ventilation: a review",
        "Removed teeth, and what became of them",
        "Expressions of concern among parents",
        "Lid retraction in thyroid disease",
        "A retracted lid",
        "",
    ],
)
def test_a_title_that_only_sounds_like_it_is_not(title):
    assert marked_title(title) is None
    assert bare(title) == title


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("3. Doe A, Roe B. RETRACTED: On hips. J Ex. 2010.", True),
        ("Doe A. [Retracted] On hips. J Ex. 2010.", True),
        ("Doe A. On hips. J Ex. 2010 (Retraction of: Roe B. J Ex. 2009).", False),
        ("Doe A. Why papers are retracted: a survey. J Ex. 2010.", False),
    ],
)
def test_of_a_printed_entry_only_what_is_set_apart_counts(line, told):
    assert (marked_entry(line) is not None) is told


@pytest.mark.parametrize("title", ["(" * 10**5, "[retracted" * 10**4, " " * 10**6, "retraction " * 10**5, "expression of concern " * 10**5])
def test_no_title_takes_for_ever(title):
    marked_title(title)
    marked_entry(title)
    bare(title)
