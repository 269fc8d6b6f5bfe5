"""A report of the audit as one page to send to an author: nothing is loaded, nothing runs, everything is escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import groupby

from edgewise.citations.audit.engine import Report
from edgewise.citations.audit.rule_pages import TITLES, web_address
from edgewise.citations.audit.rules import find_rule
from edgewise.graph.model import Guideline
from edgewise.ontology.findings import Finding

Base = Callable[[Finding], str]
_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; margin-top: 2rem; } dl { margin: .3rem 0; } dd { margin: 0 0 .3rem 0; }
article { border: 1px solid #8888; border-left: .4rem solid #64748b; border-radius: .3rem; padding: .6rem 1rem; margin: .8rem 0;
  break-inside: avoid; }
article.error { border-left-color: #b91c1c; } article.warning { border-left-color: #b45309; }
h3 { font-size: 1rem; margin: 0; } dt { font-weight: 600; font-size: .9rem; }
.place { font-family: ui-monospace, monospace; font-size: .85rem; }
"""


def html_page(report: Report, guideline: Guideline) -> str:
    """The page.

    >>> guideline = Guideline("g", "urn:g", "<b>Hips</b>", "", "Nobody", "2026-01-01", "pending", "", "", "")
    >>> "<h1>Audit of &lt;b&gt;Hips&lt;/b&gt;</h1>" in html_page(Report(()), guideline)
    True
    """
    origin = f"{guideline.publisher}, last updated {guideline.updated}, review status: {guideline.review_status}. For education only."
    return page(report, guideline.title, (origin, guideline.disclaimer), lambda _: guideline.iri)


def page(report: Report, title: str, about: Iterable[str], base: Base) -> str:
    """A page of any report.

    Args:
        report: what is told.
        title: of what was judged.
        about: what stands above the findings, a paragraph each; empty ones are left out.
        base: the IRI of what a finding was made in, which need not be repeated before every id.

    >>> "<h1>Audit of &amp; so on</h1>" in page(Report(()), "& so on", (), lambda finding: "")
    True
    """
    return "\n".join(_page(report, f"Audit of {title}", about, base)) + "\n"


def _page(report: Report, title: str, about: Iterable[str], base: Base) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">"""
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>"
    yield from (f"<p>{escape(told)}</p>" if told else "" for told in about)
    yield f"<p><strong>{escape(_summary(report))}</strong></p>"
    for family, group in groupby(report.findings, key=lambda finding: find_rule(finding.rule).family):
        yield f"<section>\n<h2>{TITLES[family]}</h2>"
        for finding in group:
            yield from _card(finding, base)
        yield "</section>"
    yield from _rest(report, base)
    yield "</body>\n</html>"


def _card(finding: Finding, base: Base, reason: str = "") -> Iterator[str]:
    rule = find_rule(finding.rule)
    led = f'<a href="{escape(web_address(rule.id) or f"#{rule.id}")}">{rule.id} {rule.name}</a>'
    yield f'<article class="{finding.severity}">\n<h3>{finding.severity} {led}</h3>\n<p>{escape(finding.message)}</p>\n<dl>'
    rows = [("Why it matters", rule.why), ("Repair", finding.repair), ("Waived, because", reason)]
    for name, text in rows:
        if text:
            yield f"<dt>{name}</dt><dd>{escape(text)}</dd>"
    yield f'</dl>\n<p class="place">{escape(_place(finding, base(finding)))}</p>\n</article>'


def _place(finding: Finding, base: str) -> str:
    line = f":{finding.line}" if finding.line else ""
    concerned = [iri.removeprefix(f"{base}/") for iri in (finding.subject, *finding.related) if iri and iri != base]
    return " · ".join(part for part in (f"{finding.file}{line}", ", ".join(concerned)) if part)


def _rest(report: Report, base: Base) -> Iterator[str]:
    if report.waived:
        yield "<section>\n<h2>Waived</h2>"
        for finding, reason, _ in report.waived:
            yield from _card(finding, base, reason)
        yield "</section>"
    if report.unchecked:
        yield f"<section>\n<h2>Not checked</h2>\n<ul>{''.join(_items(report))}</ul>\n</section>"
    yield from _rules(report)


def _rules(report: Report) -> Iterator[str]:
    """What the rules that found something say of themselves: a report is sent to people who have no other page of them."""
    found = dict.fromkeys(finding.rule for finding in (*report.findings, *(one.finding for one in report.waived)))
    if found:
        yield "<section>\n<h2>The rules behind it</h2>\n<dl>"
        for rule in map(find_rule, found):
            yield f'<dt id="{rule.id}">{rule.id} {rule.name}</dt><dd>{escape(rule.why)} {escape(rule.fix)}</dd>'
        yield "</dl>\n</section>"


def _items(report: Report) -> Iterable[str]:
    return (f"<li>{escape(', '.join(one.rules))}: {escape(one.why)}</li>" for one in report.unchecked)


def _summary(report: Report) -> str:
    found = len(report.findings)
    return f"{found} finding{'' if found == 1 else 's'}, {len(report.waived)} waived, {len(report.checked)} rules checked"
