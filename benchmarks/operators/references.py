"""Faults of references, and what registries say of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from benchmarks.drafts import Draft, NotApplicable
from benchmarks.operators.choosing import addition, identified
from benchmarks.operators.table import OPERATORS, Change, Operator, operator
from edgewise.citations.lookup.works import Notice


def notice(kind: Any, label: str) -> Change:
    """A notice of a day on which no guideline had cited the work yet is another fault: R220."""

    def change(draft: Draft) -> None:
        id = identified(draft)[0]["id"]
        draft.works[id] = replace(draft.works[id], notices=(Notice(kind, label, "10.5555/notice", "2026-03-26", "publisher"),))

    return change


@operator("R201")
def leave_out_the_journal(draft: Draft) -> None:
    del draft.first("references", lambda one: one.get("container") and one.get("printedKind") == "research")["container"]


@operator("R201")
def leave_out_the_authors(draft: Draft) -> None:
    reference = draft.first("references", lambda one: one.get("printedKind") == "research" and (one.get("author") or one.get("additions")))
    reference.pop("author", None)
    reference["additions"] = [held for held in reference.get("additions", []) if held["field"] != "authors"]


@operator("R202")
def take_all_identifiers_off_an_entry(draft: Draft) -> None:
    del identified(draft)[0]["identifiers"]


@operator("R203")
def write_a_letter_o_into_a_doi(draft: Draft) -> None:
    held = identified(draft)[1]
    held["value"] = "1O" + held["value"][2:]


@operator("R203")
def break_a_doi_with_a_space(draft: Draft) -> None:
    held = identified(draft)[1]
    held["value"] = held["value"].replace("/", "/ ")


@operator("R203")
def write_a_letter_into_a_pmid(draft: Draft) -> None:
    held = identified(draft, "pmid")[1]
    held["value"] = held["value"][:-1] + "l"


@operator("R203")
def add_a_digit_too_many_to_a_pmid(draft: Draft) -> None:
    identified(draft, "pmid")[1]["value"] += "11"


def _isbn(value: str) -> Change:
    def change(draft: Draft) -> None:
        identified(draft)[0]["identifiers"].append({"scheme": "isbn", "value": value, "statedBy": "editor", "confirmed": "false"})

    return change


OPERATORS += [
    Operator("mistype an isbn of ten digits", "R203", _isbn("0-306-40615-3"), frozenset(), 1),
    Operator("swap two digits of an isbn of thirteen", "R203", _isbn("978-0-306-40651-7"), frozenset(), 1),
]


@operator("R204")
def date_an_entry_after_the_guideline(draft: Draft) -> None:
    draft.data["references"][-1]["year"] = str(int(draft.data["updated"][:4]) + 1)


@operator("R204")
def date_an_entry_before_print(draft: Draft) -> None:
    draft.data["references"][-1]["year"] = "1206"


@operator("R204")
def misspell_a_month(draft: Draft) -> None:
    addition(draft, "month")["value"] = "Smarch"


@operator("R205")
def turn_pages_round(draft: Draft) -> None:
    addition(draft, "pages")["value"] = "1006-997"


@operator("R205")
def write_words_for_pages(draft: Draft) -> None:
    addition(draft, "pages")["value"] = "see the web"


@operator("R206")
def duplicate_a_work_under_another_case(draft: Draft) -> None:
    research = [one for one in draft.all("references") if one.get("printedKind") == "research"]
    research[1]["title"] = f"{research[0]['title'].upper()}."
    research[1] |= {"year": research[0]["year"], "container": research[0].get("container", "")}
    research[1]["additions"] = list(research[0].get("additions", []))
    if "identifiers" in research[1]:
        research[1]["identifiers"] = [{"scheme": "url", "value": "https://doi.org/it", "statedBy": "source", "confirmed": "true"}]
    if "author" in research[0]:
        research[1]["author"] = research[0]["author"]


def _same(scheme: str, written: Callable[[str], str]) -> Change:
    def change(draft: Draft) -> None:
        first = identified(draft, scheme)
        others = [
            one for one in draft.all("references") if one is not first[0] and any(h["scheme"] == scheme for h in one.get("identifiers", []))
        ]
        if not others:
            raise NotApplicable
        next(held for held in others[-1]["identifiers"] if held["scheme"] == scheme)["value"] = written(first[1]["value"])

    return change


OPERATORS += [
    Operator("give two entries one doi", "R206", _same("doi", lambda v: f"https://doi.org/{v.upper()}"), frozenset(), 1),
    Operator("give two entries one pmid", "R206", _same("pmid", lambda v: f"PMID: {v}"), frozenset(), 1),
]


@operator("R207")
def call_a_study_a_tertiary_summary(draft: Draft) -> None:
    draft.first("references", lambda one: one.get("tier") in ("primary", "review"))["tier"] = "tertiary"


@operator("R207")
def call_an_entry_the_publishers_own(draft: Draft) -> None:
    draft.first("references", lambda one: one.get("tier") in ("primary", "review"))["ownPublisher"] = "true"


@operator("R208")
def hide_the_publisher(draft: Draft) -> None:
    own = [one for one in draft.all("references") if one.get("ownPublisher") == "true"]
    if own:
        del own[0]["ownPublisher"]
    else:
        draft.data["references"][-1]["container"] = f"Reports of {draft.data['publisher']}"


@operator("R209")
def leave_an_entry_unassessed(draft: Draft) -> None:
    del draft.first("references", lambda one: one.get("tier") in ("primary", "review"))["tier"]


@operator("R210", "look-ups")
def change_one_digit_of_a_doi(draft: Draft) -> None:
    held = identified(draft)[1]
    place = max(at for at, sign in enumerate(held["value"]) if sign.isdigit())
    held["value"] = held["value"][:place] + str((int(held["value"][place]) + 1) % 10) + held["value"][place + 1 :]


@operator("R210", "look-ups")
def change_the_year(draft: Draft) -> None:
    reference = identified(draft)[0]
    reference["year"] = str(int(reference["year"]) - 3)


@operator("R210", "look-ups")
def alter_a_title(draft: Draft) -> None:
    reference = identified(draft)[0]
    reference["title"] = reference["title"].rstrip(".") + " again"


@operator("R210", "look-ups")
def alter_the_pages(draft: Draft) -> None:
    addition(draft, "pages")["value"] = "1-2"


@operator("R210", "look-ups")
def alter_the_volume(draft: Draft) -> None:
    addition(draft, "volume")["value"] = "99"


@operator("R210", "look-ups")
def name_another_journal(draft: Draft) -> None:
    identified(draft)[0]["container"] = "Bulletin of Something Else"


def _unknown(draft: Draft) -> dict[str, Any]:
    reference, held = identified(draft)
    reference["identifiers"] = [held]
    held["value"] = "10.5555/none-such"
    reference["title"] = "A title that nobody ever printed"
    return reference


@operator("R211", "look-ups")
def cite_a_report_that_no_registry_knows(draft: Draft) -> None:
    _unknown(draft)["printedKind"] = "report"


@operator("R227", "look-ups")
def cite_an_article_that_no_registry_knows(draft: Draft) -> None:
    _unknown(draft)


@operator("R226", "look-ups")
def give_an_entry_the_pmid_of_another_work(draft: Draft) -> None:
    reference, held = identified(draft, "pmid")
    work = draft.works[reference["id"]]
    draft.works[reference["id"]] = replace(work, pmid="")  # the registry of DOIs knows no PMIDs
    draft.also.append(replace(work, title="Lead in old paint, measured by bees", doi="10.5555/bees", pmid="99999999"))
    held["value"] = "99999999"


@operator("R219")
def print_that_a_work_was_retracted(draft: Draft) -> None:
    reference = draft.first("references", lambda one: one.get("printedKind") == "research")
    reference["title"] = f"RETRACTED: {reference['title']}"


@operator("R219")
def cite_the_notice_of_a_retraction(draft: Draft) -> None:
    reference = draft.first("references", lambda one: one.get("printedKind") == "research")
    reference["title"] = f"Retraction notice to: {reference['title']}"


@operator("R220", "look-ups", also=("R212",))
def retract_a_work_before_it_is_cited(draft: Draft) -> None:
    id = identified(draft)[0]["id"]
    told = (Notice("retraction", "Retraction", "10.5555/notice", "2019-03-26", "publisher"),)
    draft.works[id] = replace(draft.works[id], notices=told)


@operator("R221")
def cite_a_preprint_beside_its_article(draft: Draft) -> None:
    first, second = [one for one in draft.all("references") if one.get("printedKind") == "research"][:2]
    second |= {key: first[key] for key in ("author", "year", "additions") if key in first}
    second |= {"title": f"{first['title']}.", "container": "medRxiv"}
    if "identifiers" in second:
        second["identifiers"] = [{"scheme": "doi", "value": "10.1101/2024.05.03.24089854", "statedBy": "source", "confirmed": "false"}]


@operator("R222")
def leave_an_entry_in_press(draft: Draft) -> None:
    reference = draft.first("references", lambda one: one.get("printedKind") == "research")
    reference["additions"] = [held for held in reference.get("additions", []) if held["field"] == "authors"]
    reference["additions"].append({"field": "status", "value": "in press", "statedBy": "source", "confirmed": "false"})


@operator("R223")
def give_an_address_without_a_day(draft: Draft) -> None:
    reference = identified(draft)[0]
    reference["identifiers"] = [{"scheme": "url", "value": "https://example.org/it", "statedBy": "source", "confirmed": "true"}]


OPERATORS += [
    Operator("retract a work", "R212", notice("retraction", "Retraction"), frozenset(["look-ups"]), 1),
    Operator("express concern about a work", "R212", notice("concern", "Expression of concern"), frozenset(["look-ups"]), 1),
    Operator("correct a work", "R213", notice("correction", "Erratum"), frozenset(["look-ups"]), 1),
    Operator("cite a notice instead of a work", "R213", notice("is-notice", "Retraction of"), frozenset(["look-ups"]), 1),
    Operator("issue a new edition", "R214", notice("new-version", "New edition"), frozenset(["look-ups"]), 1),
]


@operator("R215", "look-ups")
def let_two_works_bear_one_title(draft: Draft) -> None:
    reference = identified(draft)[0]
    reference["identifiers"] = [{"scheme": "url", "value": "https://doi.org/it", "statedBy": "source", "confirmed": "true"}]
    work = draft.works[reference["id"]]
    draft.also.append(replace(work, doi="10.5555/twin", pmid="999"))


@operator("R215", "look-ups")
def point_an_identifier_at_another_work(draft: Draft) -> None:
    reference, held = identified(draft)
    reference["identifiers"] = [held]
    draft.works[reference["id"]] = replace(draft.works[reference["id"]], title="Lead in old paint, measured by bees")


@operator("R224")
def leave_authors_out_that_the_style_asks_for(draft: Draft) -> None:
    reference = identified(draft)[0]
    draft.names = "all"
    if "author" in reference:
        reference["author"] = f"{reference['author']}, et al."
    else:
        held = next(held for held in reference["additions"] if held["field"] == "authors")
        held["value"] = f"{held['value']}, et al."


@operator("R225", "article")
def let_the_author_of_a_cited_work_write_the_article(draft: Draft) -> None:
    draft.read = lambda article: replace(article, authors=("Ames, Ann",))


@operator("R217", "links")
def let_one_of_two_addresses_die(draft: Draft) -> None:
    for address in ("https://example.org/gone", "https://example.org/there"):
        identified(draft)[0]["identifiers"].append({"scheme": "url", "value": address, "statedBy": "source", "confirmed": "false"})
    draft.dead.add("https://example.org/gone")


@operator("R218", "list")
def break_an_entry_of_the_list(draft: Draft) -> None:
    draft.list_faults.append("the entry's braces are not closed")


@operator("R216", "article")
def drop_an_entry_of_the_articles_list(draft: Draft) -> None:
    draft.rewrite("6. Hale H, Ives I. Thumbs one year on. Annals of Nobody. 2019.\n", "")


@operator("R216", "article")
def add_an_entry_to_the_articles_list(draft: Draft) -> None:
    draft.rewrite("Annals of Nobody. 2019.\n", "Annals of Nobody. 2019.\n7. Kerr K. A thumb too many. Annals of Nobody. 2020.\n")


@operator("R216", "article")
def copy_an_entrys_year_wrongly(draft: Draft) -> None:
    draft.data["references"][0]["year"] = "2010"


@operator("R216", "article")
def copy_an_entrys_title_wrongly(draft: Draft) -> None:
    draft.data["references"][0]["title"] = "Movies of the thumb"
