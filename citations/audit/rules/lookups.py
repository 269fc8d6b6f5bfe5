"""Family R: what registries answered, when somebody asked them. "Not checked" is never "not found"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from edgewise.citations.audit.rules.identities import is_unknown
from edgewise.citations.audit.rules.rule import Audited, Fault, Rule, listed, looked_up, many
from edgewise.citations.evidence.preprints import is_preprint
from edgewise.graph.model import Reference
from edgewise.ontology.terms import EW

if TYPE_CHECKING:
    from edgewise.citations.lookup.works import NoticeKind, NoticeReport, Resolution


def differing_metadata(subject: Audited) -> Iterator[Fault]:
    for reference, resolution in looked_up(subject):
        told: dict[str, str] = {}
        for answer in resolution.answers:
            for one in answer.differences:
                where = answer.registry.capitalize().replace("med", "Med")
                told.setdefault(one.field, f"{one.field} '{one.ours[:80]}', in {where} '{one.theirs[:80]}'")
        if told:
            message = f"entry {reference.position} differs from the registry: {'; '.join(told.values())}"
            yield Fault(message=message, subject=reference.id, value=", ".join(told))


def unregistered_reference(subject: Audited) -> Iterator[Fault]:
    for reference, resolution in looked_up(subject):
        if resolution.status == "not-found" and not is_unknown(reference, resolution):
            why = "; ".join(dict.fromkeys(answer.why for answer in resolution.answers if answer.why))
            asked = listed(answer.registry for answer in resolution.answers)
            message = f"entry {reference.position}, '{reference.title[:80]}', is not to be found at {asked}{f' ({why})' if why else ''}"
            yield Fault(message=message, subject=reference.id)


def ambiguous_reference(subject: Audited) -> Iterator[Fault]:
    for reference, resolution in looked_up(subject):
        if resolution.status == "ambiguous" and not is_unknown(reference, resolution):
            doubt = [answer for answer in resolution.answers if answer.status == "ambiguous"]
            alike = list(dict.fromkeys(one.work.name for answer in doubt for one in answer.lookalikes))[:5]
            why = "; ".join(dict.fromkeys(answer.why for answer in doubt))
            message = f"entry {reference.position} cannot be told from its look-alikes: {why}{f' ({listed(alike)})' if alike else ''}"
            yield Fault(message=message, subject=reference.id)


def retracted_work(subject: Audited) -> Iterator[Fault]:
    """What was reinstated since is told by `corrected_work`."""
    gone: dict[NoticeKind, str] = {"retraction": "was retracted", "withdrawal": "was withdrawn"}
    yield from _noticed(subject, gone, lambda resolution: not resolution.is_reinstated)
    yield from _noticed(subject, {"concern": "bears an expression of concern"})


def corrected_work(subject: Audited) -> Iterator[Fault]:
    yield from _noticed(subject, {"correction": "was corrected", "is-notice": "is itself a notice about another work"})
    yield from _noticed(subject, {"reinstatement": "was reinstated after it had been taken back"})


def superseded_work(subject: Audited) -> Iterator[Fault]:
    return _noticed(subject, {"new-version": "has a newer version"}, but=is_preprint)  # `preprint_versions` tells of those


def dead_link(subject: Audited) -> Iterator[Fault]:
    """One finding for each reference, however many of its addresses are gone."""
    for reference, resolution in looked_up(subject):
        dead = [link for link in resolution.links if link.status == "dead"]
        if dead:
            told = "; ".join(f"{link.address[:200]} ({link.why}, opened {link.looked_up[:10]})" for link in dead)
            message = f"entry {reference.position} gives {many(len(dead), 'address', 'addresses')} where nothing is any more: {told}"
            yield Fault(message=message, subject=reference.id, predicate=EW.hasIdentifier, value=" ".join(link.address for link in dead))


def _noticed(
    subject: Audited,
    kinds: Mapping[NoticeKind, str],
    counts: Callable[[Resolution], bool] = lambda _: True,
    but: Callable[[Reference], bool] = lambda _: False,
) -> Iterator[Fault]:
    """One finding for each reference and kind, however many registries report it."""
    for reference, resolution in looked_up(subject):
        for kind, what in kinds.items() if counts(resolution) and not but(reference) else ():
            reports = [report for report in resolution.reports if report.notice.kind == kind]
            if reports:
                told = "; ".join(dict.fromkeys(map(_reported, reports)))
                yield Fault(
                    message=f"entry {reference.position}, '{reference.title[:80]}', {what}: {told}", subject=reference.id, value=kind
                )


def _reported(report: NoticeReport) -> str:
    notice = report.notice
    target = f" {notice.target}" if notice.target else ""
    date = f", {notice.date}" if notice.date else ""
    reason = f", reason: {notice.reason}" if notice.reason else ""
    about = f", there under the title '{notice.about[:80]}'" if notice.about else ""
    return f"{notice.label}{target}{date}{reason}{about} ({_teller(report)})"


def _teller(report: NoticeReport) -> str:
    if report.registry == "retraction-watch":
        return f"Retraction Watch, list up to {report.looked_up}" if report.looked_up else "Retraction Watch, list without dates"
    return f"{report.registry}, looked up {report.looked_up[:10]}"


RULES = (
    Rule(
        id="R210", name="differing-metadata", severity="warning", check=differing_metadata, needs=("look-ups",),
        why="Details that differ from the registry may mean a misprint, or another work.",
        fix="Compare with the work itself; keep what is printed and put the right detail under 'additions'.",
    ),
    Rule(
        id="R211", name="unregistered-reference", severity="warning", check=unregistered_reference, needs=("look-ups",),
        why="A work that no registry knows may not exist, or not under this title or number.",
        fix="Search for it by hand; if it is not a journal article, say in a note where it is to be had.",
    ),
    Rule(
        id="R212", name="retracted-work", severity="error", check=retracted_work, needs=("look-ups",),
        why="What was retracted or is doubted must not go on carrying advice.",
        fix="Read the notice; see with 'edgewise impact' what falls without the reference.",
    ),
    Rule(
        id="R213", name="corrected-work", severity="warning", check=corrected_work, needs=("look-ups",),
        why="A correction may change the very figure that is cited.",
        fix="Read the correction and compare the statements that cite the work.",
    ),
    Rule(
        id="R214", name="superseded-work", severity="warning", check=superseded_work, needs=("look-ups",),
        why="A newer edition may say otherwise.",
        fix="Read the newer version and compare the statements that cite the older one.",
    ),
    Rule(
        id="R215", name="ambiguous-reference", severity="note", check=ambiguous_reference, needs=("look-ups",),
        why="If several works fit an entry, nobody knows which one was read.",
        fix="Decide by hand, and add the identifier of the work that is meant.",
    ),
    Rule(
        id="R217", name="dead-link", severity="warning", check=dead_link, needs=("links",),
        why="What an address no longer shows, no reader can check.",
        fix="Find where the work has moved, or an archived copy, and give that address; a DOI or PMID outlives addresses.",
    ),
)  # fmt: skip
